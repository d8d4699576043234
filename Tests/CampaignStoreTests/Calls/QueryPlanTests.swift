import CampaignCore
import GRDB
import Synchronization
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct QueryPlanTests {
        @Test func `a claim reads the left end of its index and sorts nothing`() async throws {
            try await withPlans { plans in
                let claim = try #require(plans.first { $0.sql.contains("state = 'dialing', attempts = attempts + 1") })
                // The contacts are found by their turn, in its order, and then taken by their row.
                #expect(claim.steps.count { $0.contains("SEARCH contact_row USING") } == 2)
                #expect(claim.steps.contains { $0.contains("SEARCH contact_row USING COVERING INDEX contact_by_turn") })
                #expect(claim.steps.contains { $0.contains("SEARCH contact_row USING INTEGER PRIMARY KEY") })
            }
        }

        @Test func `the guard of the claims looks each of the next numbers up`() async throws {
            try await withPlans { plans in
                let guarding = try #require(plans.first { $0.sql.contains("EXISTS (SELECT 1 FROM block") })
                #expect(
                    guarding.steps.contains { $0.contains("SEARCH contact_row USING COVERING INDEX contact_by_turn") })
                #expect(guarding.steps.contains { $0.contains("SEARCH block USING INTEGER PRIMARY KEY") })
            }
        }

        @Test func `contacts that have to wait are found at the left end of the queue, and checked again by place`()
            async throws
        {
            try await withPlans { plans in
                let next = plans.filter { $0.sql.hasPrefix("SELECT id, phone") }
                #expect(next.count == 4)
                for plan in next {
                    #expect(plan.steps.count == 1)
                    #expect(plan.steps.allSatisfy { $0.contains("SEARCH contact_row USING INDEX contact_by_turn") })
                }
                #expect(next.contains { $0.steps.contains { $0.contains("due_at=? AND rowid>?") } })
                // After the visible contacts come those of an unfinished import, which must not be stepped over.
                #expect(next.contains { $0.steps.contains { $0.contains("due_at=? AND rowid<?") } })
            }
        }

        @Test func `no statement of a run scans a table of contacts or attempts, or sorts`() async throws {
            try await withPlans { plans in
                #expect(plans.count >= 8)
                for plan in plans {
                    for step in plan.steps {
                        #expect(!step.hasPrefix("SCAN contact") && !step.hasPrefix("SCAN attempt"), "\(plan.sql)")
                        #expect(!step.contains("TEMP B-TREE"), "\(plan.sql)")
                    }
                }
            }
        }

        @Test func `an event's call is found by its ids or its person, by index`() async throws {
            try await withPlans { plans in
                let byId = try #require(plans.first { $0.sql.contains("attempt.message_id = ?1 COLLATE NOCASE") })
                #expect(byId.steps.contains { $0.contains("USING INDEX attempt_by_message") })
                let byZaapId = try #require(plans.first { $0.sql.contains("attempt.zaap_id = ?1 COLLATE NOCASE") })
                #expect(byZaapId.steps.contains { $0.contains("USING INDEX attempt_by_zaap") })
                let unnamed = try #require(plans.first { $0.sql.contains("zaap_id IS NULL OR message_id IS NULL") })
                #expect(unnamed.steps.contains { $0.contains(" INDEX attempt_unnamed") })
                let byLid = try #require(plans.first { $0.sql.contains("FROM person_lid WHERE lid = ?") })
                #expect(byLid.steps.contains { $0.contains("USING PRIMARY KEY") })
                let lids = try #require(plans.first { $0.sql.contains("FROM person_lid WHERE identity = ?") })
                #expect(lids.steps.contains { $0.contains("person_lid_by_identity") })
            }
        }

        @Test func `contacts to requeue or exclude are found by row or index, and nothing is sorted`() async throws {
            try await withPlans { plans in
                let chosen = try #require(plans.first { $0.sql.contains("contact.id IN (SELECT value FROM json_each") })
                #expect(chosen.steps.contains { $0.contains("SEARCH contact_row USING INTEGER PRIMARY KEY") })
                let judged = try #require(plans.first { $0.sql.contains("SELECT 1 FROM contact_row WHERE id = ? AND") })
                #expect(judged.steps.contains { $0.contains("SEARCH contact_row USING INTEGER PRIMARY KEY") })
                #expect(!judged.steps.contains { $0.hasPrefix("SCAN") }, "\(judged.steps)")
                let excluded = try #require(plans.first { $0.sql.contains("ORDER BY due_at, id LIMIT ?3") })
                #expect(excluded.steps.contains { $0.contains("USING COVERING INDEX contact_by_turn") })
                for plan in [chosen, judged, excluded] {
                    #expect(!plan.steps.contains { $0.contains("TEMP B-TREE") })
                }
            }
        }

        private struct Plan {
            var sql: String
            /// What is done to find contacts, attempts and others; not that the store's one row is asked who is there.
            var steps: [String]

            init(sql: String, steps: [String]) {
                self.sql = sql
                self.steps = steps.filter { !$0.hasPrefix("SCALAR SUBQUERY") && $0 != "SCAN store" }
            }
        }

        /// Hands over how SQLite carries out each statement of a run that really took place.
        private func withPlans(_ body: ([Plan]) throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 200)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(3)
                }
                // A blocked contact, so that the guard of the claims is recorded too.
                try database.change(
                    "INSERT INTO block (identity, phone, reason, blocked_at) SELECT identity, phone, '', 0 FROM contact WHERE id = 9"
                )
                try await database.opened { store in
                    let heard = Statements()
                    try await store.write { db in db.trace { heard.add("\($0)") } }
                    _ = try await store.begin(Sample.start())
                    let found = try await store.resolve([Sample.item("Q1", try Sample.phone(0))], of: 0)
                    #expect(found == 1)
                    let calls = try await store.claim(5)
                    _ = try await store.commit(
                        Sample.batch(
                            results: calls.map { Sample.accepted($0) }, claims: 500,
                            gate: EveryOther(opensAt: Sample.later(9))))
                    try await receiveEvents(store)
                    try await store.leave()
                    _ = try await store.cancel(campaign: Sample.name)
                    _ = try await store.retry(campaign: Sample.name, where: .state(.excluded))
                    let plans = try await store.write { db in
                        db.trace(nil)
                        return try heard.all.map { sql in
                            let explain = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
                            explain.setUncheckedArguments(StatementArguments())
                            return Plan(sql: sql, steps: try Row.fetchAll(explain).map { $0["detail"] })
                        }
                    }
                    try body(plans)
                }
            }
        }

        /// Events of every kind, with and without ids, a number and an `@lid`.
        private func receiveEvents(_ store: CampaignStore) async throws {
            let lid = PhoneNumber(text: "123@lid")
            let kinds: [CallEvent.Kind] = [
                .delivered, .deliveryFailed(.rejectedByWhatsApp), Sample.call(.missed), Sample.call(.missed, .incoming),
                Sample.text("oi"), Sample.text("me deixa em paz"), Sample.text("sair"), .other,
            ]
            var events: [IncomingEvent] = []
            for (index, kind) in kinds.enumerated() {
                for (place, ids) in [["M5"], ["X"], []].enumerated() {
                    let event = CallEvent(kind, phone: try Sample.phone(index + 20), lid: lid, ids: ids)
                    events.append(Sample.incoming(event, key: "\(index) \(place)"))
                }
            }
            _ = try await store.receive(events)
        }

        /// Statements that were heard, each once.
        private final class Statements: Sendable {
            private let texts = Mutex<[String]>([])

            var all: [String] { texts.withLock { $0 } }

            func add(_ sql: String) {
                let isOfInterest = ["SELECT", "UPDATE", "INSERT"].contains { sql.hasPrefix($0) }
                texts.withLock { if isOfInterest, !$0.contains(sql) { $0.append(sql) } }
            }
        }
    }
}
