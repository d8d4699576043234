/// The store as the receiver of webhooks sees it.
package protocol EventInbox: Sendable {
    /// Keeps events and does what they say, in one transaction that is on disk when this returns: only then may they be
    /// acknowledged. A repeat changes nothing.
    ///
    /// Events of any number of senders are received together; their order does not matter. Implementations must not let
    /// the cancellation of the calling task stop a write.
    ///
    /// - Returns: what became of each event, in the same order.
    func receive(_ events: [IncomingEvent]) async throws(StoreError) -> [EventReceipt]
}
