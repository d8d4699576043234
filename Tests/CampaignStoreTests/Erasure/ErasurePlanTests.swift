import CampaignCore
import GRDB
import Synchronization
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct ErasurePlanTests {
        /// Those that grow with the contacts and events.
        private static let tables = [
            "contact_row", "contact", "contact_identity", "attempt", "duplicate", "reject", "event", "event_body",
            "reply",
            "block", "forgotten_number", "deleted_call",
        ]

        @Test func `what is done for each contact reads no table from end to end`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3, campaign: "outra")
                try await database.withCalls(2, contacts: 5) { store in
                    try await store.receive(CallEvent(.delivered, ids: ["M4"]), key: "1")
                    try await store.receive(CallEvent(Sample.text("oi"), phone: Sample.phone(1)), key: "2")
                    try await store.leave(RunDeparture(campaign: 0, staysActive: false))
                    let heard = Mutex<Set<String>>([])
                    try await store.write { db in
                        db.trace { statement in _ = heard.withLock { $0.insert("\(statement)") } }
                    }
                    let end = Sample.later(9000)
                    #expect(try await store.pruneContacts(before: end, now: end).contacts == 2)
                    _ = try await store.deleteCampaign(Sample.name, withDoubts: false, now: end)
                    let statements = heard.withLock { $0 }.filter { sql in
                        // One row at the left end of a table is no scan; imports are deleted once for each campaign,
                        // and SQLite looks for contacts that refer to them.
                        !sql.hasSuffix("LIMIT 1") && !sql.hasPrefix("DELETE FROM import_row")
                            && ["SELECT", "UPDATE", "INSERT", "DELETE"].contains { sql.hasPrefix($0) }
                    }
                    #expect(statements.count > 15)
                    let steps = try await store.write { db in
                        db.trace(nil)
                        return try statements.flatMap { sql in
                            let explain = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
                            explain.setUncheckedArguments(StatementArguments())
                            return try Row.fetchAll(explain).map { row in
                                let step: String = row["detail"]
                                return "\(step) in \(sql)"
                            }
                        }
                    }
                    for step in steps {
                        for table in Self.tables { #expect(!step.hasPrefix("SCAN \(table) "), "\(step)") }
                    }
                }
            }
        }
    }
}
