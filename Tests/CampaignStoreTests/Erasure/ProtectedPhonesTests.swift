import CampaignCore
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    /// A phone that stands beside one on the do-not-call list is not dialed, whatever becomes of that row.
    @Suite struct ProtectedPhonesTests {
        enum Removal: CaseIterable {
            case forget, prune, delete
        }

        @Test(arguments: Removal.allCases)
        func `a phone beside one that asked not to be called is not dialed afterwards`(removal: Removal) async throws {
            try await TemporaryDatabase.with { database in
                try await prepare(database, [[0, 8]])
                try await database.opened { store in
                    try await remove(removal, store)
                    let totals = try await store.add(
                        rows: [[8]], to: "nova", database.importRules(at: Sample.later(900)))
                    #expect(totals[0].accepted == 1 && totals[0].blocked == 1)
                    #expect(try database.reader().counts(campaign: "nova").ready == 0)
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test(arguments: [Removal.forget, .prune])
        func `nor is one that others share`(removal: Removal) async throws {
            try await TemporaryDatabase.with { database in
                try await prepare(database, [[0, 8]])
                try await database.fill(rows: [[1, 8]], campaign: "familia")
                try await database.opened { store in
                    try await remove(removal, store)
                    let totals = try await store.add(
                        rows: [[8]], to: "nova", database.importRules(at: Sample.later(900)))
                    #expect(totals[0].accepted == 1)
                    #expect(try database.reader().counts(campaign: "nova").ready == 0)
                    // Who shares it is called on their own phone, and on no other.
                    #expect(try database.reader().counts(campaign: "familia").ready == 1)
                    _ = try await store.begin(
                        Sample.start("familia", at: Sample.later(1000)) { $0.fallsBack = true })
                    let calls = try await store.claim(1, at: Sample.later(1000))
                    try #require(calls.map(\.phone) == [try Sample.phone(1)])
                    try await store.record([CallEnd.refused(.number).result(of: calls[0])])
                    #expect(try database.reader().counts(campaign: "familia").failed == 1)
                }
            }
        }

        @Test func `nor is one that another campaign has left out for it`() async throws {
            try await TemporaryDatabase.with { database in
                try await prepare(database, [[0, 8]])
                try await database.fill(rows: [[8]], campaign: "outra")
                try await database.opened { store in
                    for campaign in [Sample.name, "outra"] {
                        _ = try await store.deleteCampaign(campaign, withDoubts: false, now: Sample.later(10))
                    }
                    let totals = try await store.add(
                        rows: [[8]], to: "nova", database.importRules(at: Sample.later(900)))
                    #expect(totals[0].accepted == 1 && totals[0].blocked == 1)
                }
            }
        }

        @Test func `the last one who has a shared phone takes it along`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0, 8], [1, 8]])
                try await database.opened { store in
                    for index in [0, 1] {
                        _ = try await store.forget(Sample.phone(index), blocks: true, now: Sample.later(10))
                    }
                    let lowest = PhoneNumber.forgotten.lowerBound
                    for table in ["contact_phone", "contact_identity", "block"] {
                        #expect(
                            try database.text("SELECT count(*) FROM \(table) WHERE identity < \(lowest)") == "0",
                            "\(table)")
                    }
                }
            }
        }

        @Test(arguments: [[8, 0], [0, 8], [8, 0, 5]])
        func `the same row in another campaign is the same person`(row: [Int]) async throws {
            try await TemporaryDatabase.with { database in
                try await prepare(database, [[0, 8]], blocks: false)
                try await database.fill(rows: [row], campaign: "outra")
                try await database.opened { store in
                    let forgotten = try await store.forget(Sample.phone(0), blocks: false, now: Sample.later(10))
                    #expect(forgotten.counts.contacts == 2 && forgotten.counts.shared == 0 && forgotten.isBlocked)
                    #expect(try database.reader().counts(campaign: "outra").ready == 0)
                }
            }
        }

        @Test func `a campaign of which a part was deleted takes no list and is not dialed`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 7)
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                // Those before belong to the cancel.
                _ = try await store.cancel(campaign: Sample.name)
                hooks.does(at: hooks.count + 3) { throw Killed() }
                await #expect(throws: (any Error).self) {
                    try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.now)
                }
                let left = try database.reader().counts(campaign: Sample.name).total
                #expect(left < 7 && left > 0)
                let refusal = StoreError.beingDeleted(name: Sample.name)
                await #expect(throws: refusal) { try await store.add(rows: [[0], [50]]) }
                await #expect(throws: refusal) { try await store.begin(Sample.start()) }
                let deleted = try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.now)
                #expect(deleted.counts.total == 7)
                try await store.endErasing(MarkedFiles(), of: Sample.name)
                #expect(try await store.add(rows: [[0], [50]])[0].accepted == 2)
                try store.close()
            }
        }

        /// One campaign whose only row has been called; its first number is on the do-not-call list then.
        private func prepare(_ database: TemporaryDatabase, _ rows: [[Int]], blocks: Bool = true) async throws {
            try await database.fill(rows: rows)
            try await database.opened { store in
                _ = try await store.begin(Sample.start())
                try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                try await store.leave(RunDeparture(campaign: 0, staysActive: false))
                if blocks { _ = try await store.block(now: Sample.now, [Sample.phone(0)]) }
            }
        }

        private func remove(_ removal: Removal, _ store: CampaignStore) async throws {
            let end = Sample.later(800)
            switch removal {
            case .forget: _ = try await store.forget(Sample.phone(0), blocks: false, now: Sample.later(10))
            case .prune: #expect(try await store.pruneContacts(before: end, now: end).contacts == 1)
            case .delete:
                _ = try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.later(10))
                try await store.endErasing(MarkedFiles(), of: Sample.name)
            }
        }
    }
}
