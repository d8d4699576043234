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

    /// What a view of the database says that is read apart from the writer, which goes on meanwhile; it knows all that was
    /// written before.
    func readSnapshot<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws(StoreError) -> T {
        do {
            return try await onOwnThread { [self] in try reader().read(body) }
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// Like `write`, but whatever `body` throws that is not SQLite's passes through unchanged.
    func transaction<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws -> T {
        // Not the store itself: the queue may let go of this a moment after the result is there, and whoever drops the store
        // then drops its lock.
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

    /// One of the transactions that a large work is done in.
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

/// What work goes by that changes as many rows as a list has.
///
/// A transaction keeps every other one waiting, those of a run too, so such work is done in slices, each a transaction
/// of its own: whoever else wants to write comes in between.
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

/// Does work that blocks for long on a thread of its own: those that tasks share are as few as the machine has cores.
func onOwnThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "discador.list").async { continuation.resume(with: Result(catching: body)) }
    }
}
