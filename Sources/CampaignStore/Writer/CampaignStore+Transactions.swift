import CampaignCore
import Dispatch
import GRDB

extension CampaignStore {
    /// A transaction on the writer's own queue, unaffected by cancellation.
    func write<T: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> T
    ) async throws(StoreError) -> T {
        do {
            return try await transaction(body)
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Reads from a separate snapshot that has everything written before; the writer continues at the same time.
    func readSnapshot<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws(StoreError) -> T {
        do {
            return try await onOwnThread { [self] in try reader().read(body) }
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Like `write`, but errors of `body` that do not come from SQLite pass through unchanged.
    func transaction<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        // Not the store itself: the queue may release this a moment after the result is there, and releasing the store
        // would release its lock.
        let transactions = transactions
        return try await withCheckedThrowingContinuation { continuation in
            connection.asyncWriteWithoutTransaction { db in
                continuation.resume(with: Result { try transactions.run(db, body) })
            }
        }
    }

    /// Like `transaction`, for a thread that may block.
    func blockingTransaction<T>(_ body: (Database) throws -> T) throws -> T {
        try connection.writeWithoutTransaction { db in try transactions.run(db, body) }
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
/// A transaction makes every other one wait, including a run's. So an operation that changes as many rows as a list has
/// is done in slices, each its own transaction, with other writes in between.
struct SliceLimits: Sendable {
    /// Maximum number of rows changed per transaction.
    var rows = 2000
    /// The same for rows far apart: each writes one or two pages of its own.
    var scattered = 250
    /// Entries of 8 to 48 bytes kept in memory while rows are chosen.
    var entriesInMemory = 131_072
    /// Called before each slice; tests use it to interfere.
    var before: @Sendable () async throws -> Void = {}
}

/// Runs blocking work on its own thread: the threads that tasks share are only as many as the machine has cores.
func onOwnThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "discador.list").async { continuation.resume(with: Result(catching: body)) }
    }
}
