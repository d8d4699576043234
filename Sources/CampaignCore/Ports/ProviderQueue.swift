/// Z-API's own queue of an instance: what it has taken and not sent yet.
///
/// While the phone of an instance is disconnected Z-API keeps up to 1000 items and sends them all when the
/// phone is back, at whatever hour (developer.z-api.io, queue pages, read 2026).
package protocol ProviderQueue: Sendable {
    /// Everything that waits in the queue of an instance, calls and other items, the oldest first.
    /// Returns immediately when its task is cancelled.
    ///
    /// - Parameter instance: the instance's place in the run's list.
    func queued(of instance: Int) async throws(ProviderError) -> [ProviderQueueItem]
}

/// An item of Z-API's queue.
package struct ProviderQueueItem: Hashable, Sendable {
    /// Its id at Z-API, as the queue writes it: by it the item is taken out. Never shown or kept, since it may hold
    /// anything.
    package var zaapId: String
    /// The id as it is kept and shown.
    package var shownId: String
    /// Whether the id may be one that `send-call` has given out; any other cannot be one of ours.
    package var hasCallId = true
    /// Its id at WhatsApp; nil when the queue gives none.
    package var messageId: String?
    /// The recipient; nil when it is not a phone, such as a group.
    package var phone: PhoneNumber?
    /// When Z-API took it; nil when the queue does not say.
    package var createdAt: Timestamp?
    /// What its fields say that it is.
    package var kind = ProviderQueueItemKind.unknown

    /// An item with its id; set what else is known of it.
    package init(zaapId: String) {
        self.zaapId = zaapId
        shownId = zaapId
    }
}

/// What an item of Z-API's queue is, according to its fields.
///
/// Z-API's documentation (queue page, read 2026) shows no call in the queue. So an item is a call only if it says how
/// long it rings, a message only if it has the content of one, and otherwise unknown.
package enum ProviderQueueItemKind: Hashable, Sendable {
    /// A call that rings for this many seconds.
    case call(seconds: Int)
    /// A message, whosever it is.
    case message
    /// Neither is certain.
    case unknown
}
