import CampaignCore
import CampaignStore
import Foundation
import Testing

extension StoreTests {
    @Suite struct SpoolTests {
        @Test func `space is reserved before the first call and never given up`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.workers = 8 })
                    #expect(try spool(database).count >= 8 * 2048)
                    let calls = try await store.claim(3)
                    let size = try spool(database).count
                    try await store.spool(calls.map { Sample.accepted($0) })
                    #expect(try spool(database).count == size)
                }
            }
        }

        @Test func `ids from the spool stand in the database once, however often they are taken in`() async throws {
            try await TemporaryDatabase.with { database in
                let call = try await spoolOne(database, zaapId: "Z7")
                let bytes = try spool(database)
                for unspooled in [1, 1] {
                    try bytes.write(to: url(database))
                    let opening = try await database.opened { try await $0.begin(Sample.start()) }
                    #expect(opening.unspooled == unspooled)
                    #expect(opening.counts.accepted == 1 && opening.counts.total == 3)
                }
                let attempt = "SELECT zaap_id FROM attempt WHERE contact_id = \(call.attempt.contact)"
                #expect(try database.text(attempt) == "Z7")
            }
        }

        @Test func `a spool that was left aside clears up the doubt it had caused`() async throws {
            try await TemporaryDatabase.with { database in
                _ = try await spoolOne(database, zaapId: "Z7")
                let bytes = try spool(database)
                try FileManager.default.removeItem(at: url(database))
                let without = try await database.opened { try await $0.begin(Sample.start()) }
                #expect(without.counts.inDoubt == 1)
                try bytes.write(to: url(database))
                let with = try await database.opened { try await $0.begin(Sample.start()) }
                #expect(with.counts.inDoubt == 0 && with.counts.accepted == 1)
                #expect(try database.text("SELECT zaap_id FROM attempt") == "Z7")
            }
        }

        @Test func `a spool that was left aside keeps a number from being dialed a second time`() async throws {
            try await TemporaryDatabase.with { database in
                _ = try await spoolOne(database, zaapId: "Z7")
                let bytes = try spool(database)
                try FileManager.default.removeItem(at: url(database))
                let start = Sample.start { $0.inDoubt = .retry }
                #expect(try await database.opened { try await $0.begin(start) }.counts.ready == 3)
                try bytes.write(to: url(database))
                #expect(try await database.opened { try await $0.begin(start) }.counts.accepted == 1)
            }
        }

        @Test func `a spool found after its number was dialed again keeps its id and nothing else`() async throws {
            try await TemporaryDatabase.with { database in
                let call = try await spoolOne(database, zaapId: "Z7")
                let bytes = try spool(database)
                try FileManager.default.removeItem(at: url(database))
                let start = Sample.start { $0.inDoubt = .retry }
                try await database.opened { store in
                    _ = try await store.begin(start)
                    let again = try await store.claim(3).filter { $0.phone == call.phone }
                    let lost = CallReply(verdict: .inDoubt(.noReply))
                    try await store.record(again.map { Sample.result($0, lost, .inDoubt(.noReply)) })
                }
                try bytes.write(to: url(database))
                let counts = try await database.opened { try await $0.begin(start) }.counts
                #expect(counts.inDoubt == 1 && counts.accepted == 0)
                #expect(try database.text("SELECT zaap_id FROM attempt WHERE zaap_id NOT NULL") == "Z7")
            }
        }

        @Test func `a spool of another database is refused and kept`() async throws {
            try await TemporaryDatabase.with { database in
                try await TemporaryDatabase.with { other in
                    _ = try await spoolOne(database)
                    try await other.fill(contacts: 1)
                    let bytes = try spool(database)
                    try bytes.write(to: url(other))
                    try await other.opened { store in
                        let error = await #expect(throws: StoreError.self) { try await store.begin(Sample.start()) }
                        #expect(error?.description.contains("another database") == true)
                    }
                    #expect(try spool(other) == bytes)
                }
            }
        }

        @Test func `a last line that was cut short leaves its contact in doubt and the rest is taken in`() async throws
        {
            try await TemporaryDatabase.with { database in
                let whole = try await spoolTwo(database)
                let lines = whole.prefix { $0 != 0 }
                for lost in [1, 2, 40] {
                    let copy = try database.copyAfterCrash()
                    try (lines.dropLast(lost) + Data(count: 500)).write(to: url(copy))
                    let opening = try await copy.opened { try await $0.begin(Sample.start()) }
                    #expect(opening.unspooled == 1 && opening.interrupted == 1)
                    #expect(opening.counts.accepted == 1 && opening.counts.inDoubt == 1)
                }
            }
        }

        @Test func `a result goes behind the last whole line, not behind one that was cut short`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(2)
                    try await store.spool([Sample.accepted(calls[0])])
                    let lines = try spool(database).prefix { $0 != 0 }
                    try (lines + Data("{\"store\":\"tor".utf8) + Data(count: 4096)).write(to: url(database))
                    try await store.spool([Sample.accepted(calls[1])])
                }
                let opening = try await database.opened { try await $0.begin(Sample.start()) }
                #expect(opening.unspooled == 2 && opening.counts.accepted == 2)
            }
        }

        @Test func `a whole line that makes no sense stops the start and is kept`() async throws {
            try await TemporaryDatabase.with { database in
                let bytes = Data("{}\n".utf8) + (try await spoolTwo(database))
                try bytes.write(to: url(database))
                try await database.opened { store in
                    let error = await #expect(throws: StoreError.self) { try await store.begin(Sample.start()) }
                    #expect(error?.description.contains("-spool") == true)
                }
                #expect(try spool(database) == bytes)
                #expect(try database.reader().counts(campaign: Sample.name).dialing == 2)
            }
        }

        private func url(_ database: TemporaryDatabase) -> URL { URL(filePath: database.path + "-spool") }

        private func spool(_ database: TemporaryDatabase) throws -> Data { try Data(contentsOf: url(database)) }

        /// A run of three contacts that ended with the only result in the spool.
        private func spoolOne(_ database: TemporaryDatabase, zaapId: String = "Z1") async throws -> ClaimedCall {
            try await database.fill(contacts: 3)
            return try await database.opened { store in
                _ = try await store.begin(Sample.start())
                let call = try #require(try await store.claim(1).first)
                try await store.spool([Sample.accepted(call, zaapId: zaapId)])
                return call
            }
        }

        /// The spool of a run of three contacts with two results in it.
        private func spoolTwo(_ database: TemporaryDatabase) async throws -> Data {
            try await database.fill(contacts: 3)
            try await database.opened { store in
                _ = try await store.begin(Sample.start())
                try await store.spool(try await store.claim(2).map { Sample.accepted($0) })
            }
            return try spool(database)
        }
    }
}
