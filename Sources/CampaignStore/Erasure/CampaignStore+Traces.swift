package import CampaignCore
import GRDB

extension CampaignStore {
    /// What SQLite removes from here on is overwritten at once. Results that a run had to spool come into the database, where
    /// they can be found.
    func beginErasing() async throws(StoreError) {
        do {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                connection.asyncWriteWithoutTransaction { db in
                    continuation.resume(with: Result { try db.execute(sql: "PRAGMA secure_delete = ON") })
                }
            }
        } catch {
            throw StoreError(error, path: path)
        }
        // While calls are under way, a run may be adding to it.
        guard dialed.rows.isEmpty else { return }
        let (_, spooled) = try await spooled()
        guard !spooled.isEmpty else { return }
        try await write { [self] db in try recordSpooled(db, spooled) }
        try spool.clear(recorded: spooled.count, reserving: dialed.results)
    }

    /// Removes what is left in unused parts of the file, and in its log, of rows that were erased: the file is written anew.
    /// That takes as long as reading it, so while campaigns are dialed it is left for later.
    ///
    /// - Returns: whether nothing is left; false while campaigns are dialed, or another program reads the file.
    package func removeTraces() async throws(StoreError) -> Bool {
        guard try await readSnapshot({ db in try Self.hasTraces(db) }) else { return true }
        guard dialed.rows.isEmpty else { return false }
        do {
            return try await withCheckedThrowingContinuation { continuation in
                connection.asyncWriteWithoutTransaction { [transactions] db in
                    continuation.resume(with: Result { try Self.removeTraces(db, transactions) })
                }
            }
        } catch {
            throw StoreError(error, path: path)
        }
    }

    /// The same when the database is about to be closed, if anything is left.
    func removeTracesBeforeClosing() {
        // What cannot be done now is done by the next process.
        _ = try? connection.writeWithoutTransaction { [transactions] db in
            try Self.hasTraces(db) && Self.removeTraces(db, transactions)
        }
    }

    private static func hasTraces(_ db: Database) throws -> Bool {
        try HotStatement(db, "SELECT has_traces FROM erasure").firstNumber() == 1
    }

    private static func removeTraces(_ db: Database, _ transactions: CheckedTransactions) throws -> Bool {
        try transactions.files.check()
        // Pages that were split or rebuilt may have bytes that no `secure_delete` sees.
        try db.execute(sql: "VACUUM")
        guard try emptyLog(db) else { return false }
        try transactions.run(db) { db in try db.execute(sql: "UPDATE erasure SET has_traces = 0") }
        return true
    }

    /// - Returns: false when a reader still needs the log.
    private static func emptyLog(_ db: Database) throws -> Bool {
        do {
            _ = try db.checkpoint(.truncate)
            return true
        } catch let error as DatabaseError {
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: return false
            default: throw error
            }
        }
    }
}
