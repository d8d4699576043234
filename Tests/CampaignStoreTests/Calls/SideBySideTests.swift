import CampaignCore
import Foundation
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Campaigns side by side, as far as SQLite, the spool and other commands are concerned.
    @Suite struct SideBySideTests {
        @Test func `while one campaign is being cancelled, only its own claims are dropped`() async throws {
            try await twoCampaigns { database in
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                _ = try await store.begin(Sample.start())
                _ = try await store.begin(Sample.otherStart())
                let calls = try await store.claim(2)
                hooks.does(at: 2) {
                    let commit = try await store.commit(
                        Sample.turn(
                            CampaignBatch(campaign: 0, claims: [0]), CampaignBatch(campaign: 1, claims: [1, 2])))
                    #expect(commit.campaigns.map(\.calls.count) == [0, 2])
                    #expect(commit.campaigns.map(\.rest) == [.empty, nil])
                }
                #expect(try await store.cancel(campaign: Sample.name, isBeingDialed: true) == 8)
                try await store.record(calls.map { Sample.retry($0, after: .zero) })
                try await store.leave()
                #expect(try await store.cancel(campaign: Sample.name, isAfterRun: true) == 10)
                let reader = try database.reader()
                #expect(try reader.activity(campaign: Sample.name)?.isActive == false)
                #expect(try reader.activity(campaign: "outra")?.isActive == true)
                #expect(try reader.counts(campaign: "outra").dialing == 2)
                try store.close()
            }
        }

        @Test func `a cancel that does not know of the calls under way leaves them alone`() async throws {
            try await twoCampaigns { database in
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.begin(Sample.otherStart())
                    let calls = try await store.claim(2)
                    #expect(try await store.cancel(campaign: Sample.name) == 8)
                    try await store.finishCancels()
                    #expect(try database.reader().counts(campaign: Sample.name).dialing == 2)
                    #expect(try database.reader().isBeingCancelled(campaign: Sample.name))
                    try await store.record(calls.map { Sample.accepted($0) })
                    try await store.leave()
                    try await store.finishCancels()
                    #expect(try !database.reader().isBeingCancelled(campaign: Sample.name))
                    #expect(try database.reader().counts(campaign: Sample.name).accepted == 2)
                }
            }
        }

        @Test func `contacts that come back during a cancel are excluded in every campaign that is dialed`()
            async throws
        {
            try await twoCampaigns { database in
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.begin(Sample.otherStart())
                    let calls = try await store.claim(
                        CampaignBatch(campaign: 0, claims: [0]), CampaignBatch(campaign: 1, claims: [1, 1]))
                    for name in [Sample.name, "outra"] {
                        _ = try await store.cancel(campaign: name, isBeingDialed: true)
                    }
                    try await store.record(calls.map { Sample.retry($0[0], after: .zero) })
                    try await store.finishCancels()
                    let reader = try database.reader()
                    #expect(try reader.counts(campaign: Sample.name).excluded == 10)
                    let other = try reader.counts(campaign: "outra")
                    #expect(other.excluded == 9 && other.dialing == 1)
                    #expect(try reader.isBeingCancelled(campaign: "outra"))
                }
            }
        }

        @Test func `there is space in the spool for the calls of all campaigns`() async throws {
            try await twoCampaigns { database in
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.workers = 8 })
                    _ = try await store.begin(Sample.otherStart { $0.workers = 16 })
                    #expect(try spool(database).count >= 24 * 2048)
                    try await store.leave(1)
                    _ = try await store.begin(Sample.otherStart { $0.workers = 4 })
                    #expect(try spool(database).count >= 24 * 2048)
                }
            }
        }

        @Test func `the space for a great many workers is bounded`() async throws {
            try await twoCampaigns { database in
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.workers = .max / 2 })
                    #expect(try spool(database).count < 64 << 20)
                }
            }
        }

        @Test func `what one campaign has spooled is taken in when the next one begins`() async throws {
            try await twoCampaigns { database in
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.workers = 8 })
                    let calls = try await store.claim(2)
                    try await store.spool([Sample.accepted(calls[0])])
                    let opening = try await store.begin(Sample.otherStart())
                    #expect(opening.unspooled == 1 && opening.interrupted == 0)
                    let counts = try database.reader().counts(campaign: Sample.name)
                    #expect(counts.accepted == 1 && counts.dialing == 1)
                    #expect(try spool(database).count >= 16 * 2048 && spool(database).allSatisfy { $0 == 0 })
                    try await store.spool([Sample.accepted(calls[1])])
                }
                #expect(try await database.opened { try await $0.begin(Sample.start()) }.counts.accepted == 2)
            }
        }

        @Test func `results that are spooled while a campaign begins stay in the spool`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(2)
                    let spool = Spool(besideDatabase: database.path)
                    try await store.spool([Sample.accepted(calls[0])])
                    try await store.spool([Sample.accepted(calls[1])])
                    // One of them was read before the other came.
                    try spool.clear(recorded: 1, reserving: 8)
                    let name = try #require(try database.text("SELECT uuid FROM store"))
                    #expect(try spool.results(store: name).count == 2)
                    try spool.clear(recorded: 2, reserving: 8)
                    #expect(try spool.results(store: name).isEmpty)
                    #expect(try self.spool(database).count >= 8 * 2048)
                }
            }
        }

        @Test func `a campaign whose departure cannot be written leaves all the same`() async throws {
            try await twoCampaigns { database in
                try database.change(
                    """
                    CREATE TRIGGER refuse BEFORE UPDATE OF stopped_because ON campaign_row WHEN new.stopped_because NOT NULL
                    BEGIN SELECT raise(ABORT, 'no'); END
                    """)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    await #expect(throws: StoreError.self) {
                        try await store.leave(
                            RunDeparture(campaign: 0, staysActive: false, reason: Phrase(verbatim: "done")))
                    }
                    #expect(try database.reader().activity(campaign: Sample.name)?.isActive == true)
                    _ = try await store.begin(Sample.start())
                    #expect(try await store.claim(1).count == 1)
                }
            }
        }

        private func spool(_ database: TemporaryDatabase) throws -> Data {
            try Data(contentsOf: URL(filePath: database.path + "-spool"))
        }

        private func twoCampaigns(_ body: (TemporaryDatabase) async throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 10)
                try await database.fill(contacts: 10, campaign: "outra", from: 100)
                try await body(database)
            }
        }
    }
}
