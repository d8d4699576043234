public import CampaignCore
import Foundation
import GRDB
import Glibc

/// What came of putting a copy in the place of a database.
public struct Restoration: Hashable, Sendable {
    /// Where the database is kept that was there; nil when there was none, or the file itself was taken.
    public var aside: String?
    /// Transactions that the copy knows nothing of.
    public var forgotten: Int
}

extension CampaignStore {
    /// Puts a copy in the place of the database at `path`, for whoever writes next.
    ///
    /// What was there is kept under another name, with its log and with what lies beside it: none of that belongs to the
    /// copy. A copy that is the database itself is left where it is, and believed from now on.
    ///
    /// - Parameters:
    ///   - forgetsLater: whether it may know less than what was last written at `path`.
    ///   - now: names what is kept.
    /// - Throws: ``QueueError``: held, damaged, or outdated, or a copy of another database, without `forgetsLater`.
    public static func restore(
        _ copy: String, to path: String, forgetsLater: Bool, now: Timestamp, holder: WriterLock.Holder
    ) throws(QueueError) -> Restoration {
        let files = DatabaseFiles(path: path)
        let lock = try WriterLock(database: path, holder: holder)
        defer { lock.release() }
        let reader = try StoreReader(path: copy)
        let damage = try reader.damagedPages().map(\.text)
        guard damage.isEmpty else { throw .corrupt(path: copy, detail: damage.joined(separator: "; ")) }
        let row = try reader.read { try Schema.hasTide($0) ? StoreRow.require($0) : StoreRow(beforeTide: $0) }
        let known = lastKnown(files)
        if let known, !forgetsLater {
            guard known.name == row.name else { throw .otherDatabase(path: copy, place: files.database) }
            guard known.commits <= row.commits else {
                throw .outdated(path: copy, commits: row.commits, wanted: known.commits)
            }
        }
        var restoration = Restoration(forgotten: max(0, (known?.commits ?? 0) - row.commits))
        if FileIdentity(path: copy) != FileIdentity(path: files.database) {
            restoration.aside = try put(reader, in: files, asideAs: "\(files.database)-replaced-\(now.milliseconds)")
        }
        let inFile = StoreRow(ofFileAlone: files.database)?.commits ?? 0
        try TideMark(at: files.tide, store: row.name, commitsInFile: inFile).note(row.commits)
        return restoration
    }

    /// What is known of the last transaction that was written at a place; nil when nothing was.
    private static func lastKnown(_ files: DatabaseFiles) -> (name: String, commits: Int)? {
        let mark = TideMark.read(files.tide)
        let present = try? StoreReader(path: files.database).read { try StoreRow.require($0) }
        guard let present else { return mark.map { ($0.store, $0.commits) } }
        guard let mark, mark.store == present.name else { return (present.name, present.commits) }
        return (present.name, max(present.commits, mark.commits))
    }

    /// Moves what is there aside and a copy of the database of `reader` in its place, on disk when this returns.
    private static func put(
        _ reader: StoreReader, in files: DatabaseFiles, asideAs aside: String
    ) throws(QueueError) -> String? {
        let partial = aside + "-partial"
        defer { unlink(partial) }
        try reader.copy(to: partial)
        guard chmod(partial, 0o600) == 0 else { throw .io(path: partial, detail: lastSystemError()) }
        let hadDatabase = FileManager.default.fileExists(atPath: files.database)
        // The log last: whoever is killed in between has the database and its log under names that belong together, or
        // a log without its database, which is refused.
        for suffix in ["", "-wal", "-spool", "-tide"] {
            guard rename(files.database + suffix, aside + suffix) == 0 || errno == ENOENT else {
                throw .io(path: files.database + suffix, detail: lastSystemError())
            }
        }
        unlink(files.database + "-shm")
        guard rename(partial, files.database) == 0 else { throw .io(path: files.database, detail: lastSystemError()) }
        sync()
        return hadDatabase ? aside : nil
    }

    /// Copies all that this process knows, when the files at their paths are no longer those that it has open.
    ///
    /// - Returns: the copy; nil when there can be none.
    func rescue() -> String? {
        let free = (1...99).lazy.map { "\(self.files.database)-rescued-\($0)" }
            .first { !FileManager.default.fileExists(atPath: $0) }
        guard let free, let target = try? DatabaseQueue(path: free) else { return nil }
        do {
            try queue.backup(to: target)
            try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try target.close()
        } catch {
            unlink(free)
            return nil
        }
        chmod(free, 0o600)
        return free
    }
}
