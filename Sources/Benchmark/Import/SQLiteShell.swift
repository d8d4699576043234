import Foundation

/// The yardstick: SQLite's own shell loads the same file into a table with a unique index on the phone, just as durably.
struct SQLiteShell {
    /// How much of the database it may keep in memory.
    enum PageCache {
        /// ``pageCacheKibibytes``.
        case large
        /// The shell's default: 2000 KiB.
        case byDefault
    }

    /// KiB; eight times what a first import of discador uses, so that the yardstick is not at a disadvantage.
    static let pageCacheKibibytes = 16_000

    let program: String
    let list: URL
    let shape: ContactListShape

    init(list: URL, shape: ContactListShape) throws {
        program = try Self.path()
        self.list = list
        self.shape = shape
    }

    /// The shell on the PATH.
    static func path() throws -> String {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"
        let places = path.split(separator: ":").map { "\($0)/sqlite3" }
        guard let program = places.first(where: FileManager.default.isExecutableFile(atPath:)) else {
            throw BenchmarkFailure("There is no sqlite3 on the PATH to compare with: apt-get install sqlite3.")
        }
        return program
    }

    /// Loads the list into a new database in `folder`; the table must then have every number of the list.
    func measure(in folder: URL, cache: PageCache, expecting distinctNumbers: Int) throws -> TimedProcess.Figures {
        let pages: String =
            switch cache {
            case .large: " PRAGMA cache_size = -\(Self.pageCacheKibibytes);"
            case .byDefault: ""
            }
        let columns = shape.columnNames.map { "\($0) TEXT" }.joined(separator: ", ")
        let figures = try shell(
            [
                // Both pragmas as in the store: what counts is on disk when the shell ends.
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" + pages,
                "CREATE TABLE contact (\(columns));",
                // Not a UNIQUE ON CONFLICT IGNORE, which would spare it the complaints: that made it slower.
                "CREATE UNIQUE INDEX contact_by_phone ON contact (\(ContactListShape.phoneColumn));",
                ".mode csv",
                ".separator ;",
                ".import --skip 1 \(Self.quoted(list.path)) contact",
            ], in: folder
        ).run()
        // Its exit status reflects only the last row. Other spellings of a number are separate rows for it.
        let count = try shell(["SELECT count(*) FROM contact;"], in: folder).run().output
        let text = String(decoding: count, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard let rows = Int(text), distinctNumbers...shape.rows ~= rows else {
            throw BenchmarkFailure(
                "sqlite3 has \(text) rows after .import instead of \(distinctNumbers) to \(shape.rows): "
                    + "the measurement would be meaningless.")
        }
        return figures
    }

    private func shell(_ commands: [String], in folder: URL) -> TimedProcess {
        // Without anyone's ~/.sqliterc.
        TimedProcess(
            program: program,
            arguments: ["-batch", "-init", "/dev/null", folder.appending(path: "sqlite.db").path] + commands,
            folder: folder)
    }

    /// An argument of a dot-command, quoted.
    private static func quoted(_ path: String) -> String {
        "\"" + path.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
