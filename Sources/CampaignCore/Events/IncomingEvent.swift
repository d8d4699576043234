/// A webhook that has arrived at the address of an instance, and was read.
package struct IncomingEvent: Sendable {
    /// Z-API's id of the instance whose address it came to; the payload names the same one.
    package var instance: String
    /// The payload's own words for its kind, such as `DeliveryCallback` or `ReceivedCallback CALL_MISSED`.
    package var type: String
    /// The same for every repeat of the event, and different for every other event of the instance.
    package var key: String
    package var event: CallEvent
    /// The body, byte for byte.
    package var body: [UInt8]
    package var receivedAt: Timestamp

    package init(
        instance: String, type: String, key: String, event: CallEvent, body: [UInt8], receivedAt: Timestamp
    ) {
        self.instance = instance
        self.type = type
        self.key = key
        self.event = event
        self.body = body
        self.receivedAt = receivedAt
    }
}

/// What an event has changed, beyond the database: whoever dials must know before the event is acknowledged.
package enum EventEffect: Hashable, Sendable {
    /// The person must not be called any more, by any campaign: they are on the do-not-call list, or held until an
    /// ambiguous reply has been read. A call that is claimed and not yet sent is held back too.
    case mustNotBeCalled(identity: Int64)
    /// Contacts of a campaign have changed their state or their turn.
    case contactsChanged(campaign: String)
    /// A call of a campaign that Z-API had accepted has failed, or is in doubt: it counts for the brake.
    case deliveryFailed(campaign: String, DeliveryFailure)
    /// The instance is to be held until `/status` says that it is connected.
    case disconnected(reason: String?)
    /// The instance says that it is connected: it may be asked at once.
    case connected
    /// The instance must rest until then, whatever `/status` says.
    case quarantined(until: Timestamp, reason: String)
    /// A person asked not to be called any more, by a reply.
    case optedOut(campaign: String?, identity: Int64)
    /// Somebody asks for a registration code of the instance's number.
    case registrationCodeRequested
}

/// What became of an event.
package struct EventReceipt: Sendable {
    /// Whether it was not known before.
    package var isNew: Bool
    /// What it has changed; empty for a repeat.
    package var effects: [EventEffect]

    package init(isNew: Bool, effects: [EventEffect] = []) {
        self.isNew = isNew
        self.effects = effects
    }
}

/// An address at which an instance's webhooks are accepted.
package struct WebhookAddress: Equatable, Sendable {
    /// Z-API's id of the instance.
    package var instance: String
    /// SHA-256 of the token in the address.
    package var tokenHash: [UInt8]
    /// Until when it is accepted, after a rotation; nil means until it is replaced.
    package var expiresAt: Timestamp?
    /// Where events are passed on to; nil means nowhere.
    package var forwardURL: Secret?

    package init(instance: String, tokenHash: [UInt8], expiresAt: Timestamp? = nil, forwardURL: Secret? = nil) {
        self.instance = instance
        self.tokenHash = tokenHash
        self.expiresAt = expiresAt
        self.forwardURL = forwardURL
    }
}
