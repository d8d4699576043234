import CampaignCore
import Dispatch
import GRDB

/// What work goes by that changes as many rows as a list has.
///
/// A transaction keeps every other one waiting, those of a run too, so such work is done in slices, each a transaction
/// of its own: whoever else wants to write comes in between.
struct Slices: Sendable {
    /// Rows that one transaction changes at most.
    var rows = 2000
    /// Rows far from each other that one transaction changes at most: each is a page or two of its own that is written.
    var scattered = 250
    /// Entries of 8 to 48 bytes that are kept in memory while rows are chosen.
    var entriesInMemory = 131_072
    /// Called before each slice, where tests let something happen.
    var before: @Sendable () async throws -> Void = {}
}

extension CampaignStore {
    /// One of the transactions that a large work is done in.
    func writeSlice<T: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> T
    ) async throws(StoreError) -> T {
        do {
            try await slices.before()
        } catch {
            throw StoreError(error, path: path)
        }
        return try await write(body)
    }
}

/// Does work that blocks for long on a thread of its own: those that tasks share are as few as the machine has cores.
func onOwnThread<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "discador.list").async { continuation.resume(with: Result(catching: body)) }
    }
}
