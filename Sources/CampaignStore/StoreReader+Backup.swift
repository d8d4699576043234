public import CampaignCore
import Foundation
import GRDB
import Glibc

extension StoreReader {
    /// Copies the database to a new file, which is a database by itself; a run may go on meanwhile.
    ///
    /// The copy is one moment of the database, read in one step from one snapshot: a writer that is never idle neither
    /// waits for it nor starves it.
    public func copy(to path: String) throws(QueueError) {
        let source = queue
        try translatingErrors(path: path) {
            let target = try DatabaseQueue(path: path)
            try source.backup(to: target)
            // One file, which can be read where nothing can be written.
            try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try target.close()
        }
    }

    /// Makes a copy to keep: whole or not at all, on disk when this returns, and for its owner only.
    ///
    /// - Parameter path: where it goes; a file that is there already is replaced at the very end.
    /// - Throws: ``QueueError``, in particular when the copy, and so the database, is damaged.
    public func backUp(to path: String) throws(QueueError) {
        let partial = path + ".partial"
        do throws(QueueError) {
            try Self.makeEmptyFile(partial)
            try copy(to: partial)
            let damage = try StoreReader(path: partial).damagedPages().map(\.text)
            guard damage.isEmpty else {
                throw QueueError.corrupt(path: partial, detail: damage.joined(separator: "; "))
            }
            try Self.putInPlace(partial, as: path)
        } catch {
            Self.remove(partial)
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

    private static func makeEmptyFile(_ path: String) throws(QueueError) {
        // What a backup that was killed has left behind.
        remove(path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw errorOfFile(path) }
        close(descriptor)
    }

    private static func remove(_ path: String) {
        unlink(path)
        unlink(path + "-journal")
    }

    private static func putInPlace(_ partial: String, as path: String) throws(QueueError) {
        try sync(partial)
        guard rename(partial, path) == 0 else { throw errorOfFile(path) }
        try sync(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    /// Makes a file, or the names in a folder, outlive a power cut.
    private static func sync(_ path: String) throws(QueueError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw errorOfFile(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw errorOfFile(path) }
    }

    private static func errorOfFile(_ path: String) -> QueueError {
        errno == ENOSPC || errno == EFBIG || errno == EDQUOT
            ? .diskFull(path: path) : .io(path: path, detail: lastSystemError())
    }
}
