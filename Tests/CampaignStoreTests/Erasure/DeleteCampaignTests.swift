import CampaignCore
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct DeleteCampaignTests {
        @Test func `everything of the campaign goes, and nothing of the others`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3, campaign: "outra")
                try await database.withCalls(2, contacts: 3) { store in
                    try await store.receive(CallEvent(.delivered, ids: ["M4"]), key: "1")
                    try await store.receive(CallEvent(Sample.text("quem é você?"), phone: Sample.phone(1)), key: "2")
                    try await store.leave(RunDeparture(campaign: 0, staysActive: false))
                    let deleted = try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.later(100))
                    #expect(deleted.counts.total == 3 && deleted.counts.accepted == 2 && deleted.calls == 2)
                    #expect(!deleted.hasTraces)
                    // Who may have asked not to be called is not called.
                    #expect(deleted.blocked == 1)
                    #expect(try database.reader().campaigns().map(\.name) == ["outra"])
                    #expect(try database.reader().counts(campaign: "outra").excluded == 1)
                    #expect(try database.reader().counts(campaign: "outra").ready == 2)
                    for table in ["attempt", "reply", "hold", "campaign_history", "call_series"] {
                        #expect(try database.text("SELECT count(*) FROM \(table)") == "0", "\(table)")
                    }
                    let totals = try database.reader().deletedCampaigns()
                    #expect(totals.map(\.counts) == [deleted.counts] && totals.map(\.calls) == [2])
                    #expect(totals.map(\.deletedAt) == [Sample.later(100)])
                    #expect(try database.text("SELECT count(campaign_id) FROM deleted_campaign") == "0")
                    #expect(try database.reader().examine() == [])
                }
            }
        }

        @Test func `its calls count for later campaigns`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { store in
                    try await store.leave(RunDeparture(campaign: 0, staysActive: false))
                    _ = try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.later(10))
                    var rules = database.importRules(at: Sample.later(20))
                    rules.skipsCalledSince = Sample.now
                    #expect(try await store.add(rows: [[0], [1]], to: "outra", rules)[0].calledRecently == 1)
                    rules.skipsCalledSince = nil
                    #expect(try await store.add(rows: [[0]], to: "outra", rules)[0].accepted == 1)
                    let limit = PersonLimit(quota: PersonLimit.Quota(calls: 1, per: .seconds(86_400)))
                    let reader = try database.reader()
                    let counts = try reader.personLimitCounts(campaign: "outra", limit, at: Sample.later(30))
                    #expect(counts.waiting == 1)
                }
            }
        }

        @Test func `one that is dialed, or to be dialed, or has doubts, is not deleted`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(1)
                    await #expect(throws: ErasureError.active(campaign: Sample.name, database: database.path)) {
                        try await store.deleteCampaign(Sample.name, withDoubts: true, now: Sample.now)
                    }
                }
                try await database.opened { store in
                    // A service would go on with it.
                    await #expect(throws: ErasureError.active(campaign: Sample.name, database: database.path)) {
                        try await store.deleteCampaign(Sample.name, withDoubts: true, now: Sample.now)
                    }
                    _ = try await store.cancel(campaign: Sample.name)
                    let doubts = ErasureError.inDoubt(campaign: Sample.name, calls: 1, database: database.path)
                    await #expect(throws: doubts) {
                        try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.now)
                    }
                    #expect(try database.reader().counts(campaign: Sample.name).total == 2)
                    let deleted = try await store.deleteCampaign(Sample.name, withDoubts: true, now: Sample.now)
                    #expect(deleted.counts.inDoubt == 1)
                }
            }
        }

        @Test(arguments: Language.allCases)
        func `the commands that help with it name the same database`(language: Language) {
            func text(_ database: String) -> [String] {
                [
                    ErasureError.active(campaign: "camp", database: database),
                    .inDoubt(campaign: "camp", calls: 2, database: database),
                ].map { $0.phrase[language] }
            }
            let (given, usual) = (text("/srv/my.db"), text("discador.db"))
            #expect(given[0].contains("`discador cancel camp --db /srv/my.db`"))
            #expect(given[1].contains("`discador doubts camp --db /srv/my.db`"))
            #expect(usual[0].contains("`discador cancel camp`") && usual[1].contains("`discador doubts camp`"))
        }

        @Test(arguments: 1...5)
        func `if it is interrupted, the database is sound, and the same call does the rest`(slice: Int) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 4)
                let hooks = SliceHooks()
                let store = try database.open(hooks)
                // Those before belong to the cancel.
                _ = try await store.cancel(campaign: Sample.name)
                hooks.does(at: hooks.count + slice + 1) { throw Killed() }
                await #expect(throws: (any Error).self) {
                    try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.now)
                }
                #expect(try database.reader().examine() == [])
                // It is a campaign, or a deleted one.
                let (left, gone) = (try database.reader().campaigns(), try database.reader().deletedCampaigns())
                #expect(left.count + gone.count == 1)
                let deleted = try await store.deleteCampaign(Sample.name, withDoubts: false, now: Sample.now)
                #expect(deleted.counts.excluded == 4)
                #expect(try database.reader().campaigns() == [])
                #expect(try database.text("SELECT count(*) FROM contact_identity") == "0")
                try store.close()
                #expect(try database.reader().examine() == [])
            }
        }
    }
}
