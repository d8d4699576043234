package import CampaignCore
import Foundation
import GRDB
import Glibc

extension StoreReader {
    /// Copies the database to a file that is new and readable only by its owner, or that belongs to the caller. The
    /// copy is a complete database; a run may continue at the same time.
    ///
    /// The copy is read in one step from one snapshot, so a writer that is never idle neither waits for it nor starves
    /// it.
    package func copy(to path: String) throws(StoreError) {
        let source = connection
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .io(path: path, detail: lastSystemError()) }
        close(file)
        try translatingErrors(path: path) {
            let target = try DatabaseQueue(path: path)
            try source.backup(to: target)
            // A single file, which can be read where nothing can be written.
            try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try target.close()
        }
    }

    /// Makes a copy to keep, and checks it for damage.
    ///
    /// - Parameter path: a file that belongs to the caller; after an error its content is meaningless.
    /// - Throws: ``StoreError``, in particular when the copy, and therefore the database, is damaged.
    package func backUp(to path: String) throws(StoreError) {
        do throws(StoreError) {
            try copy(to: path)
            let damage = try StoreReader(path: path).damagedPages().map(\.phrase)
            guard damage.isEmpty else { throw StoreError.corrupt(path: path, detail: damage.joined(separator: "; ")) }
        } catch {
            // Left behind by a copy that failed.
            unlink(path + "-journal")
            // The damage is in the database; the copy only shows it.
            if case .corrupt(_, let detail) = error { throw .corrupt(path: self.path, detail: detail) }
            throw error
        }
    }

    /// Whether the file at `path` is an earlier copy of this database and nothing more: it was never dialed from, and
    /// has no call that this database does not have.
    ///
    /// A database that was moved away does not count, even if all its calls are known here: its do-not-call list may
    /// have numbers that are nowhere else.
    package func hasCopy(at path: String) -> Bool {
        // The header of a copy does not say WAL; that of every database that was opened to write does.
        guard let file = SQLiteFile(path, .database), file.padded(20, at: 0)?[18] == 1 else { return false }
        guard let own = try? read(StoreRow.find),
            let row = StoreRow(ofFileAlone: path), row.name == own.name, row.path == own.path,
            row.commits <= own.commits, let last = try? StoreReader(path: path).lastAttempt()
        else { return false }
        guard let contact = last.contact else { return true }
        // A database that replaced a copy may have counted as far, with other calls. By primary key.
        let isKnown = try? read { db in
            try Bool.fetchOne(
                db,
                sql: """
                    SELECT EXISTS (
                        SELECT 1 FROM attempt WHERE contact_id = :contact AND number = :number AND started_at = :started)
                    """,
                arguments: ["contact": contact, "number": last.number, "started": last.startedAt])
        }
        return isKnown == true
    }

    /// The call that began last; without a contact when there was none.
    private func lastAttempt() throws -> (contact: Int64?, number: Int64?, startedAt: Int64?) {
        try read { db in
            let row = try Row.fetchOne(db, sql: "SELECT contact_id, number, max(started_at) FROM attempt")
            return (
                try row?.decode(atIndex: 0), try row?.decode(atIndex: 1), try row?.decode(atIndex: 2)
            )
        }
    }

    /// How many results are spooled beside the database, for the next run to record.
    package func spooledResults() throws(StoreError) -> Int {
        let store = try read { db in try String.fetchOne(db, sql: "SELECT uuid FROM store") }
        return try Spool(besideDatabase: path).results(store: store ?? "").count
    }
}
