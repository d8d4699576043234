import CampaignCore
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct ReceiptTests {
        @Test(arguments: [("Z", "M"), ("Z", nil), (nil, "M")] as [(String?, String?)])
        func `an accepted call keeps the ids that it has`(_ zaapId: String?, _ messageId: String?) async throws {
            let receipt = CallReceipt(zaapId: zaapId, messageId: messageId)
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let call = try #require(try await store.claim(1).first)
                    let reply = CallReply(verdict: .accepted(receipt), httpStatus: 200)
                    _ = try await store.commit(Sample.batch(results: [Sample.result(call, reply, .accepted)]))
                }
                var contacts: [ContactRow] = []
                try database.reader().forEachContact(campaign: Sample.name) { contacts.append($0) }
                #expect(contacts.first?.state == .accepted && contacts.first?.last?.receipt == receipt)
                var attempts: [AttemptRow] = []
                try database.reader().forEachAttempt(campaign: Sample.name) { attempts.append($0) }
                #expect(attempts.map(\.receipt) == [receipt])
                #expect(try database.text("PRAGMA integrity_check") == "ok")
            }
        }

        @Test func `a call that could not be written to the database is spooled without a zaapId too`() async throws {
            let receipt = CallReceipt(zaapId: nil, messageId: "M")
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let call = try #require(try await store.claim(1).first)
                    let reply = CallReply(verdict: .accepted(receipt), httpStatus: 200)
                    try await store.spool([Sample.result(call, reply, .accepted)])
                }
                try await database.opened { store in
                    let counts = try await store.begin(Sample.start()).counts
                    #expect(counts.accepted == 1)
                }
                var contacts: [ContactRow] = []
                try database.reader().forEachContact(campaign: Sample.name) { contacts.append($0) }
                #expect(contacts.first?.last?.receipt == receipt)
            }
        }

        @Test func `an older database is widened where it stands, and still refuses an accepted call without an id`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                let queue = try DatabaseQueue(path: database.path)
                defer { try? queue.close() }
                try Schema.migrator.migrate(queue, upTo: "3 limits")
                let rows = """
                    INSERT INTO campaign (id, name, file, created_at) VALUES (1, 'c', 'c.yml', 0);
                    INSERT INTO instance (id, zapi_id, name) VALUES (1, 'A', 'iA');
                    INSERT INTO import (id, campaign_id, file, columns, imported_at) VALUES (1, 1, 'a.csv', '[]', 0);
                    INSERT INTO contact (id, campaign_id, import_id, line, identity, phone, own, attempts)
                        VALUES (1, 1, 1, 0, 5511990000001, 5511990000001, '[]', 1);
                    INSERT INTO attempt (contact_id, number, instance_id, started_at) VALUES (1, 1, 1, 1);
                    """
                try await queue.write { try $0.execute(sql: rows) }
                let accept = "UPDATE attempt SET outcome = 'accepted', message_id = :id"
                #expect(throws: DatabaseError.self) {
                    try queue.write { try $0.execute(sql: accept, arguments: ["id": "M"]) }
                }
                let before = try await queue.read { try Int.fetchOne($0, sql: "PRAGMA schema_version") }
                try Schema.migrator.migrate(queue)
                try await queue.write { try $0.execute(sql: accept, arguments: ["id": "M"]) }
                #expect(throws: DatabaseError.self) {
                    try queue.write { try $0.execute(sql: accept, arguments: ["id": nil]) }
                }
                let after = try await queue.read { try Int.fetchOne($0, sql: "PRAGMA schema_version") }
                #expect(after != before)
                // Nobody may write to the schema from here on.
                #expect(throws: DatabaseError.self) {
                    try queue.write { try $0.execute(sql: "UPDATE sqlite_schema SET sql = sql") }
                }
                #expect(try await queue.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
            }
        }
    }
}
