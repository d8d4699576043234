/// Z-API's own queue of an instance: what it has accepted but not sent yet.
///
/// While an instance's phone is disconnected, Z-API keeps up to 1000 items, and sends them all when the phone is back,
/// at any hour (developer.z-api.io, queue pages, read 2026).
package protocol ProviderQueue: Sendable {
    /// Everything waiting in the queue of an instance, calls and other items, the oldest first. Returns immediately
    /// when its task is cancelled.
    ///
    /// - Parameter instance: the instance's index in the run's list.
    func queued(of instance: Int) async throws(ProviderError) -> [ProviderQueueItem]
}

/// An item of the provider queue.
package struct ProviderQueueItem: Hashable, Sendable {
    /// Its id at Z-API, as the queue spells it: used to remove the item. Never shown or stored, since it may contain
    /// anything.
    package var zaapId: String
    /// The id as it is stored and shown.
    package var shownId: String
    /// Whether the id may have been assigned by `send-call`; any other cannot be one of ours.
    package var hasCallId = true
    /// Its id at WhatsApp; nil when the queue does not give one.
    package var messageId: String?
    /// The recipient; nil when it is not a phone, such as a group.
    package var phone: PhoneNumber?
    /// When Z-API accepted it; nil when the queue does not say.
    package var createdAt: Timestamp?
    /// What kind of item it is, according to its fields.
    package var kind = ProviderQueueItemKind.unknown

    /// An item with its id; set the other properties as far as they are known.
    package init(zaapId: String) {
        self.zaapId = zaapId
        shownId = zaapId
    }
}

/// The kind of an item of the provider queue, according to its fields.
///
/// Z-API's documentation (queue page, read 2026) shows no calls in the queue. So an item counts as a call only if it
/// says how long it rings, as a message only if it has the content of one, and otherwise as unknown.
package enum ProviderQueueItemKind: Hashable, Sendable {
    /// A call that rings for this many seconds.
    case call(seconds: Int)
    /// A message, from this or any other program.
    case message
    /// Neither is certain.
    case unknown
}
