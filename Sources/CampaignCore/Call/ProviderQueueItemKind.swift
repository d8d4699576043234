/// What the fields of an item of Z-API's queue say that it is.
///
/// Z-API's documentation (queue page, read 2026) shows no call in the queue. So only an item that names how long it rings
/// is a call, only one that carries the content of a message is none, and of every other one nobody knows.
package enum ProviderQueueItemKind: Hashable, Sendable {
    /// A call that rings for so many seconds.
    case call(seconds: Int)
    /// A message, whosever it is.
    case message
    /// Neither can be told.
    case unknown
}
