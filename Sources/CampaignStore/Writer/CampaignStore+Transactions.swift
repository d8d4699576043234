import CampaignCore
import Dispatch
import GRDB

extension CampaignStore {
    /// A transaction on the writer's own queue, which no cancellation stops.
    func write<T: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> T
    ) async throws(StoreError) -> T {
        do {
            return try await transaction(body)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Reads from a separate snapshot, which has everything that was written before; the writer continues meanwhile.
    func readSnapshot<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws(StoreError) -> T {
        do {
            return try await onOwnThread { [self] in try reader().read(body) }
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Like `write`, but whatever `body` throws that is not SQLite's passes through unchanged.
    func transaction<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        // Not the store itself: the queue may let go of this a moment after the result is there, and dropping the store
        // drops its lock.
        let transactions = transactions
        return try await withCheckedThrowingContinuation { continuation in
            queue.asyncWriteWithoutTransaction { db in
                continuation.resume(with: Result { try transactions.run(db, body) })
            }
        }
    }

    /// Like `transaction`, for a thread that may wait.
    func blockingTransaction<T>(_ body: (Database) throws -> T) throws -> T {
        try queue.writeWithoutTransaction { db in try transactions.run(db, body) }
    }

    /// One of the transactions of a large operation.
    func writeSlice<T: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> T
    ) async throws(StoreError) -> T {
        do {
            try await sliceLimits.before()
        } catch {
            throw StoreError(error, path: path)
        }
        return try await write(body)
    }
}

/// How much one transaction of a large operation changes.
///
/// A transaction keeps every other one waiting, including those of a run. So an operation that changes as many rows as a
/// list has is done in slices, each its own transaction: other writes come in between.
struct SliceLimits: Sendable {
    /// Rows that one transaction changes at most.
    var rows = 2000
    /// Rows far from each other that one transaction changes at most: each is a page or two of its own that is written.
    var scattered = 250
    /// Entries of 8 to 48 bytes that are kept in memory while rows are chosen.
    var entriesInMemory = 131_072
    /// Called before each slice, where tests let something happen.
    var before: @Sendable () async throws -> Void = {}
}

/// Runs what blocks for long on its own thread: those that tasks share are as few as the machine has cores.
func onOwnThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "discador.list").async { continuation.resume(with: Result(catching: body)) }
    }
}
