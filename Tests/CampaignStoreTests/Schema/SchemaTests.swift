import CampaignCore
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct SchemaTests {
        @Test(arguments: [
            "UPDATE contact_row SET state = 'called'",
            "UPDATE contact_row SET state = 'failed', attempts = 1",
            "UPDATE contact_row SET state = 'in_doubt', attempts = 1",
            "UPDATE contact_row SET state = 'excluded'",
            "UPDATE contact_row SET state = 'dialing', attempts = 0",
            "UPDATE contact_row SET state = 'accepted', attempts = 0",
            "UPDATE contact_row SET state = NULL",
            "UPDATE contact_row SET attempts = -1",
            "UPDATE contact_row SET tries_used = 1, attempts = 0",
            "UPDATE contact_row SET throttles_in_a_row = 2, attempts = 1",
            "UPDATE contact_row SET call_duration = 0",
            "UPDATE contact_row SET call_duration = 16",
            "UPDATE contact_row SET phone = 0",
            "UPDATE contact_row SET phone = 'abc'",
            "UPDATE contact_identity SET identity = (SELECT min(identity) FROM contact_identity)",
            "UPDATE contact_row SET campaign_id = 99",
            "UPDATE contact_row SET due_at = NULL",
            "UPDATE campaign_row SET name = ''",
            "UPDATE campaign_row SET is_active = 2",
            "UPDATE campaign_row SET is_active = NULL",
            "UPDATE campaign_row SET follows = -1",
            "UPDATE campaign_row SET canary = 0",
            "UPDATE campaign_row SET canary_failed = NULL",
            "UPDATE campaign_row SET activity = 'resting'",
            "INSERT INTO campaign_row (name, file, created_at) VALUES ('cobranca', 'x', 0)",
            "INSERT INTO store (id, uuid) VALUES (2, 'x')",
            "INSERT INTO attempt (contact_id, number, instance_id, started_at) VALUES (1, 0, 1, 0)",
            "INSERT INTO attempt (contact_id, number, instance_id, started_at) VALUES (1, 1, 1, 0)",
            "INSERT INTO attempt (contact_id, number, instance_id, started_at) VALUES (1, 2, 99, 0)",
            "INSERT INTO attempt (contact_id, number, instance_id, started_at) VALUES (99, 1, 1, 0)",
            "UPDATE attempt SET outcome = 'accepted'",
            "UPDATE attempt SET outcome = 'rang'",
            "UPDATE contact_row SET delivery = 'sent'",
            "UPDATE contact_row SET answer = 'perhaps'",
            "UPDATE contact_row SET lid = 5",
            "UPDATE attempt SET delivery = 'sent'",
            "UPDATE attempt SET delivery = 'failed'",
            "UPDATE attempt SET answer = 'answered', answered_at = 1",
            "UPDATE attempt SET delivery = 'delivered', answer = 'answered'",
            "UPDATE instance SET quarantine_level = 4",
            "UPDATE campaign_row SET opt_out = '[]'",
            "INSERT INTO event (instance_id, key, type, received_at, state) VALUES (1, '', '', 0, 'other')",
            "INSERT INTO event (instance_id, key, type, received_at, state) VALUES (1, 'k', '', 0, 'lost')",
            "INSERT INTO event (instance_id, key, type, received_at, state) VALUES (9, 'k', '', 0, 'other')",
            "INSERT INTO hold (identity, reply_id) VALUES (1, 1)",
            "INSERT INTO webhook_address VALUES (x'00', 1, 0, NULL, '', NULL, 0)",
            "INSERT INTO dashboard_user (name, level, created_at, changed_at) VALUES ('', 'read', 0, 0)",
            "INSERT INTO dashboard_user (name, level, created_at, changed_at) VALUES ('a', 'own', 0, 0)",
            "INSERT INTO dashboard_user VALUES ('a', 'read', zeroblob(32), NULL, 1, 1, 1, 0, 0)",
            "INSERT INTO dashboard_user VALUES ('a', 'read', NULL, NULL, 1, 1, 1, 0, 0)",
            "INSERT INTO dashboard_session VALUES (zeroblob(32), 'nobody', 'read', 0, 0)",
            "INSERT INTO login_link VALUES (zeroblob(32), 'nobody', 'read', 0, 0)",
            "INSERT INTO api_token VALUES (x'00', 'a', '[]', 0, '', NULL, NULL)",
            "INSERT INTO api_token VALUES (zeroblob(32), 'a', '{}', 0, '', NULL, NULL)",
            "INSERT INTO action_log VALUES (1, 0, 'cron', '', 'run', NULL, '{}', 'begun', NULL, NULL)",
            "INSERT INTO action_log VALUES (1, 0, 'api', '', 'run', NULL, '[]', 'begun', NULL, NULL)",
            "INSERT INTO action_log VALUES (1, 0, 'api', '', 'run', NULL, '{}', 'done', NULL, NULL)",
            "INSERT INTO action_log VALUES (1, 0, 'api', '', 'run', NULL, '{}', 'begun', 5, NULL)",
            "INSERT INTO action_log VALUES (1, 0, 'api', '', 'run', NULL, '{}', 'done', 5, 'no')",
            "UPDATE import_row SET columns = '{}'",
            "UPDATE import_row SET accepted = -1",
            "DELETE FROM campaign_row",
        ])
        func `an impossible row is refused`(_ statement: String) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.commit(Sample.batch(claims: 1))
                }
                let queue = try DatabaseQueue(path: database.path)
                defer { try? queue.close() }
                let error = #expect(throws: DatabaseError.self) {
                    try queue.write { try $0.execute(sql: statement) }
                }
                #expect(error?.resultCode == .SQLITE_CONSTRAINT, "\(String(describing: error))")
            }
        }

        @Test func `every word that the code writes is allowed, and no other`() throws {
            let queue = try DatabaseQueue()
            try Schema.migrator.migrate(queue)
            func words(_ column: String, of table: String) throws -> Set<String> {
                let sql = try queue.read { db in
                    try String.fetchOne(db, sql: "SELECT sql FROM sqlite_schema WHERE name = ?", arguments: [table])
                }
                let pattern = try Regex("\\b\(column) = '(\\w+)'", as: (Substring, Substring).self)
                // The rules of a whole row name some of a column's words again.
                return Set((sql ?? "").matches(of: pattern).map { String($0.output.1) })
            }
            #expect(try words("state", of: "contact_row") == Set(CallState.allCases.map(\.rawValue)))
            #expect(try words("outcome", of: "attempt") == Set(AttemptOutcome.allCases.map(\.rawValue)))
            #expect(try words("reason", of: "duplicate") == Set(DuplicateReason.allCases.map(\.rawValue)))
            #expect(try words("activity", of: "campaign_row") == Set(RunActivity.Word.allCases.map(\.rawValue)))
            for table in ["contact_row", "attempt"] {
                #expect(try words("delivery", of: table) == Set(Delivery.allCases.map(\.rawValue)))
                #expect(try words("answer", of: table) == Set(Answer.allCases.map(\.rawValue)))
            }
            #expect(try words("state", of: "event") == Set(EventState.allCases.map(\.rawValue)))
            #expect(try words("form", of: "reply") == Set(Reply.Form.allCases.map(\.rawValue)))
            #expect(try words("level", of: "reply") == Set(ReplyLevel.allCases.map(\.rawValue)))
            #expect(try words("decision", of: "reply") == Set(ReplyDecision.allCases.map(\.rawValue)))
            for table in ["dashboard_user", "dashboard_session", "login_link"] {
                #expect(try words("level", of: table) == Set(DashboardLevel.allCases.map(\.rawValue)))
            }
            #expect(try words("actor_kind", of: "action_log") == Set(Actor.Kind.allCases.map(\.rawValue)))
            #expect(try words("state", of: "action_log") == Set(ActionEntry.State.allCases.map(\.rawValue)))
            #expect(try words("condition", of: "instance") == Set(InstanceCondition.Word.allCases.map(\.rawValue)))
        }

        @Test(arguments: [
            ("application_id", "1684632419"), ("journal_mode", "wal"), ("integrity_check", "ok"),
        ])
        func `the file is marked as ours and is whole`(_ pragma: String, _ value: String) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                #expect(try database.text("PRAGMA \(pragma)") == value)
            }
        }

        @Test func `every file has a name of its own`() async throws {
            try await TemporaryDatabase.with { one in
                try await TemporaryDatabase.with { other in
                    try await one.fill(contacts: 1)
                    try await other.fill(contacts: 1)
                    let names = try [one, other].map { try $0.text("SELECT uuid FROM store") }
                    #expect(names[0]?.count == 32 && names[0] != names[1])
                }
            }
        }
    }
}
