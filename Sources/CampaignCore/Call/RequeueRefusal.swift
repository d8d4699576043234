/// Whether a contact whose turn is over may be dialed once more because a person says so.
///
/// A failure is known not to have rung, and an exclusion was never dialed. Whatever may have rung is left alone: what
/// became of it must be said first.
package enum RequeueRefusal: String, CaseIterable, Sendable, Codable, CodingKeyRepresentable {
    /// It waits or is being dialed: there is nothing to put back.
    case notFinished = "not_finished"
    /// Z-API has the call.
    case called
    /// It may have rung: a person must say so (`resolve`) first.
    case inDoubt = "in_doubt"
    /// The number is on the do-not-call list.
    case doNotCall = "do_not_call"
    /// WhatsApp knows another contact of the campaign by the same number, and that one is called.
    case sameWhatsApp = "same_whatsapp"

    /// What stands in the way of putting a contact back.
    ///
    /// - Parameters:
    ///   - state: where it stands.
    ///   - exclusion: why, for `excluded`.
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
            // Nobody knows why it is excluded: then it stays so.
            case .sameWhatsApp, nil: .sameWhatsApp
            }
        }
    }

    /// The states that a contact can be put back from.
    package static let states: [CallState] = [.failed, .excluded]
}
