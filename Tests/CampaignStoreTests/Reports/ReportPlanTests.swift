import CampaignCore
import GRDB
import Synchronization
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct ReportPlanTests {
        @Test func `all contacts, their calls and figures are read in the order of the table, and not sorted`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 20)
                try await database.fill(contacts: 5, campaign: "other")
                let plans = try plans(of: database.reader())
                #expect(plans.count == 3, "\(plans)")
                for plan in plans {
                    #expect(!plan.contains { $0.contains("TEMP B-TREE") }, "\(plan)")
                    #expect(plan.contains { $0.contains("PRIMARY KEY (") && $0.contains(">?") }, "\(plan)")
                }
            }
        }

        /// How SQLite carries out the statements that read all contacts of a campaign.
        private func plans(of reader: StoreReader) throws -> [[String]] {
            let heard = Mutex<[String]>([])
            try reader.connection.read { db in db.trace { event in heard.withLock { $0.append("\(event)") } } }
            var contacts = 0
            try reader.forEachContact(campaign: Sample.name) { _ in contacts += 1 }
            #expect(contacts == 20)
            try reader.forEachAttempt(campaign: Sample.name) { _ in }
            _ = try reader.figures(campaign: Sample.name) { _ in 0 }
            return try reader.connection.read { db in
                db.trace(nil)
                return try heard.withLock { $0.filter { $0.contains(ContactRange.condition) } }.map { sql in
                    let explain = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
                    explain.setUncheckedArguments(StatementArguments())
                    return try Row.fetchAll(explain).map { $0["detail"] }
                }
            }
        }
    }
}
