import CampaignCore
import Glibc

/// Remembers the database and its log as the writer left them, to notice when another program overwrites them.
///
/// `cp old.db discador.db` and `: > discador.db-wal` keep the same file, with different content. Only SQLite may change
/// it. A checkpoint, by any process, writes later pages to the database, and never a lower number of commits; and
/// SQLite restarts or truncates the log only once the database has everything in it.
struct OverwriteDetector {
    /// A commit of the writer.
    struct Commit {
        var number: Int
        /// The number of frames in the log after it.
        var frames: Int
    }

    /// The lengths of the two files, in bytes.
    struct Sizes {
        var database: Int
        var log: Int
    }

    private static let headerLength = 100
    private static let logHeaderLength = 32
    private static let frameHeaderLength = 24
    /// A page that a checkpoint is writing at this moment may be read half-written, and a busy machine can hold another
    /// program up in the middle of one. So whatever looks wrong is read again, for two seconds at most; nobody is called
    /// until then.
    private static let looks = 200

    private let files: DatabaseFiles
    private let name: String
    private let pageSize: Int
    private let database: SQLiteFile
    private let log: SQLiteFile

    private var size = 0
    private var header: [UInt8] = []
    private var storePage: [UInt8] = []
    /// The page of the row that counts the commits; 0 while that row is only in the log.
    private var storePageNumber = 0
    /// The number of commits known to be in the database itself; -1 while no row counts them.
    private var commitsInFile = -1
    /// The number of the last commit.
    private(set) var commits: Int
    /// Empty while the log's state is unknown.
    private var logHeader: [UInt8] = []
    private var frames = 0
    private var lastFrame: [UInt8] = []
    /// After a failed checkpoint: the commit that it would have reached, and the page that it would have written last.
    private var broken: (commit: Int, last: WriteAheadLog.Page)?

    /// Reads the files that have just been opened for writing.
    ///
    /// - Parameters:
    ///   - row: the current row, including the log.
    ///   - pageSize: in bytes.
    init(_ files: DatabaseFiles, of row: StoreRow, pageSize: Int, _ sizes: Sizes) throws(StoreError) {
        guard let database = SQLiteFile(files.database, .database) else {
            throw .replaced(path: files.database, place: files.database)
        }
        guard let log = SQLiteFile(files.log, .log) else { throw .replaced(path: files.log, place: files.database) }
        (self.files, self.pageSize, self.database, self.log) = (files, pageSize, database, log)
        (name, commits) = (row.name, row.commits)
        try checkDatabase(sizes.database, upTo: commits)
        logHeader = log.padded(Self.logHeaderLength, at: 0) ?? []
    }

    /// Makes sure that both files are as SQLite left them; costs a few reads of cached bytes.
    ///
    /// - Parameter commit: the commit just made; nil when there was none since the last check.
    /// - Throws: ``StoreError/overwritten(path:place:)``.
    mutating func check(_ sizes: Sizes, after commit: Commit?) throws(StoreError) {
        try checkDatabase(sizes.database, upTo: commit?.number ?? commits)
        try checkLog(sizes.log, after: commit)
        commits = commit?.number ?? commits
    }

    /// Remembers that the database may have the count of the last commit without all that was written by then, so that
    /// it is not taken for complete without its log.
    mutating func noteBrokenCheckpoint() {
        broken = WriteAheadLog(ofDatabase: files.database)?.lastPage(ofFrames: frames).map { (commits, $0) }
    }

    // MARK: The database

    private mutating func checkDatabase(_ size: Int, upTo last: Int) throws(StoreError) {
        // A failed read says nothing about the content.
        guard let header = database.padded(Self.headerLength, at: 0), let storePage = readStorePage() else { return }
        guard size != self.size || header != self.header || storePage != self.storePage else { return }
        // Only VACUUM makes it smaller, and says so in the header first.
        guard size >= self.size || size >= max(1, header.pages) * pageSize else {
            throw .overwritten(path: files.database, place: files.database)
        }
        guard patiently({ look(upTo: last) }) else { throw .overwritten(path: files.database, place: files.database) }
        self.size = size
    }

    /// - Returns: whether checkpoints can have brought the database to its current state.
    private mutating func look(upTo last: Int) -> Bool {
        // Before the row: what another program brings in after it must look new to the next check.
        guard let header = database.padded(Self.headerLength, at: 0), let storePage = readStorePage() else {
            return true
        }
        guard header.isOfWriteAheadDatabase else { return false }
        switch StoreRow.inFile(at: files.database) {
        case .unreadable:
            // Permissions were removed, or too many files are open: that says nothing about the content.
            break
        case .none:
            guard commitsInFile < 0 || isHalfBroughtIn() else { return false }
        case .row(let row, let page) where row.name == name:
            guard (commitsInFile...max(last, commitsInFile)).contains(row.commits) else { return false }
            commitsInFile = row.commits
            guard page == storePageNumber else {
                // Another page was read before the row than the one that the row is on.
                storePageNumber = page
                return look(upTo: last)
            }
        case .row:
            guard isHalfBroughtIn() else { return false }
        }
        (self.header, self.storePage) = (header, storePage)
        return true
    }

    /// Whether an unfinished checkpoint can have left a database that does not show on its own where its tables are.
    private func isHalfBroughtIn() -> Bool {
        guard DatabaseFile(path: files.database).beginsAsInLog else { return false }
        guard let storePage = readStorePage(), storePage != self.storePage else { return true }
        return WriteAheadLog(ofDatabase: files.database)?.has(storePage, ofPage: storePageNumber) == true
    }

    /// - Returns: nil when it cannot be read.
    private func readStorePage() -> [UInt8]? {
        storePageNumber > 0 ? database.padded(pageSize, at: (storePageNumber - 1) * pageSize) : []
    }

    // MARK: The log

    private mutating func checkLog(_ size: Int, after commit: Commit?) throws(StoreError) {
        guard let header = log.padded(Self.logHeaderLength, at: 0), let frameThere = readFrame(frames),
            let frame = readFrame(commit?.frames ?? 0)
        else {
            // A failed read says nothing about the content, now or when it works again.
            (logHeader, frames, lastFrame) = ([], 0, [])
            return
        }
        let isAsLeft =
            logHeader.isEmpty || header == logHeader && size >= end(ofFrame: frames) && lastFrame == frameThere
        let last = commit?.number ?? commits
        guard isAsLeft || databaseHas(commits, upTo: last) else {
            throw .overwritten(path: files.log, place: files.database)
        }
        guard let commit else {
            if !isAsLeft || logHeader.isEmpty { (logHeader, frames, lastFrame) = (header, 0, []) }
            return
        }
        let isThere = size >= end(ofFrame: commit.frames) && header.isOfLog && frame.salt(at: 8) == header.salt(at: 16)
        guard isThere || databaseHas(commit.number, upTo: last) else {
            throw .overwritten(path: files.log, place: files.database)
        }
        (logHeader, frames, lastFrame) = isThere ? (header, commit.frames, frame) : (header, 0, [])
    }

    /// Whether the log may be a different one, because the database itself has all commits up to this one.
    ///
    /// - Parameter last: the last commit made; another program may bring it in at any moment.
    private mutating func databaseHas(_ commit: Int, upTo last: Int) -> Bool {
        patiently {
            // A checkpoint that was cut off may have written the count of commits, but not their content.
            guard !DatabaseFile(path: files.database).isShorterThanItSays else { return false }
            guard commitsInFile >= commit || look(upTo: last) && commitsInFile >= commit else {
                return false
            }
            guard let broken, commitsInFile <= broken.commit else { return true }
            let last = database.padded(pageSize, at: (broken.last.number - 1) * pageSize)
            return last == nil || last == broken.last.content
        }
    }

    private func end(ofFrame number: Int) -> Int {
        number > 0 ? Self.logHeaderLength + number * (Self.frameHeaderLength + pageSize) : 0
    }

    /// - Returns: nil when it cannot be read.
    private func readFrame(_ number: Int) -> [UInt8]? {
        number > 0
            ? log.padded(Self.frameHeaderLength, at: end(ofFrame: number) - Self.frameHeaderLength - pageSize) : []
    }

    private func patiently(_ isSound: () -> Bool) -> Bool {
        for _ in 0..<Self.looks {
            if isSound() { return true }
            poll(nil, 0, 10)
        }
        return isSound()
    }
}

extension [UInt8] {
    /// Whether a header is that of a database in WAL mode, which stays so while a process has it open; a copy made by
    /// `backup` is not in WAL mode.
    fileprivate var isOfWriteAheadDatabase: Bool { starts(with: Array("SQLite format 3\0".utf8)) && self[18] == 2 }

    /// Whether a header is that of a write-ahead log (section 4.1).
    fileprivate var isOfLog: Bool { starts(with: [0x37, 0x7F, 0x06]) }

    fileprivate func salt(at offset: Int) -> ArraySlice<UInt8> { self[offset..<(offset + 8)] }
}
