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
            && ready.calls.lastToNumber?.isStopped != true
    }
}

extension PastCall {
    /// Whether WhatsApp did not let it through, whatever else is said of its number.
    package var isStopped: Bool { reach == .notPlaced && facts.failure?.isStop == true }
}

extension ContactCalls {
    /// The call whose number is the contact's again, though it has had another since: the last one that went out after
    /// all, or may have, while that keeps the contact from being dialed; else one that was not about the number after
    /// all (``PastCall/isStopped``), and the last to it. Nil: the contact keeps its number.
    package var wayBack: PastCall? {
        let reached = all.last { $0.reach != .notPlaced }
        if obstacle != nil { return reached?.place == nil ? nil : reached }
        return all.last { call in
            call.place != nil && call.isStopped && call.number > reached?.number ?? 0
                && !all.contains { $0.number > call.number && $0.place == call.place }
        }
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

    /// Whether it says that WhatsApp stops such calls, as where the person has blocked the instance: then they are not
    /// called on another number either.
    fileprivate var isStop: Bool {
        switch self {
        case .rejectedByWhatsApp, .shadowBan: true
        case .noWhatsApp, .notQueued, .unknown, .badAudio, .badRequest, .other: false
        }
    }
}
