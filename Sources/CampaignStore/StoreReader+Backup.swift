public import CampaignCore
import Foundation
import GRDB
import Glibc

extension StoreReader {
    /// Copies the database to a file, new and for its owner only or the caller's own, which is a database by itself; a run
    /// may go on meanwhile.
    ///
    /// The copy is one moment of the database, read in one step from one snapshot: a writer that is never idle neither
    /// waits for it nor starves it.
    public func copy(to path: String) throws(QueueError) {
        let source = queue
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .io(path: path, detail: lastSystemError()) }
        close(file)
        try translatingErrors(path: path) {
            let target = try DatabaseQueue(path: path)
            try source.backup(to: target)
            // One file, which can be read where nothing can be written.
            try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try target.close()
        }
    }

    /// Makes a copy to keep, which is as sound as it can be told.
    ///
    /// - Parameter path: a file of the caller's own; on an error its content means nothing.
    /// - Throws: ``QueueError``, in particular when the copy, and so the database, is damaged.
    public func backUp(to path: String) throws(QueueError) {
        do throws(QueueError) {
            try copy(to: path)
            let damage = try StoreReader(path: path).damagedPages().map(\.text)
            guard damage.isEmpty else { throw QueueError.corrupt(path: path, detail: damage.joined(separator: "; ")) }
        } catch {
            // What a copy that broke off has left behind.
            unlink(path + "-journal")
            // What is damaged is the database; the copy shows it.
            if case .corrupt(_, let detail) = error { throw .corrupt(path: self.path, detail: detail) }
            throw error
        }
    }

    /// Results that a run had to keep beside the database, and that its next start takes in.
    public func spooledResults() throws(QueueError) -> Int {
        let store = try read { db in try String.fetchOne(db, sql: "SELECT uuid FROM store") }
        return try Spool(besideDatabase: path).results(store: store ?? "").count
    }
}
