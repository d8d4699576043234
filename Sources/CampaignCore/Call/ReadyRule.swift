/// What becomes of a contact that something brings back to `ready`: a resolved doubt, a dismissed reply, a removed block,
/// a list that has it again, the provider queue. A person who chooses contacts to be called again asks
/// ``RequeueRefusal`` first.
package struct ReadyRule: Hashable, Sendable {
    package var calls: ContactCalls
    /// Whether its number is on the do-not-call list now.
    package var isBlocked: Bool
    /// Whether its campaign was cancelled, and nobody has wanted the contact to be called since.
    package var isCancelled: Bool
    /// Whether its list has been replaced by one without it.
    package var isDelisted: Bool

    package init(calls: ContactCalls, isBlocked: Bool, isCancelled: Bool, isDelisted: Bool) {
        self.calls = calls
        self.isBlocked = isBlocked
        self.isCancelled = isCancelled
        self.isDelisted = isDelisted
    }

    package enum Destination: Hashable, Sendable {
        case ready
        case excluded(ExclusionReason)
        /// One of its calls went out, or may have.
        case called(ContactStanding.Change)

        package var state: CallState {
            switch self {
            case .ready: .ready
            case .excluded: .excluded
            case .called(let change): change.state
            }
        }

        /// The reason for that state; nil when it needs none.
        package var reason: String? {
            switch self {
            case .ready: nil
            case .excluded(let reason): reason.rawValue
            case .called(let change): change.reason
            }
        }
    }

    package var destination: Destination {
        if let change = calls.obstacle { return .called(change) }
        if isBlocked { return .excluded(.doNotCall) }
        if isCancelled { return .excluded(.cancelled) }
        return isDelisted ? .excluded(.notListed) : .ready
    }
}
