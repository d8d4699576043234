import CampaignCore
import Foundation
import GRDB
import Glibc
import Testing

@testable import CampaignStore

extension StoreTests {
    /// A checkpoint that broke off, by a kill, a full disk or an I/O error: the database has some pages of its log, the
    /// first one first, and not the others.
    @Suite struct InterruptedCheckpointTests {
        /// What is only in the log, and is written to the file page by page.
        enum Logged: String, CaseIterable, CustomTestStringConvertible {
            case newDatabase, moreContacts, calls, newTables, vacuumed, moved

            var testDescription: String { rawValue }
        }

        @Test(arguments: Logged.allCases)
        func `whatever a killed checkpoint has written, the next command continues`(_ logged: Logged) async throws {
            try await Self.withLog(logged) { database, store in
                let whole = try store.reader().counts(campaign: Sample.name)
                let steps = try HalfCheckpoint(database)
                for done in steps.someCounts {
                    let copy = try database.copyAfterCrash()
                    try steps.carryOut(done, on: copy)
                    let reader = try copy.reader()
                    #expect(reader.staleness == nil, "\(done) of \(steps.count) pages")
                    #expect(try reader.counts(campaign: Sample.name) == whole)
                    #expect(try reader.examine() == [])
                    try reader.backUp(to: copy.folder + "/backup.db")
                    let opening = try await copy.opened { store in
                        let opening = try await store.begin(Sample.start())
                        try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                        return opening
                    }
                    #expect(opening.counts.total == whole.total && opening.counts.accepted == whole.accepted)
                    #expect(try copy.reader().examine() == [])
                }
            }
        }

        @Test(arguments: Logged.allCases)
        func `whatever a failed checkpoint has written, the writer continues`(_ logged: Logged) async throws {
            try await Self.withLog(logged) { database, store in
                let accepted = try store.reader().counts(campaign: Sample.name).accepted
                var calls = 0
                let steps = try HalfCheckpoint(database)
                for done in steps.someCounts {
                    try steps.carryOut(done, beside: database)
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                    calls += 1
                }
                try store.close()
                #expect(try database.reader().examine() == [])
                let opening = try await database.opened { try await $0.begin(Sample.start()) }
                #expect(opening.counts.accepted == accepted + calls && opening.interrupted == 0)
            }
        }

        @Test(arguments: ["cp $OLD $DB", ": > $DB-wal", "truncate -s 8192 $DB", "cp $OTHER $DB", "cp $OLD-wal $DB-wal"])
        func `an overwritten file is noticed after a failed checkpoint too`(_ script: String) async throws {
            try await TemporaryDatabase.withOlderCopies { database, store, run in
                try await Self.importContacts(2000, from: 1000, into: store)
                let steps = try HalfCheckpoint(database)
                try steps.carryOut(steps.count / 2, beside: database)
                try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                try steps.carryOut(steps.count / 2, beside: database)
                try run(script)
                let path = database.path + (script.hasSuffix("-wal") ? "-wal" : "")
                await #expect(throws: StoreError.overwritten(path: path, place: database.path)) {
                    try await store.claim(1)
                }
                #expect(throws: StoreError.overwritten(path: path, place: database.path)) { try store.close() }
                let left = try database.copyAfterCrash()
                #expect(throws: StoreError.self) { try left.open() }
            }
        }

        @Test func `a database left by a killed checkpoint keeps its log when it is trusted after all`() async throws {
            try await Self.withLog(.moreContacts) { database, store in
                let whole = try store.reader().counts(campaign: Sample.name)
                let steps = try HalfCheckpoint(database)
                let copy = try database.copyAfterCrash()
                try steps.carryOut(steps.count / 2, on: copy)
                // A mark that asks for more than there is.
                let mark = try #require(TideMark.read(copy.path + "-tide"))
                let row = try #require(StoreRow(ofFileAlone: copy.path))
                try TideMark(at: copy.path + "-tide", of: row, commitsInFile: mark.commits, writtenAt: copy.path)
                    .distrust()
                #expect(throws: StoreError.self) { try copy.open() }
                let holder = WriterLock.Holder(pid: getpid(), host: "here", command: "test", since: Sample.now)
                _ = try CampaignStore.restore(
                    copy.path, to: copy.path, forgetsLater: true, now: Sample.now, holder: holder)
                #expect(try await copy.opened { try await $0.begin(Sample.start()) }.counts.total == whole.total)
                #expect(try copy.reader().examine() == [])
            }
        }

        @Test(arguments: [true, false])
        func `after our own failed checkpoint a truncated log is noticed, unless a checkpoint emptied it`(_ isCut: Bool)
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 300)
                let files = DatabaseFiles(path: database.path)
                let queue = try DatabaseQueue(path: files.database)
                let row = try await queue.writeWithoutTransaction { db in
                    try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
                    try db.execute(sql: "UPDATE store SET commits = commits")
                    return try StoreRow.require(db)
                }
                var content = try OverwriteDetector(files, of: row, pageSize: 4096, sizes(files))
                try await queue.write { db in
                    try db.execute(sql: "UPDATE contact_row SET due_at = due_at + 1")
                    try db.execute(sql: "UPDATE store SET commits = commits + 1")
                }
                let frames = (sizes(files).log - 32) / (24 + 4096)
                try content.check(sizes(files), after: .init(number: row.commits + 1, frames: frames))
                let steps = try HalfCheckpoint(database)
                try steps.carryOut(steps.count - 1, beside: database)
                try content.check(sizes(files), after: nil)
                content.noteBrokenCheckpoint()
                #expect(StoreRow(ofFileAlone: files.database)?.commits == row.commits + 1)
                if isCut {
                    try #require(truncate(files.log, 0) == 0)
                    #expect(throws: StoreError.overwritten(path: files.log, place: files.database)) {
                        try content.check(sizes(files), after: nil)
                    }
                } else {
                    try await queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
                    try content.check(sizes(files), after: nil)
                }
            }
        }

        private func sizes(_ files: DatabaseFiles) -> OverwriteDetector.Sizes {
            OverwriteDetector.Sizes(
                database: DatabaseFile.size(of: files.database) ?? 0, log: DatabaseFile.size(of: files.log) ?? 0)
        }

        /// A database in use, with something in its log that is not in the file.
        private static func withLog(
            _ logged: Logged, _ body: (TemporaryDatabase, CampaignStore) async throws -> Void
        ) async throws {
            try await TemporaryDatabase.with { database in
                if logged != .newDatabase { try await database.fill(contacts: 300) }
                let store = try database.open()
                if logged == .newDatabase { try await importContacts(300, into: store) }
                _ = try await store.begin(Sample.start())
                try await store.record(try await store.claim(2).map { Sample.accepted($0) })
                switch logged {
                case .newDatabase: break
                case .moreContacts: try await importContacts(2000, from: 1000, into: store)
                case .calls:
                    for _ in 0..<40 { try await store.record(try await store.claim(1).map { Sample.accepted($0) }) }
                case .newTables:
                    try bySQLite(database, (0..<60).map { "CREATE TABLE more_\($0) (text TEXT NOT NULL)" })
                case .vacuumed:
                    try bySQLite(database, ["VACUUM"])
                case .moved:
                    // To a page that has another row in the file.
                    let schema = try #require(
                        try database.text("SELECT sql FROM sqlite_schema WHERE name = 'store'"))
                    try bySQLite(
                        database,
                        [
                            "PRAGMA legacy_alter_table = 1",
                            schema.replacing("store", with: "aside", maxReplacements: 1),
                            "INSERT INTO aside SELECT * FROM store",
                            "UPDATE aside SET uuid = 'another'", "PRAGMA wal_checkpoint(TRUNCATE)", "BEGIN",
                            "ALTER TABLE store RENAME TO before", "ALTER TABLE aside RENAME TO store",
                            "UPDATE store SET uuid = (SELECT uuid FROM before)", "DROP TABLE before", "COMMIT",
                        ])
                }
                try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                try await body(database, store)
            }
        }

        private static func importContacts(
            _ count: Int, from first: Int = 0, into store: CampaignStore
        ) async throws {
            _ = try await store.importLists(campaign: Sample.name, file: "c.yml", now: Sample.now) { writer in
                try writer.beginList(file: "lista\(first).csv", columns: ["telefone"])
                for index in first..<(first + count) {
                    let phone = try Sample.phone(index)
                    try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: [phone.text])))
                }
            }
        }

        /// What another program does to the database in use.
        private static func bySQLite(_ database: TemporaryDatabase, _ statements: [String]) throws {
            let other = try DatabaseQueue(path: database.path)
            try other.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
                for statement in statements { try db.execute(sql: statement) }
            }
            try other.close()
        }
    }
}

/// The steps of the checkpoint that a database waits for: each of its logged pages, the first one first, in its last form.
private struct HalfCheckpoint {
    private static let frame = 24 + 4096

    /// Where each page begins in the log.
    private let pages: [(number: Int, offset: Int)]

    var count: Int { pages.count }

    /// Some of the steps after which it can break off.
    var someCounts: [Int] {
        (0..<count).filter { $0 < 4 || $0 > count - 2 || $0 % max(1, count / 5) == 0 }
    }

    init(_ database: TemporaryDatabase) throws {
        let log = try [UInt8](Data(contentsOf: URL(filePath: database.path + "-wal")))
        var last: [Int: Int] = [:]
        for offset in stride(from: 32, to: log.count - Self.frame + 1, by: Self.frame)
        where log[(offset + 8)..<(offset + 16)] == log[16..<24] {
            last[log[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) }] = offset + 24
        }
        pages = last.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// Performs this many steps on a copy that no process has open.
    func carryOut(_ count: Int, on copy: TemporaryDatabase) throws {
        let log = try Data(contentsOf: URL(filePath: copy.path + "-wal"))
        let file = try FileHandle(forWritingTo: URL(filePath: copy.path))
        for (number, offset) in pages.prefix(count) {
            try file.seek(toOffset: UInt64(number - 1) * 4096)
            try file.write(contentsOf: log[offset..<(offset + 4096)])
        }
        try file.close()
    }

    /// Performs this many steps on a database in use: in another process, so that closing it drops none of our locks.
    func carryOut(_ count: Int, beside database: TemporaryDatabase) throws {
        guard count > 0 else { return }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        let lines = pages.prefix(count).map { page in
            "dd if=\"$DB-wal\" of=\"$DB\" bs=4096 count=1 iflag=skip_bytes oflag=seek_bytes conv=notrunc status=none "
                + "skip=\(page.offset) seek=\((page.number - 1) * 4096) || exit 1"
        }
        process.arguments = ["-c", lines.joined(separator: "\n")]
        process.environment = ["DB": database.path, "PATH": "/usr/bin:/bin"]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
    }
}
