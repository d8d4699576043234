import CampaignCore
import Foundation
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct DamageTests {
        @Test(arguments: [1, 15, 16, 99, 100, 511, 512, 4095, 4096, 8192, 20_000, -4096, -1])
        func `a truncated file is refused by writer and reader, and left unchanged`(_ size: Int) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 500)
                let whole = try bytes(database.path)
                try whole.prefix(size > 0 ? size : whole.count + size).write(to: URL(filePath: database.path))
                try expectRefusal(of: database)
            }
        }

        @Test(arguments: [0, 1, 512, 4096, 8192, 20_480])
        func `a truncated file with a log is refused, and the log stays`(_ size: Int) async throws {
            try await withCrashedRun { database in
                try bytes(database.path).prefix(size).write(to: URL(filePath: database.path))
                try expectRefusal(of: database)
            }
        }

        @Test func `a log whose database is gone is refused, and the log stays`() async throws {
            try await withCrashedRun { database in
                try FileManager.default.removeItem(atPath: database.path)
                try expectRefusal(of: database)
            }
        }

        @Test func `a log beside its database does not count as damage, whatever it has that the file does not have`()
            async throws
        {
            try await withCrashedRun { database in
                #expect(try database.reader().counts(campaign: Sample.name).accepted == 160)
                #expect(try database.reader().examine() == [])
                let opening = try await database.opened { try await $0.begin(Sample.start()) }
                #expect(opening.counts.accepted == 160 && opening.interrupted == 10)
            }
        }

        @Test func `no commit is silently lost when a byte of the log is damaged`() async throws {
            try await withCrashedRun { database in
                let log = try bytes(database.path + "-wal")
                var refused = 0
                for offset in stride(from: 0, to: log.count, by: log.count / 97) {
                    let copy = try database.copyAfterCrash()
                    var damaged = log
                    damaged[offset] ^= 0x10
                    try damaged.write(to: URL(filePath: copy.path + "-wal"))
                    do {
                        let opening = try await copy.opened { try await $0.begin(Sample.start()) }
                        #expect(opening.counts.accepted + opening.interrupted >= 160, "byte \(offset)")
                    } catch let error as StoreError {
                        switch error {
                        case .corrupt, .outdated: refused += 1
                        case .held, .fromNewerVersion, .fromOlderVersion, .notOurs, .diskFull, .tooManyFiles, .io,
                            .locked,
                            .unknownCampaign, .campaignIncomplete, .beingDeleted, .missing,
                            .unexpected, .replaced, .overwritten, .indexOverwritten, .otherDatabase, .otherName, .lost,
                            .unmarked,
                            .writtenElsewhere:
                            throw error
                        }
                        #expect(try bytes(copy.path + "-wal") == damaged, "byte \(offset)")
                    }
                }
                #expect(refused > 80)
            }
        }

        @Test func `a log whose last transaction was torn by a power cut does not count as damage`() async throws {
            try await withCrashedRun { database in
                let log = try bytes(database.path + "-wal")
                for lost in [1, 100, 4096] {
                    let copy = try database.copyAfterCrash()
                    // What was torn had not been written when the power went, so the mark had not been either.
                    let mark = try #require(TideMark.read(copy.path + "-tide"))
                    let row = try #require(StoreRow(ofFileAlone: copy.path))
                    let torn = try TideMark(
                        at: copy.path + "-tide", of: row, commitsInFile: mark.commitsInFile,
                        writtenAt: row.path ?? "")
                    torn.note(mark.commits - 1)
                    try log.dropLast(lost).write(to: URL(filePath: copy.path + "-wal"))
                    let opening = try await copy.opened { try await $0.begin(Sample.start()) }
                    #expect(opening.counts.accepted + opening.interrupted >= 160)
                }
            }
        }

        @Test(arguments: [
            ("DROP INDEX contact_by_turn", "the index contact_by_turn"), ("DROP TABLE block", "the column block."),
            ("ALTER TABLE attempt DROP COLUMN latency_ms", "the column attempt.latency_ms"),
            ("DROP TRIGGER contact_count_by_state", "the trigger contact_count_by_state"),
            ("DROP TABLE grdb_migrations", "its list of migrations"),
        ])
        func `a schema that lacks something is refused by name`(_ change: String, _ lack: String) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try database.change(change)
                try expectRefusal(of: database, saying: lack)
            }
        }

        @Test func `additions to the schema do no harm`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try database.change("CREATE INDEX mine ON contact_row (phone); CREATE TABLE notes (text TEXT)")
                #expect(try await database.opened { try await $0.begin(Sample.start()) }.counts.ready == 3)
                #expect(try database.reader().examine() == [])
            }
        }

        @Test(arguments: [
            ("UPDATE import_row SET accepted = accepted + 2", "2 contacts too many or too few"),
            ("DELETE FROM contact_identity WHERE contact_id = 1", "1 contact cannot be found by its number"),
            (
                "UPDATE contact_identity SET contact_id = 2 WHERE contact_id = 1",
                "1 contact cannot be found by its number"
            ),
            ("UPDATE contact_identity SET contact_id = 99 WHERE contact_id = 1", "1 number belongs to no contact"),
            ("UPDATE contact_row SET attempts = 2 WHERE id = 1", "1 contact counts more or fewer attempts"),
            ("UPDATE contact_row SET state = 'dialing' WHERE id = 1", "1 contact is being dialed without"),
            ("DELETE FROM attempt WHERE contact_id = 1", "1 contact counts more or fewer attempts than there are"),
            ("DELETE FROM contact_row WHERE id = 1", "1 row of attempt refers to a missing contact"),
            ("INSERT INTO contact_phone VALUES (1, 1, 7, 7, NULL)", "1 contact is dialed under a number that its row"),
            (
                "INSERT INTO contact_phone SELECT 1, 0, identity, phone, 'refused' FROM contact_row WHERE id = 1",
                "1 contact is dialed under a number that its row"
            ),
            ("UPDATE attempt SET place = 0", "1 attempt dialed a number that its contact never had"),
            ("UPDATE attempt SET instance_id = 99", "1 row of attempt refers to a missing instance"),
        ])
        func `examining the whole database finds figures that do not add up`(_ change: String, _ words: String)
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                }
                #expect(try database.reader().examine() == [])
                var configuration = Configuration()
                configuration.foreignKeysEnabled = false
                let queue = try DatabaseQueue(path: database.path, configuration: configuration)
                try await queue.write { try $0.execute(sql: change) }
                try queue.close()
                let found = try database.reader().examine().map(\.text)
                #expect(found.contains { $0.contains(words) }, "\(found)")
            }
        }

        @Test(arguments: [1, 2, 3])
        func `a damaged byte is an error or does no harm to what is read, and never ends the process`(seed: UInt64)
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 40)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try await store.record(try await store.claim(20).map { Sample.accepted($0) })
                }
                let whole = try bytes(database.path)
                let inUse = whole.indices.filter { whole[$0] != 0 }
                var random = SplitMix64(seed: seed)
                var found = 0
                for _ in 0..<60 {
                    let offset = try #require(inUse.randomElement(using: &random))
                    var damaged = whole
                    damaged[offset] = UInt8.random(in: 0...255, using: &random)
                    try damaged.write(to: URL(filePath: database.path))
                    do throws(StoreError) {
                        let reader = try database.reader()
                        let defects = try reader.examine()
                        if !defects.isEmpty { found += 1 }
                        try read(reader)
                    } catch {
                        found += 1
                    }
                    #expect(content(of: database)[0] == damaged, "byte \(offset)")
                }
                #expect(found > 10)
            }
        }

        /// Reads all that a report reads.
        private func read(_ reader: StoreReader) throws(StoreError) {
            do {
                _ = try reader.summary(campaign: Sample.name)
                try reader.forEachContact(campaign: Sample.name) { _ in }
                try reader.forEachAttempt(campaign: Sample.name) { _ in }
            } catch let error as StoreError {
                throw error
            } catch {
                Issue.record("\(error)")
            }
        }

        /// A run of 500 contacts that lost its process: 160 results in 16 commits, and 10 calls under way, all of it
        /// in the log.
        private func withCrashedRun(_ body: (TemporaryDatabase) async throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 500)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.workers = 16 })
                    for _ in 0..<16 {
                        try await store.record(try await store.claim(10).map { Sample.accepted($0) })
                    }
                    _ = try await store.claim(10)
                    try await body(database.copyAfterCrash())
                }
            }
        }

        private func expectRefusal(of database: TemporaryDatabase, saying words: String? = nil) throws {
            let before = content(of: database)
            let writer = #expect(throws: StoreError.self) { try database.open().close() }
            let reader = #expect(throws: StoreError.self) { try database.reader().counts(campaign: Sample.name) }
            for error in [writer, reader] {
                switch error {
                case .corrupt, .notOurs, .lost: break
                case nil, .held, .fromNewerVersion, .fromOlderVersion, .diskFull, .tooManyFiles, .io, .locked,
                    .unknownCampaign,
                    .campaignIncomplete, .beingDeleted, .missing,
                    .unexpected,
                    .replaced, .overwritten, .indexOverwritten, .outdated, .otherDatabase, .otherName, .unmarked,
                    .writtenElsewhere:
                    Issue.record("\(String(describing: error))")
                }
                if let words { #expect(error?.description.contains(words) == true) }
            }
            #expect(content(of: database) == before)
        }

        /// The file and its log; none is as good as an empty one, which every reader makes.
        private func content(of database: TemporaryDatabase) -> [Data] {
            ["", "-wal"].map { (try? bytes(database.path + $0)) ?? Data() }
        }

        private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }
    }
}
