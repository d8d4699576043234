import CampaignCore
import Foundation
import GRDB
import Glibc
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Files that another program writes to while they are in use, and what only looks like it.
    @Suite struct OverwritingTests {
        /// What people do to a database as if it were an ordinary file; `$OLD` is an older copy, `$DB` the database
        /// that is open.
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
        func `an overwritten file stops every write, and is not dialed from again`(
            _ script: String, _ isLog: Bool
        ) async throws {
            try await TemporaryDatabase.withOlderCopies { database, store, run in
                let calls = try await store.claim(2)
                try run(script)
                let overwritten = StoreError.overwritten(
                    path: database.path + (isLog ? "-wal" : ""), place: database.path)
                await #expect(throws: overwritten) { try await store.record([Sample.accepted(calls[0])]) }
                #expect(overwritten.description.contains("--forget-later-calls --db \(database.path)`"))
                // Whatever is done to the files afterwards.
                await #expect(throws: overwritten) { try await store.claim(1) }
                try await store.spool([Sample.accepted(calls[0])])
                #expect(throws: overwritten) { try store.close() }
                #expect(!FileManager.default.fileExists(atPath: database.path + "-rescued-1"))
                let left = try database.copyAfterCrash()
                #expect(throws: StoreError.self) { try left.open() }
                // A program that looks brings the log into the file, and makes it look like the newest.
                _ = try? SQLiteProgram.look(at: left.path)
                #expect(throws: StoreError.self) { try left.open() }
                #expect(Spool(besideDatabase: left.path).hasContent)
            }
        }

        @Test func `an older copy that is believed after all is not mixed with the log of the newer one`() async throws
        {
            try await TemporaryDatabase.withOlderCopies { database, store, run in
                try run("cp $OLD $DB")
                await #expect(throws: StoreError.overwritten(path: database.path, place: database.path)) {
                    try await store.claim(1)
                }
                #expect(throws: StoreError.self) { try store.close() }
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

        @Test func `an older index of the log takes no commit back`() async throws {
            try await TemporaryDatabase.withOlderCopies { database, store, run in
                try run("cp $DB-shm $COPY")
                let calls = try await store.claim(5)
                try await store.record(calls.map { Sample.accepted($0) })
                let last = try await store.claim(1)
                try run("dd if=$COPY of=$DB-shm conv=notrunc status=none")
                let overwritten = StoreError.indexOverwritten(path: database.path + "-shm")
                await #expect(throws: overwritten) { try await store.record([Sample.accepted(last[0])]) }
                await #expect(throws: overwritten) { try await store.claim(1) }
                try await store.spool([Sample.accepted(last[0])])
                #expect(throws: overwritten) { try store.close() }
                // As the next process finds it, by an index of its own.
                let left = try database.copyAfterCrash()
                let opening = try await left.opened { try await $0.begin(Sample.start()) }
                #expect(opening.counts.accepted == 26 && opening.interrupted == 0)
                #expect(try left.reader().examine() == [])
            }
        }

        @Test func `a database that is closed by an older index of its log keeps the log`() async throws {
            try await TemporaryDatabase.withOlderCopies { database, store, run in
                try run("cp $DB-shm $COPY")
                try await store.record(try await store.claim(5).map { Sample.accepted($0) })
                try run("dd if=$COPY of=$DB-shm conv=notrunc status=none")
                #expect(throws: StoreError.indexOverwritten(path: database.path + "-shm")) { try store.close() }
                let opening = try await database.copyAfterCrash().opened { try await $0.begin(Sample.start()) }
                #expect(opening.counts.accepted == 25)
            }
        }

        @Test func `a commit during which a file is overwritten lets nobody be called`() async throws {
            for script in ["cp $OLD $DB", ": > $DB-wal", ": > $DB"] {
                try await TemporaryDatabase.withOlderCopies { database, store, run in
                    var batch = Sample.batch(claims: 1)
                    batch.gate = ActingGate { try? run(script) }
                    await #expect(throws: StoreError.self, "\(script)") { try await store.commit(batch) }
                    let error = #expect(throws: StoreError.self) { try store.close() }
                    guard case .overwritten = error else {
                        Issue.record("\(script): \(String(describing: error))")
                        return
                    }
                }
            }
        }
    }
}
