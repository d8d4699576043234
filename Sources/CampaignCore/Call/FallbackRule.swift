/// When a contact is called on the next phone of its row from now on (`fallback: true`): when its number is no use, and
/// nothing else speaks against a call.
///
/// A call that may have rung keeps the contact where it is, also one that was released since: then the person may have
/// been called already.
package struct FallbackRule: Hashable, Sendable {
    /// What says whether the contact may be dialed at all.
    package var ready: ReadyRule
    /// Whether a reply holds the person until somebody has decided about it.
    package var isHeld: Bool

    package init(ready: ReadyRule, isHeld: Bool) {
        self.ready = ready
        self.isHeld = isHeld
    }

    package var movesOn: Bool {
        ready.destination == .ready && !isHeld && ready.calls.all.allSatisfy { $0.reach == .notPlaced }
    }
}

extension ContactCalls {
    /// The call whose number is the contact's again, though it has had another since: the last one that went out after
    /// all, or may have, while that keeps the contact from being dialed. Nil: the contact keeps its number.
    package var wayBack: PastCall? {
        guard obstacle != nil, let last = all.last(where: { $0.reach != .notPlaced }), last.place != nil else {
            return nil
        }
        return last
    }
}

extension DeliveryFailure {
    /// Whether it says that the number is no use, whatever the call. The others are about the sender, the sound, the
    /// whole request or nothing that is known; whom WhatsApp does not let the instance call may have asked for that.
    package var endsNumber: Bool {
        switch self {
        case .noWhatsApp: true
        case .notQueued, .unknown, .rejectedByWhatsApp, .shadowBan, .badAudio, .badRequest, .other: false
        }
    }
}
