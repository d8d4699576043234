import CampaignCore
import Glibc

/// Remembers the database and its log as the writer left them, to notice when another program overwrites them.
///
/// `cp old.db discador.db` and `: > discador.db-wal` leave a file the same file, with another content. Only SQLite may
/// change it: a checkpoint, anybody's, brings later pages into the database, and never a lower number of commits; and the
/// log is begun anew or cut by SQLite only once the database has all that was in it.
struct OverwriteDetector {
    /// A commit of the writer.
    struct Commit {
        /// Its number.
        var number: Int
        /// How many frames the log has with it.
        var frames: Int
    }

    /// Where the two files end, in bytes.
    struct Sizes {
        var database: Int
        var log: Int
    }

    private static let headerLength = 100
    private static let logHeaderLength = 32
    private static let frameHeaderLength = 24
    /// A page that is being written by a checkpoint at this instant may be read in halves. So what looks wrong is looked at
    /// again, for half a second at most: nobody is called meanwhile.
    private static let looks = 50

    private let files: DatabaseFiles
    private let name: String
    private let pageSize: Int
    private let database: SQLiteFile
    private let log: SQLiteFile

    private var size = 0
    private var header: [UInt8] = []
    private var storePage: [UInt8] = []
    /// The page of the row that counts the commits; 0 while it is only in the log.
    private var storePageNumber = 0
    /// The commits that are known to be in the database itself; -1 while there is no row that counts them.
    private var commitsInFile = -1
    /// The number of the last commit.
    private(set) var commits: Int
    /// Empty while it is not known how the log was left.
    private var logHeader: [UInt8] = []
    private var frames = 0
    private var lastFrame: [UInt8] = []
    /// After a checkpoint that failed: up to which commit it would have come, and the page that it would have written last.
    private var broken: (commit: Int, last: WriteAheadLog.Page)?

    /// Looks at the files that were just opened to write.
    ///
    /// - Parameters:
    ///   - row: the database as it is, with its log.
    ///   - pageSize: of its pages, in bytes.
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

    /// Makes sure that both files are as SQLite left them; a few reads of bytes that are in memory.
    ///
    /// - Parameter commit: what was just written; nil when nothing was since the last time.
    /// - Throws: ``StoreError/overwritten(path:place:)``.
    mutating func check(_ sizes: Sizes, after commit: Commit?) throws(StoreError) {
        try checkDatabase(sizes.database, upTo: commit?.number ?? commits)
        try checkLog(sizes.log, after: commit)
        commits = commit?.number ?? commits
    }

    /// Keeps in mind that the database may have the count of the last commit and not all that was written by then, so that
    /// it is not taken for whole without its log.
    mutating func noteBrokenCheckpoint() {
        broken = WriteAheadLog(ofDatabase: files.database)?.lastPage(ofFrames: frames).map { (commits, $0) }
    }

    // MARK: The database

    private mutating func checkDatabase(_ size: Int, upTo last: Int) throws(StoreError) {
        // What cannot be read says nothing of the content.
        guard let header = database.padded(Self.headerLength, at: 0), let storePage = readStorePage() else { return }
        guard size != self.size || header != self.header || storePage != self.storePage else { return }
        // Only VACUUM makes it smaller, and says so in the header first.
        guard size >= self.size || size >= max(1, header.pages) * pageSize else {
            throw .overwritten(path: files.database, place: files.database)
        }
        guard patiently({ look(upTo: last) }) else { throw .overwritten(path: files.database, place: files.database) }
        self.size = size
    }

    /// - Returns: whether the database can have become by checkpoints what it is.
    private mutating func look(upTo last: Int) -> Bool {
        guard let header = database.padded(Self.headerLength, at: 0) else { return true }
        guard header.isOfWriteAheadDatabase else { return false }
        switch StoreRow.inFile(at: files.database) {
        case .unreadable:
            // Rights were taken away, or there are too many files open: that says nothing of the content.
            break
        case .none:
            guard commitsInFile < 0 || isHalfBroughtIn() else { return false }
        case .row(let row, let page) where row.name == name:
            guard (commitsInFile...max(last, commitsInFile)).contains(row.commits) else { return false }
            (commitsInFile, storePageNumber) = (row.commits, page)
        case .row:
            guard isHalfBroughtIn() else { return false }
        }
        guard let storePage = readStorePage() else { return true }
        (self.header, self.storePage) = (header, storePage)
        return true
    }

    /// Whether a checkpoint that has not come to its end can have left a database that does not know by itself where its
    /// tables are.
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
        guard let header = log.padded(Self.logHeaderLength, at: 0), let last = readFrame(frames),
            let frame = readFrame(commit?.frames ?? 0)
        else {
            // What cannot be read says nothing of the content, now and when it can be read again.
            (logHeader, frames, lastFrame) = ([], 0, [])
            return
        }
        let isAsLeft =
            logHeader.isEmpty || header == logHeader && size >= end(ofFrame: frames) && lastFrame == last
        guard isAsLeft || databaseHas(commits) else { throw .overwritten(path: files.log, place: files.database) }
        guard let commit else {
            if !isAsLeft || logHeader.isEmpty { (logHeader, frames, lastFrame) = (header, 0, []) }
            return
        }
        let isThere = size >= end(ofFrame: commit.frames) && header.isOfLog && frame.salt(at: 8) == header.salt(at: 16)
        guard isThere || databaseHas(commit.number) else { throw .overwritten(path: files.log, place: files.database) }
        (logHeader, frames, lastFrame) = isThere ? (header, commit.frames, frame) : (header, 0, [])
    }

    /// Whether the log may be another one, since the database itself has all of its commits up to this one.
    private mutating func databaseHas(_ commit: Int) -> Bool {
        patiently {
            // A checkpoint that broke off may have brought the count of the commits in, and not what they wrote.
            guard !DatabaseFile(path: files.database).isShorterThanItSays else { return false }
            guard commitsInFile >= commit || look(upTo: max(commit, commits)) && commitsInFile >= commit else {
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
    /// Whether a header is that of a database with a write-ahead log, as it stays while a process has it open; a copy that
    /// `backup` made has none.
    fileprivate var isOfWriteAheadDatabase: Bool { starts(with: Array("SQLite format 3\0".utf8)) && self[18] == 2 }

    /// Whether a header is that of a write-ahead log (section 4.1).
    fileprivate var isOfLog: Bool { starts(with: [0x37, 0x7F, 0x06]) }

    fileprivate func salt(at offset: Int) -> ArraySlice<UInt8> { self[offset..<(offset + 8)] }
}
