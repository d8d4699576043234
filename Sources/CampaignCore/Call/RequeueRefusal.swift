/// Why a contact cannot be requeued, even if a person asks for it.
///
/// A failed call certainly did not ring, and an excluded contact was never dialed. Whatever may have rung is left
/// alone: its outcome must be resolved first.
package enum RequeueRefusal: String, CaseIterable, Sendable, Codable, CodingKeyRepresentable {
    /// It is waiting or being dialed: there is nothing to requeue.
    case notFinished = "not_finished"
    /// Z-API has the call.
    case called
    /// It may have rung: resolve it first (`discador resolve`).
    case inDoubt = "in_doubt"
    /// The number is on the do-not-call list.
    case doNotCall = "do_not_call"
    /// WhatsApp has the same account for another contact of the campaign, which is called instead.
    case sameWhatsApp = "same_whatsapp"

    /// Why a contact cannot be requeued.
    ///
    /// - Parameters:
    ///   - state: its state.
    ///   - exclusion: the reason, for `excluded`.
    ///   - isBlocked: whether its number is on the do-not-call list now, in any form.
    /// - Returns: nil when it may be dialed again.
    package static func of(state: CallState, exclusion: ExclusionReason?, isBlocked: Bool) -> RequeueRefusal? {
        switch state {
        case .ready, .dialing: return .notFinished
        case .accepted: return .called
        case .inDoubt: return .inDoubt
        case .failed: return isBlocked ? .doNotCall : nil
        case .excluded:
            guard !isBlocked else { return .doNotCall }
            return switch exclusion {
            case .doNotCall, .noWhatsApp, .cancelled, .expired, .notListed: nil
            // An unknown reason: it stays excluded.
            case .sameWhatsApp, nil: .sameWhatsApp
            }
        }
    }

    /// The states that a contact can be requeued from.
    package static let states: [CallState] = [.failed, .excluded]
}
