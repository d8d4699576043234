package import CampaignCore
import GRDB
import NIOConcurrencyHelpers

extension CampaignStore: EventInbox {
    /// See ``EventInbox/receive(_:)``. What arrives while a transaction is running goes into the next one.
    package func receive(_ events: [IncomingEvent]) async throws(StoreError) -> [EventReceipt] {
        guard !events.isEmpty else { return [] }
        do {
            return try await withCheckedThrowingContinuation { continuation in
                eventQueue.add(EventQueue.Delivery(events: events, continuation: continuation))
                // Not the store itself; see `transaction`.
                let (eventQueue, transactions, blockFeed) = (eventQueue, transactions, blockFeed)
                connection.asyncWriteWithoutTransaction { db in eventQueue.write(db, transactions, blockFeed) }
            }
        } catch {
            throw StoreError(error, path: path)
        }
    }
}

/// Events that wait for the writer: all that wait when it is free share one transaction.
final class EventQueue: Sendable {
    /// What one caller hands over.
    struct Delivery: Sendable {
        var events: [IncomingEvent]
        var continuation: CheckedContinuation<[EventReceipt], any Error>
    }

    /// Many threads add to it. The thread sanitizer does not see the locks of `Mutex`.
    private let waiting = NIOLockedValueBox<[Delivery]>([])

    func add(_ delivery: Delivery) {
        waiting.withLockedValue { $0.append(delivery) }
    }

    /// Writes all that wait in one transaction; on the writer's queue.
    func write(_ db: Database, _ transactions: CheckedTransactions, _ blockFeed: BlockFeed) {
        let deliveries = waiting.withLockedValue { waiting in
            defer { waiting.removeAll() }
            return waiting
        }
        // An earlier one has taken them along.
        guard !deliveries.isEmpty else { return }
        let receipts = Result {
            try transactions.run(db) { db in
                let writer = EventWriter(db, blockFeed)
                let receipts = deliveries.map { delivery in
                    Result { try delivery.events.map { try writer.write($0) } }
                }
                try writer.finish()
                return receipts
            }
        }
        for (index, delivery) in deliveries.enumerated() {
            delivery.continuation.resume(with: receipts.flatMap { $0[index] })
        }
    }
}
