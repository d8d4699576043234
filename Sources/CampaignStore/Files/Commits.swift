import CampaignCore
import GRDB

/// How everything is written: in transactions after which the files still are the ones that were opened.
struct Commits: Sendable {
    let path: String
    let held: HeldFiles
    let tide: TideMark
    let checkpoints: LogCheckpoints

    /// Carries `body` out in one transaction that is on disk when this returns.
    func carryOut<T>(_ body: (Database) throws -> T, _ db: Database) throws -> T {
        do {
            let (value, commits) = try inTransaction(body, db)
            // What went to a file that nobody finds any more is not written: nobody may be called for it.
            try held.check(after: HeldContent.Commit(number: commits, frames: checkpoints.pagesInLog))
            tide.note(commits, inFile: checkpoints.hasBegunAnew() ? commits - 1 : nil)
            switch checkpoints.carryOut(on: db) {
            case .notYet: break
            case .done: try held.check()
            case .brokeOff: try held.checkAfterBrokenCheckpoint()
            }
            return value
        } catch let error as DatabaseError {
            throw StoreError(error, path: path)
        }
    }

    /// - Returns: also the number of the commit.
    private func inTransaction<T>(_ body: (Database) throws -> T, _ db: Database) throws -> (T, commits: Int) {
        var outcome: (T, commits: Int)?
        do {
            try db.inTransaction(.immediate) {
                let count = try HotStatement(db, "UPDATE store SET commits = commits + 1 RETURNING commits")
                var commits: Int64?
                while try count.step() { commits = count.number(0) }
                guard let commits else { throw DatabaseError(message: "the database has lost its own name") }
                // Before anything else is read or written: by an older index of the log SQLite finds an older state.
                try held.checkNumber(Int(commits))
                let value = try body(db)
                try held.check()
                outcome = (value, Int(commits))
                return .commit
            }
        } catch {
            // What SQLite takes for damage may be somebody else's content.
            try held.check()
            throw error
        }
        guard let outcome else { throw DatabaseError(message: "a transaction gave nothing") }
        return outcome
    }
}
