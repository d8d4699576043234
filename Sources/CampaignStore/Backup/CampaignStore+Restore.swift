package import CampaignCore
import Foundation
import GRDB
import Glibc

/// The result of replacing a database with a copy.
package struct Restoration: Hashable, Sendable {
    /// Where the replaced database is kept; nil when there was none, or when the copy was the database itself.
    package var aside: String?
    /// Where spooled results are kept for calls that the copy does not know.
    package var resultsAside: String?
    /// Transactions that the copy does not have.
    package var forgotten: Int
    /// Calls that the copy does not have; nil when there is no replaced database, or its calls cannot be read.
    package var forgottenCalls: ForgottenCalls?
    /// What came after the copy was made, and has been added to it.
    package var carried = CarriedOver()
    /// Whether there was a database whose do-not-call list, replies or webhook addresses could not be read, or not as
    /// they were last, so that they are not all in the copy.
    package var losesBlocks = false
    /// Whether there may be calls that neither the copy nor what it replaces knows.
    package var losesCalls = false
}

extension CampaignStore {
    /// Replaces the database at `path` with a copy, for the next process that writes.
    ///
    /// The replaced database is kept under another name, with its log. What people want is carried into the copy, so that
    /// nobody is called who has asked not to be, or may have (``CarriedOver``). Whom calls may have reached that the copy
    /// does not know is listed in a file beside it. Spooled results stay if the copy knows their calls, and the next run
    /// records them. A copy that is the database itself stays in place, and is trusted from now on.
    ///
    /// - Parameters:
    ///   - forgetsLater: whether the copy may be older than what was last written at `path`.
    ///   - now: used to name what is kept.
    /// - Throws: ``StoreError``: held or damaged; or outdated or a copy of another database, without `forgetsLater`.
    package static func restore(
        _ copy: String, to path: String, forgetsLater: Bool, now: Timestamp, holder: WriterLock.Holder
    ) throws(StoreError) -> Restoration {
        let files = DatabaseFiles(path: path)
        try StoreRow(ofFileAlone: files.database)?.checkPath(files)
        let lock = try WriterLock(database: path, holder: holder)
        defer { lock.release() }
        let aside = "\(files.database)-replaced-\(now.milliseconds)"
        try undoInterrupted(files, besides: copy)
        let isItself = FileIdentity(path: copy) == FileIdentity(path: files.database)
        if isItself, forgetsLater { try partFromLog(files, asideAs: aside) }
        let reader = try StoreReader(path: copy)
        let damage = try reader.damagedPages().map(\.phrase)
        guard damage.isEmpty else { throw .corrupt(path: copy, detail: damage.joined(separator: "; ")) }
        var row = try reader.read(StoreRow.require)
        try requirePresentVersion(files)
        let known = lastKnown(files)
        if !forgetsLater {
            if isItself, let doubt = reader.staleness { throw doubt }
            if let known, known.name != row.name { throw .otherDatabase(path: copy, place: path) }
            if let known, known.commits > row.commits {
                throw .outdated(path: copy, place: path, commits: row.commits, wanted: known.commits)
            }
        }
        let knowsResults = try reader.knowsResults(besideDatabase: files.database, of: row)
        guard knowsResults || forgetsLater else { throw .io(path: files.spool, detail: unknownResult) }
        var restoration = Restoration(forgotten: max(0, (known?.commits ?? 0) - row.commits))
        if isItself {
            (restoration.losesCalls, restoration.losesBlocks) = (restoration.forgotten > 0, restoration.forgotten > 0)
        } else {
            let present = try? StoreReader(path: files.database)
            let presentCommits = try present?.read(StoreRow.require).commits ?? 0
            // The mark may know of transactions that are in neither.
            restoration.losesCalls = (known?.commits ?? 0) > max(presentCommits, row.commits)
            restoration.losesBlocks =
                restoration.losesCalls || present == nil && FileIdentity(path: files.database) != nil
            let partial = aside + "-partial"
            defer { unlink(partial) }
            try reader.copy(to: partial)
            try AccessRows.endSessions(in: partial)
            if let present {
                restoration.forgottenCalls = try present.forgottenCalls(by: partial, listedAs: aside + "-forgotten.csv")
                restoration.carried = try present.carryOver(into: partial, now: now)
                if !restoration.carried.isComplete { restoration.losesBlocks = true }
            }
            if try put(partial, in: files, asideAs: aside) { restoration.aside = aside }
            // Later than all that was ever written here: what was replaced is then an older state, too.
            row.commits = max(row.commits, known?.commits ?? 0) + 1
        }
        let inFile = StoreRow(ofFileAlone: files.database)?.commits ?? 0
        // The mark goes after the copy: until then it belongs to the old database, and a process that is killed before
        // leaves a mark that shows it. So does one that is killed before the copy has the mark's number.
        try TideMark(at: files.tide, of: row, commitsInFile: inFile, writtenAt: row.path ?? files.database).flush()
        if !isItself { try number(files.database, row.commits) }
        // The spool goes last: until the copy is in place for good, the old database may be the one that is used, and
        // without it would hold calls with a known result for interrupted ones. Beside the copy it is refused.
        if !knowsResults, try move(files.spool, to: aside + "-spool") { restoration.resultsAside = aside + "-spool" }
        return restoration
    }

    /// Takes back a restore that ended after it had moved the database away: what people want is in there.
    private static func undoInterrupted(_ files: DatabaseFiles, besides copy: String) throws(StoreError) {
        guard FileIdentity(path: files.database) == nil, let mark = TideMark.read(files.tide) else { return }
        let folder = URL(fileURLWithPath: files.database).deletingLastPathComponent().path
        let prefix = URL(fileURLWithPath: files.database).lastPathComponent + "-replaced-"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let moments = names.filter { $0.hasPrefix(prefix) }.compactMap { Int64($0.dropFirst(prefix.count)) }
        guard let last = moments.max() else { return }
        let aside = "\(files.database)-replaced-\(last)"
        guard let row = StoreRow(ofFileAlone: aside), row.name == mark.store, row.commits >= mark.commitsInFile,
            FileIdentity(path: aside) != FileIdentity(path: copy)
        else { return }
        if FileIdentity(path: files.log) == nil { _ = try move(aside + "-wal", to: files.log) }
        _ = try move(aside, to: files.database)
    }

    /// Gives a database in its place this number of transactions, on disk when this returns.
    private static func number(_ path: String, _ commits: Int) throws(StoreError) {
        try translatingErrors(path: path) {
            let database = try DatabaseQueue(path: path)
            try database.write {
                try $0.execute(sql: "UPDATE store SET commits = :commits", arguments: ["commits": commits])
            }
            try database.close()
        }
    }

    /// Refuses to replace a database of an earlier version: its do-not-call list cannot be read, and those people would
    /// be called.
    private static func requirePresentVersion(_ files: DatabaseFiles) throws(StoreError) {
        do throws(StoreError) {
            _ = try StoreReader(path: files.database)
        } catch {
            if case .fromOlderVersion = error { throw error }
        }
    }

    /// Moves away a log that does not belong to the file: on an older copy, it would overwrite single pages with newer
    /// ones.
    private static func partFromLog(_ files: DatabaseFiles, asideAs aside: String) throws(StoreError) {
        guard let mark = TideMark.read(files.tide), let inFile = StoreRow(ofFileAlone: files.database),
            inFile.commits < mark.commitsInFile,
            // A file that is complete only with this log is not an older copy.
            !DatabaseFile(path: files.database).isShorterThanItSays, try move(files.log, to: aside + "-wal")
        else { return }
        unlink(files.database + "-shm")
    }

    /// What is known of the last transaction written at a place; nil when nothing was written there.
    private static func lastKnown(_ files: DatabaseFiles) -> (name: String, commits: Int)? {
        let mark = TideMark.read(files.tide)
        let present = try? StoreReader(path: files.database).read(StoreRow.require)
        guard let present, mark == nil || mark?.store == present.name else {
            return mark.map { ($0.store, $0.commits) } ?? present.map { ($0.name, $0.commits) }
        }
        return (present.name, max(present.commits, mark?.commits ?? 0))
    }

    /// Moves the existing database away and a complete copy into its place, on disk when this returns.
    ///
    /// - Returns: whether there was a database.
    private static func put(
        _ partial: String, in files: DatabaseFiles, asideAs aside: String
    ) throws(StoreError) -> Bool {
        guard chmod(partial, 0o600) == 0 else { throw .io(path: partial, detail: lastSystemError()) }
        // The log last: a process that is killed in between leaves a log without its database, which is refused.
        let hadDatabase = try move(files.database, to: aside)
        do throws(StoreError) {
            _ = try move(files.log, to: aside + "-wal")
            unlink(files.index)
            _ = try move(partial, to: files.database)
        } catch {
            if hadDatabase {
                _ = try? move(aside + "-wal", to: files.log)
                _ = try? move(aside, to: files.database)
            }
            throw error
        }
        sync()
        return hadDatabase
    }

    /// - Returns: false when there is nothing to move.
    private static func move(_ path: String, to other: String) throws(StoreError) -> Bool {
        if rename(path, other) == 0 { return true }
        guard errno == ENOENT else { throw .io(path: path, detail: lastSystemError()) }
        return false
    }

    /// Copies everything this process knows, when the files at their paths are no longer those that it has open.
    ///
    /// - Returns: the copy; nil when none can be made.
    func rescue() -> String? {
        let free = (1...99).lazy.map { "\(self.files.database)-rescued-\($0)" }
            .first { !FileManager.default.fileExists(atPath: $0) }
        guard let free, let target = try? DatabaseQueue(path: free) else { return nil }
        do {
            try connection.backup(to: target)
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

extension StoreReader {
    /// Whether the database knows the calls of all results spooled beside another database.
    fileprivate func knowsResults(besideDatabase path: String, of row: StoreRow) throws(StoreError) -> Bool {
        let spool = Spool(besideDatabase: path)
        guard spool.hasContent else { return true }
        guard let results = try? spool.results(store: row.name) else { return false }
        return try read { db in try results.allSatisfy { try CallJournal.knows(db, $0.attempt) } }
    }
}
