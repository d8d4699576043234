import CampaignCore
import Foundation
import GRDB
import Glibc
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Files that somebody writes into while they are in use, and what only looks like it.
    @Suite struct OverwritingTests {
        /// What people do to a database as if it were a file like any other; `$OLD` is an older copy of the database, `$DB` the
        /// database that is open.
        static let ways: [(script: String, isLog: Bool)] = [
            ("cp $OLD $DB", false), ("cat $OLD > $DB", false), ("dd if=$OLD of=$DB conv=notrunc status=none", false),
            ("dd if=$OLD of=$DB bs=4096 status=none", false), (": > $DB", false), ("truncate -s 8192 $DB", false),
            ("truncate -s -4096 $DB", false), ("cp $OTHER $DB", false), ("cp /bin/sh $DB", false),
            ("dd if=/dev/zero of=$DB bs=100 count=1 conv=notrunc status=none", false),
            ("cp $COPY $DB", false), (": > $DB-wal", true), ("truncate -s -1 $DB-wal", true),
            ("cp $OLD-wal $DB-wal", true),
            ("cat $OLD-wal > $DB-wal", true), ("dd if=$OLD-wal of=$DB-wal conv=notrunc status=none", true),
            ("cp $OTHER-wal $DB-wal", true), ("cp $OLD $DB; cp $OLD-wal $DB-wal", false),
        ]

        @Test(arguments: ways)
        func `a file that is written over stops every write, and is not dialled from again`(
            _ script: String, _ isLog: Bool
        ) async throws {
            try await withHeldDatabase { database, store, run in
                let calls = try await store.claim(2)
                try run(script)
                let overwritten = QueueError.overwritten(path: database.path + (isLog ? "-wal" : ""))
                await #expect(throws: overwritten) { try await store.record([Sample.accepted(calls[0])]) }
                // Whatever is done to the files afterwards.
                await #expect(throws: overwritten) { try await store.claim(1) }
                try await store.spool([Sample.accepted(calls[0])])
                #expect(throws: overwritten) { try store.close() }
                #expect(!FileManager.default.fileExists(atPath: database.path + "-rescued-1"))
                let left = try database.copyAfterCrash()
                #expect(throws: QueueError.self) { try left.open() }
                // A program that looks brings the log into the file, and makes it look like the newest.
                _ = try? SQLiteProgram.look(at: left.path)
                #expect(throws: QueueError.self) { try left.open() }
                #expect(Spool(besideDatabase: left.path).hasContent)
            }
        }

        @Test func `an older copy that is believed after all is not mixed with the log of the newer one`() async throws
        {
            try await withHeldDatabase { database, store, run in
                try run("cp $OLD $DB")
                await #expect(throws: QueueError.overwritten(path: database.path)) { try await store.claim(1) }
                #expect(throws: QueueError.self) { try store.close() }
                let left = try database.copyAfterCrash()
                let holder = WriterLock.Holder(pid: getpid(), host: "here", command: "test", since: Sample.now)
                _ = try CampaignStore.restore(
                    left.path, to: left.path, forgetsLater: true, now: Sample.now, holder: holder)
                #expect(try left.reader().examine() == [])
                #expect(try await left.opened { try await $0.begin(Sample.start()) }.counts.ready == 400)
                let aside = "\(left.path)-replaced-\(Sample.now.milliseconds)-wal"
                #expect(FileManager.default.fileExists(atPath: aside))
            }
        }

        @Test func `a commit under which a file is written over lets nobody be called`() async throws {
            for script in ["cp $OLD $DB", ": > $DB-wal", ": > $DB"] {
                try await withHeldDatabase { database, store, run in
                    var batch = Sample.batch(claims: 1)
                    batch.gate = ActingGate { try? run(script) }
                    await #expect(throws: QueueError.self, "\(script)") { try await store.commit(batch) }
                    let error = #expect(throws: QueueError.self) { try store.close() }
                    guard case .overwritten = error else {
                        Issue.record("\(script): \(String(describing: error))")
                        return
                    }
                }
            }
        }

        /// What other programs may do beside a run.
        static let looks = [
            "touch $DB $DB-wal", "touch -d 2001-01-01 $DB $DB-wal", "chmod 400 $DB $DB-wal", "chmod 000 $DB",
            "cat $DB $DB-wal > $COPY",
            "cp -p $DB $COPY; touch -r $COPY $DB", "dd if=$DB of=$DB conv=notrunc status=none", ": >> $DB",
            "ln $DB $NAME; rm $NAME",
        ]

        @Test(arguments: looks) func `what leaves the content as it is stops nobody`(_ script: String) async throws {
            try await withHeldDatabase { _, store, run in
                for _ in 0..<3 {
                    try run(script)
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                }
                try store.close()
            }
        }

        /// What other programs do by SQLite.
        static let statements = [
            "PRAGMA wal_checkpoint(PASSIVE)", "PRAGMA wal_checkpoint(FULL)", "PRAGMA wal_checkpoint(RESTART)",
            "PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "VACUUM INTO 'COPY'", "ANALYZE",
            "CREATE TABLE x (y); DROP TABLE x",
            "SELECT count(*) FROM contact",
        ]

        @Test(arguments: statements) func `what other programs do by SQLite stops nobody`(_ sql: String) async throws {
            try await withHeldDatabase { database, store, _ in
                let sql = sql.replacing("COPY", with: database.folder + "/copy.db")
                for turn in 0..<4 {
                    try? FileManager.default.removeItem(atPath: database.folder + "/copy.db")
                    let other = try DatabaseQueue(path: database.path)
                    try await other.writeWithoutTransaction { db in
                        _ = try Row.fetchAll(db, sql: "SELECT count(*) FROM contact")
                        for statement in sql.split(separator: ";") { try db.execute(sql: String(statement)) }
                        if turn % 2 == 1 { try db.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
                    }
                    if turn < 2 { try other.close() }
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                    _ = try SQLiteProgram.look(at: database.path)
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                    try other.close()
                }
                try store.close()
                let opening = try await database.opened { try await $0.begin(Sample.start()) }
                #expect(opening.counts.accepted == 28 && opening.interrupted == 0)
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `checkpoints of others at any moment stop nobody`() async throws {
            try await withHeldDatabase { database, store, _ in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        let other = try DatabaseQueue(path: database.path)
                        var random = SeededGenerator(seed: 9)
                        while !Task.isCancelled {
                            let mode = ["PASSIVE", "FULL", "RESTART", "TRUNCATE"].randomElement(using: &random) ?? ""
                            // One that finds the database busy is no matter.
                            try? await other.writeWithoutTransaction {
                                try $0.execute(sql: "PRAGMA wal_checkpoint(\(mode))")
                            }
                        }
                        try other.close()
                    }
                    for _ in 0..<300 { try await store.record(try await store.claim(1).map { Sample.accepted($0) }) }
                    group.cancelAll()
                }
                try store.close()
                #expect(try database.reader().counts(campaign: Sample.name).accepted == 320)
            }
        }

        /// A database that is being dialled from, and an older copy of it that somebody might put over it.
        ///
        /// Both have what was written since in the log, and some of it in the file already.
        private func withHeldDatabase(
            _ body: (TemporaryDatabase, CampaignStore, _ run: @escaping @Sendable (String) throws -> Void) async throws
                -> Void
        ) async throws {
            try await TemporaryDatabase.with { database in
                let other = try database.elsewhere("other")
                try await other.fill(contacts: 3)
                let (old, otherCopy) = try await other.opened { otherStore in
                    _ = try await otherStore.begin(Sample.start())
                    try await database.fill(contacts: 400)
                    let old = try await database.opened { store in
                        _ = try await store.begin(Sample.start())
                        return try database.copyAfterCrash()
                    }
                    return (old, try other.copyAfterCrash())
                }
                let store = try database.open()
                _ = try await store.begin(Sample.start())
                for _ in 0..<20 { try await store.record(try await store.claim(1).map { Sample.accepted($0) }) }
                try database.reader().backUp(to: database.folder + "/backup.db")
                let environment = [
                    "OLD": old.path, "OTHER": otherCopy.path, "COPY": database.folder + "/backup.db",
                    "NAME": database.folder + "/name.db", "DB": database.path,
                ]
                try await body(database, store) { script in
                    let process = Process()
                    process.executableURL = URL(filePath: "/bin/sh")
                    process.arguments = ["-c", script]
                    process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { first, _ in first }
                    try process.run()
                    process.waitUntilExit()
                    #expect(process.terminationStatus == 0, "\(script)")
                }
            }
        }
    }
}
