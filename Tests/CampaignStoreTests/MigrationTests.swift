import CampaignCore
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct MigrationTests {
        @Test func `a database of the first version keeps its contacts, calls and lists`() async throws {
            try await TemporaryDatabase.with { database in
                let queue = try DatabaseQueue(path: database.path)
                try queue.inDatabase { try $0.execute(sql: "PRAGMA application_id = \(Schema.applicationID)") }
                try Schema.migrator.migrate(queue, upTo: "1 spine")
                try await queue.write { try $0.execute(sql: Self.firstVersion) }
                try queue.close()
                #expect(try database.reader().examine() == [])
                try await database.opened { store in
                    let opening = try await store.begin(Sample.start())
                    #expect(opening.counts.ready == 1 && opening.counts.accepted == 1 && opening.counts.total == 2)
                    let totals = try await store.importLists(
                        campaign: Sample.name, file: "c.yml", now: Sample.now
                    ) { writer in
                        try writer.beginList(file: "b.csv", columns: ["fone"])
                        let phone = try #require(PhoneNumber(value: 5_511_990_000_001))
                        try writer.add(.contact(ListContact(phone: phone, callDuration: nil, own: ["x"])))
                    }
                    #expect(totals.map(\.alreadyInCampaign) == [1])
                    #expect(try await store.claim(5).map(\.phone.value) == [551_190_000_002])
                }
                var rows: [ContactRow] = []
                try database.reader().forEachContact(campaign: Sample.name) { rows.append($0) }
                #expect(rows.map(\.own) == [["a", ""], ["b", ""]])
                #expect(rows[0].last?.receipt?.zaapId == "Z1")
                #expect(try database.rows("PRAGMA foreign_key_check").isEmpty)
            }
        }

        @Test func `a database from before evidence was kept has none, and can be looked at`() async throws {
            try await TemporaryDatabase.with { database in
                let queue = try DatabaseQueue(path: database.path)
                try queue.inDatabase { try $0.execute(sql: "PRAGMA application_id = \(Schema.applicationID)") }
                try Schema.migrator.migrate(queue, upTo: "1 spine")
                try await queue.write { try $0.execute(sql: Self.firstVersion) }
                try Schema.migrator.migrate(queue, upTo: "3 limits")
                try queue.close()
                #expect(try database.reader().queueEvidence(campaign: Sample.name).isEmpty)
            }
        }

        @Test func `a database from before pauses were kept has none, and can be looked at`() async throws {
            try await TemporaryDatabase.with { database in
                let queue = try DatabaseQueue(path: database.path)
                try queue.inDatabase { try $0.execute(sql: "PRAGMA application_id = \(Schema.applicationID)") }
                try Schema.migrator.migrate(queue, upTo: "1 spine")
                try await queue.write { try $0.execute(sql: Self.firstVersion) }
                try Schema.migrator.migrate(queue, upTo: "7 receipts")
                try queue.close()
                #expect(try database.reader().pause(campaign: Sample.name) == nil)
                #expect(try database.reader().examine() == [])
            }
        }

        private static let firstVersion = """
            INSERT INTO campaign (id, name, file, created_at) VALUES (1, 'cobranca', 'c.yml', 0);
            INSERT INTO instance (id, zapi_id, name) VALUES (1, 'A', 'iA');
            INSERT INTO import (id, campaign_id, file, columns, imported_at, accepted)
                VALUES (1, 1, 'a.csv', '["nome"]', 0, 2);
            INSERT INTO contact (id, campaign_id, import_id, identity, phone, own, state, attempts, tries_used)
                VALUES (7, 1, 1, 5511990000001, 5511990000001, '["a"]', 'accepted', 1, 1);
            INSERT INTO contact (id, campaign_id, import_id, identity, phone, own)
                VALUES (9, 1, 1, 5511990000002, 551190000002, '["b"]');
            INSERT INTO attempt (contact_id, number, instance_id, started_at, ended_at, outcome, zaap_id, message_id)
                VALUES (7, 1, 1, 1, 2, 'accepted', 'Z1', 'M1');
            """
    }
}
