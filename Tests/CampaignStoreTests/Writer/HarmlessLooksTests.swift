import CampaignCore
import Foundation
import GRDB
import Glibc
import Testing

@testable import CampaignStore

extension StoreTests {
    /// What other programs may do to the files of a database in use.
    @Suite struct HarmlessLooksTests {
        /// What other programs may do during a run.
        static let looks = [
            "touch $DB $DB-wal", "touch -d 2001-01-01 $DB $DB-wal", "chmod 400 $DB $DB-wal", "chmod 000 $DB",
            "cat $DB $DB-wal > $COPY",
            "cp -p $DB $COPY; touch -r $COPY $DB", "dd if=$DB of=$DB conv=notrunc status=none", ": >> $DB",
            "ln $DB $NAME; rm $NAME",
        ]

        @Test(arguments: looks) func `what leaves the content unchanged stops nothing`(_ script: String) async throws {
            try await TemporaryDatabase.withOlderCopies { _, store, run in
                for _ in 0..<3 {
                    try run(script)
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                }
                try store.close()
            }
        }

        /// What other programs do through SQLite.
        static let statements = [
            "PRAGMA wal_checkpoint(PASSIVE)", "PRAGMA wal_checkpoint(FULL)", "PRAGMA wal_checkpoint(RESTART)",
            "PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "VACUUM INTO 'COPY'", "ANALYZE",
            "CREATE TABLE x (y); DROP TABLE x",
            "SELECT count(*) FROM contact",
        ]

        @Test(arguments: statements) func `what other programs do through SQLite stops nothing`(_ sql: String)
            async throws
        {
            try await TemporaryDatabase.withOlderCopies { database, store, _ in
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
            try await TemporaryDatabase.withOlderCopies { database, store, _ in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for seed in 1...3 {
                        group.addTask {
                            let other = try DatabaseQueue(path: database.path)
                            var random = SplitMix64(seed: UInt64(seed))
                            while !Task.isCancelled {
                                let mode =
                                    ["PASSIVE", "FULL", "RESTART", "TRUNCATE"].randomElement(using: &random) ?? ""
                                // A program that finds the database busy does not matter.
                                try? await other.writeWithoutTransaction {
                                    try $0.execute(sql: "PRAGMA wal_checkpoint(\(mode))")
                                }
                            }
                            try other.close()
                        }
                    }
                    for _ in 0..<370 { try await store.record(try await store.claim(1).map { Sample.accepted($0) }) }
                    group.cancelAll()
                }
                try store.close()
                #expect(try database.reader().counts(campaign: Sample.name).accepted == 390)
            }
        }
    }
}
