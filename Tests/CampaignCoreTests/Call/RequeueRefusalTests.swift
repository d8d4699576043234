import CampaignCore
import Testing

@Suite struct RequeueRefusalTests {
    @Test(arguments: CallState.allCases)
    func `what waits, has rung or may have rung is never requeued`(_ state: CallState) {
        let calls = ContactCalls([PastCall(number: 1, outcome: state == .accepted ? .accepted : .notSent)])
        let refusal = RequeueRefusal.of(state: state, exclusion: nil, calls: calls, isBlocked: false)
        let expected: RequeueRefusal? =
            switch state {
            case .ready, .dialing: .notFinished
            case .accepted: .called
            case .inDoubt: .inDoubt
            case .failed: nil
            case .excluded: .sameWhatsApp
            }
        #expect(refusal == expected)
    }

    @Test(arguments: [CallState.accepted, .failed, .excluded], [1, 2])
    func `whatever the state says, nobody is requeued of whose calls one may have rung`(
        _ state: CallState, _ number: Int
    ) {
        func refusal(_ call: PastCall) -> RequeueRefusal? {
            var calls = [PastCall(number: 1, outcome: .throttled), PastCall(number: 2, outcome: .notSent)]
            calls[number - 1] = call
            return .of(state: state, exclusion: .cancelled, calls: ContactCalls(calls), isBlocked: false)
        }
        var answered = CallFacts()
        _ = answered.add(.notAnswered, at: .epoch)
        #expect(refusal(PastCall(number: number, outcome: .accepted, facts: answered)) == nil)
        _ = answered.add(.answered, at: .epoch)
        #expect(refusal(PastCall(number: number, outcome: .accepted, facts: answered)) == .called)
        #expect(refusal(PastCall(number: number, outcome: .accepted)) == .called)
        guard state != .accepted else { return }
        #expect(refusal(PastCall(number: number, outcome: .inDoubt)) == .inDoubt)
        #expect(refusal(PastCall(number: number, outcome: .inDoubt, released: .nothing)) == nil)
        #expect(
            refusal(PastCall(number: number, outcome: .accepted, facts: answered, released: .notAnswered)) == .called)
    }

    @Test func `a call that ended unanswered may be made again, unless the person is blocked`() {
        func refusal(isBlocked: Bool) -> RequeueRefusal? {
            var facts = CallFacts()
            _ = facts.add(.notAnswered, at: .epoch)
            let calls = ContactCalls([PastCall(number: 1, outcome: .accepted, facts: facts)])
            return .of(state: .accepted, exclusion: nil, calls: calls, isBlocked: isBlocked)
        }
        #expect(refusal(isBlocked: false) == nil)
        #expect(refusal(isBlocked: true) == .doNotCall)
    }

    @Test(arguments: ExclusionReason.allCases)
    func `excluded contacts are requeued, unless another contact is the same or a reply waits`(
        _ reason: ExclusionReason
    ) {
        let refusal = RequeueRefusal.of(state: .excluded, exclusion: reason, calls: ContactCalls([]), isBlocked: false)
        let expected: RequeueRefusal? =
            switch reason {
            case .sameWhatsApp: .sameWhatsApp
            case .held: .held
            case .doNotCall, .noWhatsApp, .samePerson, .cancelled, .expired, .notListed, .unanswered: nil
            }
        #expect(refusal == expected)
    }

    @Test(arguments: CallState.allCases, ExclusionReason.allCases)
    func `no number on the do-not-call list is requeued`(_ state: CallState, _ reason: ExclusionReason) {
        #expect(RequeueRefusal.of(state: state, exclusion: reason, calls: ContactCalls([]), isBlocked: true) != nil)
    }
}
