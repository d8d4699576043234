/// Where a contact stands when something becomes known of one of its calls.
package struct ContactStanding: Hashable, Sendable {
    package var state: CallState
    /// Why; nil when the state needs no reason.
    package var reason: String?
    /// Whether a person has said that the phone rang.
    package var isConfirmed: Bool

    package init(state: CallState, reason: String?, isConfirmed: Bool) {
        self.state = state
        self.reason = reason
        self.isConfirmed = isConfirmed
    }

    /// What an event makes of the contact.
    package enum Change: Hashable, Sendable {
        /// Z-API certainly has, or had, the call.
        case accepted
        case failed(FailureReason)
        case inDoubt(DoubtReason)

        /// The state it goes to.
        package var state: CallState {
            switch self {
            case .accepted: .accepted
            case .failed: .failed
            case .inDoubt: .inDoubt
            }
        }

        /// The reason for that state; nil when it needs none.
        package var reason: String? {
            switch self {
            case .accepted: nil
            case .failed(let reason): reason.rawValue
            case .inDoubt(let reason): reason.rawValue
            }
        }
    }

    /// What becomes of the contact when something new is known of any of its calls.
    ///
    /// One that waits, or was excluded before its turn came again, is moved by the news that a call went out after all,
    /// or may have: then it must not be dialed again. It stays if a person has confirmed it, and if it is excluded for
    /// the sake of the person or of another contact: see ``ReadyRule`` for when that ends.
    ///
    /// - Parameter isBack: whether it has just got back a number that had been left behind: it fails with what is known of
    ///   the call to that, if nothing more is.
    /// - Returns: nil when it stays as it is.
    package func change(after calls: ContactCalls, isBack: Bool = false) -> Change? {
        guard let change = wanted(after: calls, isBack: isBack), change.state != state || change.reason != reason else {
            return nil
        }
        return change
    }

    private func wanted(after calls: ContactCalls, isBack: Bool) -> Change? {
        let failure = calls.lastToNumber?.facts.failure?.change
        let back = isBack ? failure : nil
        switch state {
        case .dialing: return nil
        case .ready: return calls.obstacle ?? back
        case .excluded: return isExcludedForGood ? nil : calls.obstacle ?? back
        case .failed: return calls.obstacle ?? failure
        case .accepted:
            guard !isConfirmed, calls.obstacle != .accepted else { return nil }
            return calls.obstacle ?? back ?? calls.lastFailure?.change
        case .inDoubt:
            // Its reason stays until an event says more.
            guard calls.obstacle != .inDoubt(.noReply) else { return nil }
            return calls.obstacle ?? back ?? calls.lastFailure?.change
        }
    }

    private var isExcludedForGood: Bool {
        switch reason.flatMap(ExclusionReason.init) {
        case .doNotCall, .sameWhatsApp, nil: true
        case .noWhatsApp, .samePerson, .cancelled, .expired, .notListed, .held, .unanswered: false
        }
    }
}

extension ContactCalls {
    /// Why the last call that events say failed did not go out.
    fileprivate var lastFailure: DeliveryFailure? { all.last { $0.facts.failure != nil }?.facts.failure }
}

extension DeliveryFailure {
    /// What it makes of a contact (zapi.md, DeliveryCallback).
    package var change: ContactStanding.Change {
        switch self {
        case .noWhatsApp: .failed(.noWhatsApp)
        case .notQueued: .failed(.notQueued)
        case .unknown: .inDoubt(.deliveryUnknown)
        case .rejectedByWhatsApp: .failed(.rejectedByWhatsApp)
        case .shadowBan: .failed(.shadowBan)
        case .badAudio: .failed(.badAudio)
        case .badRequest: .failed(.badRequest)
        case .other: .failed(.other)
        }
    }
}
