import CampaignCore
import Testing

@Suite struct RequeueRefusalTests {
    @Test(arguments: CallState.allCases)
    func `what waits, has rung or may have rung is never requeued`(_ state: CallState) {
        let refusal = RequeueRefusal.of(state: state, exclusion: nil, isBlocked: false)
        let expected: RequeueRefusal? =
            switch state {
            case .ready, .dialing: .notFinished
            case .accepted: .called
            case .inDoubt: .inDoubt
            case .failed: nil
            case .excluded: .sameWhatsApp
            }
        #expect(refusal == expected)
        #expect(RequeueRefusal.states.contains(state) == (state == .failed || state == .excluded))
    }

    @Test(arguments: ExclusionReason.allCases)
    func `contacts that were never dialed are requeued, unless another contact is the same`(_ reason: ExclusionReason) {
        let refusal = RequeueRefusal.of(state: .excluded, exclusion: reason, isBlocked: false)
        #expect(refusal == (reason == .sameWhatsApp ? .sameWhatsApp : nil))
    }

    @Test(arguments: CallState.allCases, ExclusionReason.allCases)
    func `no number on the do-not-call list is requeued`(_ state: CallState, _ reason: ExclusionReason) {
        #expect(RequeueRefusal.of(state: state, exclusion: reason, isBlocked: true) != nil)
    }
}
