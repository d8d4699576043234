import Foundation

/// Both imports, in alternation.
struct ImportContest {
    let discador: ImportSpeed
    let sqlite: SQLiteShell
    let list: ContactListWriter.List
    let blocked: BlockedNumbers
    /// Where each measurement has its own temporary folder.
    let place: URL

    /// Both imports of one round.
    struct Round {
        var discador: TimedProcess.Figures
        var sqlite: TimedProcess.Figures

        /// How many times as fast as sqlite3 discador was.
        var ratio: Double { sqlite.seconds / discador.seconds }
    }

    /// One round. The order alternates, since the second one may profit from what the first one left behind.
    func round(_ number: Int) throws -> Round {
        guard number.isMultiple(of: 2) else {
            let ours = try importByDiscador()
            return Round(discador: ours, sqlite: try importBySQLite(.large))
        }
        let theirs = try importBySQLite(.large)
        return Round(discador: try importByDiscador(), sqlite: theirs)
    }

    /// One import by discador.
    func importByDiscador() throws -> TimedProcess.Figures {
        try inFreshFolder { try discador.measure(in: $0, blocked: blocked, expecting: list.distinctNumbers) }
    }

    /// One import by sqlite3.
    func importBySQLite(_ cache: SQLiteShell.PageCache) throws -> TimedProcess.Figures {
        try inFreshFolder { try sqlite.measure(in: $0, cache: cache, expecting: list.distinctNumbers) }
    }

    private func inFreshFolder(_ measure: (URL) throws -> TimedProcess.Figures) throws -> TimedProcess.Figures {
        let folder = place.appending(path: "database")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try measure(folder)
    }
}
