import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    /// Where webhooks come, nobody is called again while events of their last call may still come.
    @Suite struct RecentCallTests {
        private static let span = Int(EventRule.span.components.seconds)

        @Test func `who is requeued waits until the events of both calls can be told apart`() async throws {
            try await dialed { database, store in
                try await store.receive(CallEvent(Sample.call(.missed), ids: ["M1"]))
                let filter = try ContactFilter(
                    parsing: "answer = not_answered",
                    FilterContext(columns: [], phones: PhoneReader(), utcOffset: { _ in 0 }))
                #expect(try await store.retry(campaign: Sample.name, where: filter).requeued == 1)
                let early = try await store.commit(Sample.turn(Self.claim)).campaigns[0]
                #expect(early.calls.isEmpty && early.deferred == 1)
                let rest = try await store.commit(Sample.turn(Self.claim)).campaigns[0]
                #expect(rest.rest == .dueAt(Sample.later(Self.span)) && rest.cause == .events)
                let details = try database.reader().details(of: Sample.phone(0), campaign: Sample.name)
                #expect(details.history.eventsComeUntil(at: Sample.now) == Sample.later(Self.span))
                for (seconds, count) in [(Self.span - 1, 0), (Self.span, 1)] {
                    let turn = Sample.turn(Self.claim, at: Sample.later(seconds))
                    #expect(try await store.commit(turn).campaigns.map(\.calls.count) == [count])
                }
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `so does the same person in another campaign`() async throws {
            try await dialed(others: ["outra"]) { database, store in
                _ = try await store.begin(Sample.otherStart())
                let other = CampaignBatch(campaign: 1, claims: [1])
                #expect(try await store.commit(Sample.turn(other)).campaigns[0].calls.isEmpty)
                let later = Sample.turn(other, at: Sample.later(Self.span))
                #expect(try await store.commit(later).campaigns[0].calls.count == 1)
            }
        }

        @Test(arguments: [
            "UPDATE attempt SET outcome = 'refused', answer = NULL, answered_at = NULL, delivery = NULL",
            "UPDATE attempt SET delivery = 'failed', delivery_reason = 'not_queued', answer = NULL, answered_at = NULL",
            "UPDATE attempt SET delivery = 'failed', delivery_reason = 'other', answer = NULL, answered_at = NULL",
            "UPDATE attempt SET error = 'removed from Z-API''s queue before it was sent'",
            "DELETE FROM webhook_address",
        ])
        func `whose last call certainly did not go out, or of whom nothing is heard, does not wait`(
            change: String
        ) async throws {
            try await dialed { database, store in
                try database.change(change)
                try database.change(
                    "UPDATE contact_row SET state = 'ready', reason = NULL, delivery = NULL, answer = NULL")
                #expect(try await store.commit(Sample.turn(Self.claim)).campaigns[0].calls.count == 1)
            }
        }

        private static let claim = CampaignBatch(campaign: 0, claims: [0])

        /// One accepted call, through an instance whose events come to this database.
        private func dialed(
            others: [String] = [], _ body: (TemporaryDatabase, CampaignStore) async throws -> Void
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                for other in others { try await database.fill(contacts: 1, campaign: other) }
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    try database.change(
                        "INSERT INTO webhook_address (token_hash, instance_id, created_at, public_url) "
                            + "SELECT randomblob(32), id, 1, 'https://example.com' FROM instance"
                    )
                    let calls = try await store.commit(Sample.turn(Self.claim)).campaigns[0].calls
                    try await store.record(calls.map { Sample.accepted($0) })
                    try await body(database, store)
                }
            }
        }
    }
}
