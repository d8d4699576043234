import CampaignCore
import GRDB
import Synchronization
import Testing

@testable import CampaignStore

extension StoreTests {
    /// Counts of contacts are kept, not counted.
    @Suite struct KeptCountsTests {
        @Test func `are those of the contacts, whatever changes them`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 8)
                try await database.fill(contacts: 3, campaign: "outra")
                try database.change("UPDATE contact_row SET attempts = 1")
                let changes = [
                    "UPDATE contact_row SET state = 'dialing' WHERE id <= 4",
                    "UPDATE contact_row SET state = 'accepted' WHERE id <= 3",
                    "UPDATE contact_row SET delivery = 'delivered', answer = 'answered' WHERE id = 1",
                    "UPDATE contact_row SET delivery = 'delivered', answer = 'not_answered' WHERE id = 2",
                    "UPDATE contact_row SET answer = 'answered', called_back_at = 5, replied_at = 6 WHERE id = 2",
                    "UPDATE contact_row SET state = 'failed', reason = 'refused' WHERE id IN (4, 5)",
                    "UPDATE contact_row SET state = 'in_doubt', reason = 'no_reply' WHERE id IN (3, 9)",
                    "UPDATE contact_row SET state = 'excluded', reason = 'cancelled' WHERE id = 6",
                    "UPDATE contact_row SET state = 'ready', reason = NULL WHERE id IN (4, 6)",
                    "UPDATE contact_row SET state = 'accepted', answer = NULL, delivery = NULL WHERE id = 1",
                ]
                for change in changes {
                    try database.change(change)
                    for (campaign, name) in [(1, Sample.name), (2, "outra")] {
                        let kept = try database.reader().counts(campaign: name)
                        for state in CallState.allCases {
                            let counted = try database.text(
                                """
                                SELECT count(*) FROM contact WHERE campaign_id = \(campaign)
                                    AND state = '\(state.rawValue)'
                                """)
                            #expect(counted == "\(kept[state])", "\(change): \(name) \(state)")
                        }
                        let outcomes = try database.reader().outcomes(campaign: name)
                        let answered = try database.text(
                            "SELECT count(*) FROM contact WHERE campaign_id = \(campaign) AND answer = 'answered'")
                        #expect(answered == "\(outcomes.answered)", "\(change)")
                    }
                }
                let end = try database.reader().outcomes(campaign: Sample.name)
                #expect(end.delivered == 1 && end.answered == 1 && end.notAnswered == 0)
                #expect(end.calledBack == 1 && end.replied == 1)
                let lines = try database.reader().overviews()
                #expect(lines.map(\.name) == [Sample.name, "outra"])
                for line in lines { #expect(try line.counts == database.reader().counts(campaign: line.name)) }
            }
        }

        @Test func `a wrong one is a defect of the database`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                #expect(try database.reader().examine() == [])
                try database.change("UPDATE contact_count SET failed = 2, excluded = -1 WHERE is_new = 0")
                let defects = try database.reader().examine().map(\.text)
                #expect(defects == ["2 kept counts of contacts are wrong"], "\(defects)")
            }
        }

        @Test func `go with their campaign`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try database.change(
                    """
                    INSERT INTO campaign_row (name, file, created_at) VALUES ('vazia', 'x', 0);
                    DELETE FROM campaign_row WHERE name = 'vazia'
                    """)
                #expect(try database.text("SELECT count(*) FROM contact_count") == "2")
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `neither a count nor a line of the overview reads the contacts`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 20)
                let plans = try Self.plansOfCounts(try database.reader())
                #expect(plans.contains { $0.contains("contact_by_turn (campaign_id=? AND state") }, "\(plans)")
                for plan in plans where plan.contains("contact_row") || plan.contains("contact_by_") {
                    #expect(plan.hasPrefix("SEARCH") && plan.contains("state"), "\(plan)")
                }
            }
        }

        /// How SQLite finds what the counts and the overview read of contacts.
        private static func plansOfCounts(_ reader: StoreReader) throws -> [String] {
            let heard = Mutex<[String]>([])
            try reader.connection.read { db in db.trace { event in heard.withLock { $0.append("\(event)") } } }
            _ = try reader.counts(campaign: Sample.name)
            _ = try reader.outcomes(campaign: Sample.name)
            #expect(try reader.overviews().count == 1)
            return try reader.connection.read { db in
                db.trace(nil)
                return try heard.withLock { $0.filter { $0.contains("contact") } }.flatMap { sql in
                    let explain = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
                    explain.setUncheckedArguments(StatementArguments())
                    return try Row.fetchAll(explain).compactMap { $0["detail"] as String? }
                }
            }
        }
    }
}
