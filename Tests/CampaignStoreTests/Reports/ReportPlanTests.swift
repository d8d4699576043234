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
                let reader = try database.reader()
                let heard = Mutex<[String]>([])
                try reader.connection.read { db in
                    db.trace { event in heard.withLock { $0.append("\(event)") } }
                }
                var contacts = 0
                try reader.forEachContact(campaign: Sample.name) { _ in contacts += 1 }
                #expect(contacts == 20)
                try reader.forEachAttempt(campaign: Sample.name) { _ in }
                _ = try reader.figures(campaign: Sample.name) { _ in 0 }
                let statements = heard.withLock { $0.filter { $0.contains(ContactRange.condition) } }
                #expect(statements.count == 3, "\(statements)")
                for sql in statements {
                    let steps: [String] = try reader.connection.read { db in
                        db.trace(nil)
                        let explain = try db.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
                        explain.setUncheckedArguments(StatementArguments())
                        return try Row.fetchAll(explain).map { $0["detail"] }
                    }
                    #expect(!steps.contains { $0.contains("TEMP B-TREE") }, "\(steps) \(sql)")
                    #expect(steps.contains { $0.contains("PRIMARY KEY (") && $0.contains(">?") }, "\(steps)")
                }
            }
        }
    }
}
