/// Why a contact cannot be requeued, even if a person asks for it.
///
/// A contact is left alone if any of its calls may have rung, whatever its state: that must be resolved first. A call that
/// certainly ended unanswered may be made once more if a person asks for it.
package enum RequeueRefusal: String, CaseIterable, Sendable, Codable, CodingKeyRepresentable {
    /// It is waiting or being dialed: there is nothing to requeue.
    case notFinished = "not_finished"
    /// Z-API has the call, and it is not known to have ended unanswered.
    case called
    /// It may have rung: resolve it first (`discador resolve`).
    case inDoubt = "in_doubt"
    /// The number is on the do-not-call list.
    case doNotCall = "do_not_call"
    /// The person was forgotten: there is no number to call.
    case forgotten
    /// WhatsApp has the same account for another contact of the campaign, which is called instead.
    case sameWhatsApp = "same_whatsapp"
    /// A reply of the person that may be an opt-out waits for a decision (`discador replies`).
    case held

    /// Why a contact cannot be requeued.
    ///
    /// - Parameters:
    ///   - state: its state.
    ///   - exclusion: the reason, for `excluded`.
    ///   - calls: all that is known of its calls.
    ///   - isBlocked: whether its number is on the do-not-call list now, in any form.
    /// - Returns: nil when it may be dialed again.
    package static func of(
        state: CallState, exclusion: ExclusionReason?, calls: ContactCalls, isBlocked: Bool
    ) -> RequeueRefusal? {
        switch state {
        case .ready, .dialing: return .notFinished
        // Also where only a person says that it rang.
        case .accepted: guard calls.isUnanswered else { return .called }
        case .inDoubt: return .inDoubt
        case .failed, .excluded: break
        }
        switch calls.obstacle {
        case .inDoubt?: return .inDoubt
        case .accepted?: guard calls.isUnanswered else { return .called }
        case .failed?, nil: break
        }
        guard !isBlocked else { return .doNotCall }
        guard state == .excluded else { return nil }
        return switch exclusion {
        case .doNotCall, .noWhatsApp, .samePerson, .cancelled, .expired, .notListed, .unanswered: nil
        case .held: .held
        // An unknown reason: it stays excluded.
        case .sameWhatsApp, nil: .sameWhatsApp
        }
    }

    /// The states that a contact can be requeued from.
    package static let states: [CallState] = [.failed, .excluded, .accepted]
}
