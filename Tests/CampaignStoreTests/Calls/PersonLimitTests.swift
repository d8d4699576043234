import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    /// `perPerson`, over all campaigns of a database.
    @Suite struct PersonLimitTests {
        private static let limit = PersonLimit(quota: PersonLimit.Quota(calls: 1, per: .seconds(3600)))

        @Test func `one person in two campaigns that claim in one transaction is called once, and later again`()
            async throws
        {
            try await both(contacts: 1) { database, store in
                let commits = try await store.commit(
                    Sample.turn(Self.claims(1, of: 0), Self.claims(1, of: 1, through: 1))
                ).campaigns
                #expect(commits.map(\.calls.count) == [1, 0] && commits[1].deferred == 1)
                // The review of contacts that an earlier run deferred takes it up once more.
                let again = try await store.commit(Sample.turn(Self.claims(1, of: 1, through: 1))).campaigns[0]
                #expect(again.rest == .dueAt(Sample.later(3600)) && again.cause == .person)
                try await store.record(commits[0].calls.map { Sample.accepted($0) })
                for (seconds, count) in [(3599, 0), (3600, 1)] {
                    let turn = Sample.turn(Self.claims(1, of: 1, through: 1), at: Sample.later(seconds))
                    #expect(try await store.commit(turn).campaigns.map(\.calls.count) == [count])
                }
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `who waits for something else first does not wait for the limit`() async throws {
            try await both(contacts: 1) { database, store in
                _ = try await store.commit(Sample.turn(Self.claims(1, of: 0), Self.claims(1, of: 1, through: 1)))
                let waiting = try await store.commit(Sample.turn(Self.claims(1, of: 1, through: 1))).campaigns[0]
                #expect(waiting.cause == .person)
                let turn = Sample.later(60)
                try database.change("UPDATE contact_row SET due_at = \(turn.milliseconds) WHERE state = 'ready'")
                let other = try await store.commit(Sample.turn(Self.claims(1, of: 1, through: 1))).campaigns[0]
                #expect(other.rest == .dueAt(turn) && other.cause == .other)
            }
        }

        @Test(arguments: [
            (AttemptOutcome.accepted, true), (.inDoubt, true), (.refused, false), (.notSent, false),
            (.throttled, false), (.misconfigured, false),
        ])
        func `only a call that rang, or may have, counts`(outcome: AttemptOutcome, counts: Bool) async throws {
            try await both(contacts: 1) { database, store in
                let call = try #require(
                    try await store.commit(Sample.turn(Self.claims(1, of: 0))).campaigns[0].calls.first)
                try await store.record([Sample.accepted(call)])
                try database.change("UPDATE attempt SET outcome = '\(outcome.rawValue)'")
                let other = try await store.commit(Sample.turn(Self.claims(1, of: 1, through: 1))).campaigns[0]
                #expect(other.calls.count == (counts ? 0 : 1))
            }
        }

        @Test(arguments: [(DeliveryFailure.notQueued, 1), (.noWhatsApp, 1), (.rejectedByWhatsApp, 0), (.unknown, 0)])
        func `nor does a call that Z-API lost before it rang`(failure: DeliveryFailure, calls: Int) async throws {
            try await both(contacts: 1) { _, store in
                let call = try #require(
                    try await store.commit(Sample.turn(Self.claims(1, of: 0))).campaigns[0].calls.first)
                try await store.record([Sample.accepted(call)])
                try await store.receive(CallEvent(.deliveryFailed(failure), ids: ["M1"], error: "text"))
                let other = try await store.commit(Sample.turn(Self.claims(1, of: 1, through: 1))).campaigns[0]
                #expect(other.calls.count == calls)
            }
        }

        @Test func `who did not answer as often in a row is excluded, and whoever may have is not`() async throws {
            let limit = PersonLimit(unansweredInARow: 1)
            try await both(contacts: 2, limit) { database, store in
                let calls = try await store.commit(Sample.turn(Self.claims(2, of: 0))).campaigns[0].calls
                try await store.record(calls.map { Sample.accepted($0) })
                try await store.receive(CallEvent(Sample.call(.missed), ids: ["M1"]))
                let commit = try await store.commit(Sample.turn(Self.claims(2, of: 1, through: 1))).campaigns[0]
                #expect(commit.calls.map(\.phone) == [try Sample.phone(1)] && commit.excluded == 1)
                #expect(try database.text("SELECT reason FROM contact WHERE state = 'excluded'") == "unanswered")
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `thousands who have to wait cost several transactions, and those behind them are called`()
            async throws
        {
            try await both(contacts: 2100) { database, store in
                try database.change(
                    "INSERT INTO attempt (contact_id, number, instance_id, started_at, ended_at, outcome) "
                        + "SELECT id, 1, 1, \(Sample.now.milliseconds), \(Sample.now.milliseconds), 'in_doubt' "
                        + "FROM contact_row WHERE campaign_id = 1 AND id <= 2050")
                var called = 0
                for _ in 0..<8 {
                    let commit = try await store.commit(Sample.turn(Self.claims(30, of: 1, through: 1))).campaigns[0]
                    called += commit.calls.count
                }
                #expect(called == 50)
                let waiting = try database.reader().personLimitCounts(campaign: "outra", Self.limit, at: Sample.now)
                #expect(waiting.waiting == 2050 && waiting.unanswered == 0)
            }
        }

        /// Two campaigns with the same people.
        private func both(
            contacts: Int, _ limit: PersonLimit = limit,
            _ body: (TemporaryDatabase, CampaignStore) async throws -> Void
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: contacts)
                try await database.fill(contacts: contacts, campaign: "outra")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.perPerson = limit })
                    _ = try await store.begin(Sample.otherStart { $0.perPerson = limit })
                    try await body(database, store)
                }
            }
        }

        private static func claims(_ count: Int, of campaign: Int, through instance: Int = 0) -> CampaignBatch {
            CampaignBatch(campaign: campaign, claims: Array(repeating: instance, count: count))
        }
    }
}
