import CampaignCore
import GRDB

/// Wraps every write in a transaction, after which the files must still be those that were opened.
struct CheckedTransactions: Sendable {
    let path: String
    let files: WriterFiles
    let tide: TideMark
    let checkpoints: LogCheckpoints
    /// Hears how long transactions take; nil: nobody does.
    let latency: LatencyObserver?

    /// Runs `body` in one transaction that is on disk when this returns.
    func run<T>(_ db: Database, _ body: (Database) throws -> T) throws -> T {
        guard let latency else { return try runUntimed(db, body) }
        return try latency.measure { try runUntimed(db, body) }
    }

    private func runUntimed<T>(_ db: Database, _ body: (Database) throws -> T) throws -> T {
        do {
            let (value, commits) = try inTransaction(db, body)
            // A commit to a file that can no longer be found does not count: nobody may be called on account of it.
            try files.check(after: OverwriteDetector.Commit(number: commits, frames: checkpoints.pagesInLog))
            tide.note(commits, inFile: checkpoints.hasBegunAnew() ? commits - 1 : nil)
            switch checkpoints.run(on: db) {
            case .notYet: break
            case .done: try files.check()
            case .brokeOff: try files.checkAfterBrokenCheckpoint()
            }
            return value
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }

    /// - Returns: also the number of the commit.
    private func inTransaction<T>(_ db: Database, _ body: (Database) throws -> T) throws -> (T, commits: Int) {
        var outcome: (T, commits: Int)?
        do {
            try db.inTransaction(.immediate) {
                let count = try HotStatement(db, "UPDATE store SET commits = commits + 1 RETURNING commits")
                var commits: Int64?
                while try count.step() { commits = count.number(0) }
                guard let commits else { throw DatabaseError(message: "its table store has no row") }
                // Before anything else is read or written: with an older index of the log, SQLite sees an older state.
                try files.checkNumber(Int(commits))
                let value = try body(db)
                try files.check()
                outcome = (value, Int(commits))
                return .commit
            }
        } catch {
            // What SQLite reports as damage may be another program's content.
            try files.check()
            throw error
        }
        guard let outcome else { throw DatabaseError(message: "a transaction gave nothing") }
        return outcome
    }
}
