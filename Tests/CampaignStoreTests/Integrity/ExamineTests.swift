import CampaignCore
import CampaignStore
import Foundation
import GRDB
import Testing

extension StoreTests {
    /// What examining the whole database finds, and what it accepts.
    @Suite struct ExamineTests {
        /// A change that no command makes, and the words with which it is reported.
        struct Damage: Sendable, CustomTestStringConvertible {
            var change: String
            var words: String
            /// A command that encounters it.
            var command: @Sendable (TemporaryDatabase) async throws -> Void

            init(_ change: String, _ words: String, met: @escaping @Sendable (TemporaryDatabase) async throws -> Void) {
                self.change = change
                self.words = words
                command = met
            }

            var testDescription: String { change }
        }

        static let damages = [
            Damage("UPDATE contact_row SET state = 'bogus' WHERE id = 1", "1 × contact.state is not a state") {
                _ = try $0.reader().counts(campaign: Sample.name)
            },
            Damage("UPDATE contact_row SET phone = 12 WHERE id = 1", "1 × contact.phone is not a phone number") {
                try $0.reader().forEachContact(campaign: Sample.name) { _ in }
            },
            Damage("UPDATE contact_row SET own = '[1]' WHERE id = 1", "1 × contact.own is not the cells") {
                try $0.reader().forEachContact(campaign: Sample.name) { _ in }
            },
            Damage("UPDATE contact_row SET own = 'Ana' WHERE id = 1", "1 × contact.own is not the cells") {
                try $0.reader().forEachContact(campaign: Sample.name) { _ in }
            },
            Damage(
                "UPDATE contact_row SET state = 'excluded', reason = 'x' WHERE id = 3",
                "1 × contact.reason is not a reason"
            ) {
                let filter = ContactFilter.state(.excluded)
                _ = try $0.reader().retryPreview(campaign: Sample.name, where: filter, showing: 1)
            },
            Damage("UPDATE attempt SET outcome = 'rang'", "1 × attempt.outcome is not an outcome") {
                _ = try $0.reader().summary(campaign: Sample.name)
            },
            Damage("UPDATE import_row SET columns = '{'", "1 × import.columns is not the cells") {
                _ = try $0.reader().ownColumns(campaign: Sample.name)
            },
            Damage("UPDATE reject SET own = ''", "1 × reject.own is not the cells") {
                try $0.reader().forEachReject(campaign: Sample.name) { _ in }
            },
            Damage("UPDATE duplicate SET phone = -1000000000000000000", "1 × duplicate.phone is not a phone") {
                try $0.reader().forEachDuplicate(campaign: Sample.name) { _ in }
            },
            Damage("UPDATE duplicate SET reason = 'twice'", "1 × duplicate.reason is not a reason") {
                try $0.reader().forEachDuplicate(campaign: Sample.name) { _ in }
            },
            Damage("UPDATE block SET phone = 7", "1 × block.phone is not a phone") {
                try $0.reader().forEachBlock { _ in }
            },
            Damage("UPDATE campaign_row SET activity = 'sleeping'", "1 × campaign.activity is not an activity") {
                _ = try $0.reader().lastRun(campaign: Sample.name)
            },
            Damage(
                "UPDATE instance SET condition = 'tired', condition_since = 0 WHERE id = 1",
                "1 × instance.condition is not a condition"
            ) {
                _ = try $0.reader().instances(campaign: Sample.name, now: Sample.now)
            },
            Damage(
                "UPDATE instance_limit SET warmup = '[20,x]' WHERE instance_id = 1", "1 × instance_limit.warmup is not"
            ) {
                _ = try $0.reader().instances(campaign: Sample.name, now: Sample.now)
            },
            Damage(
                "UPDATE contact_row SET tries_used = 9 WHERE state = 'ready'",
                "1 row of contact violates its rule (tries_used"
            ) {
                try await $0.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(1)
                }
            },
            Damage("DELETE FROM store", "1 row too many or too few in the table store") {
                try await $0.opened { _ = try await $0.begin(Sample.start()) }
            },
        ]

        @Test(arguments: damages)
        func `what a command refuses is found`(_ damage: Damage) async throws {
            try await TemporaryDatabase.with { database in
                try await fill(database)
                #expect(try database.reader().examine() == [])
                try await damage.command(database)

                try await change(database, damage.change)
                let found = try database.reader().examine().map(\.text)
                #expect(found.contains { $0.contains(damage.words) }, "\(found)")
                await #expect(throws: StoreError.self) { try await damage.command(database) }
            }
        }

        @Test(arguments: [
            (
                "UPDATE contact_row SET phone = 5511970000000 WHERE id = 1",
                "1 × contact.phone is not the number that it is"
            ),
            ("UPDATE block SET phone = 5511970000000", "1 × block.phone is not the number that it is known by"),
            (
                "UPDATE contact_row SET phone = -phone WHERE id = 1",
                "1 × contact.phone is not the number that it is known by"
            ),
        ])
        func `a number that differs from the one it is looked up by is found`(
            _ change: String, _ words: String
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await fill(database)
                try await self.change(database, change)
                let found = try database.reader().examine().map(\.text)
                #expect(found.contains { $0.contains(words) }, "\(found)")
            }
        }

        @Test func `a contact excluded because WhatsApp has another form of its number does not count as damage`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await fill(database)
                try await change(
                    database,
                    """
                    UPDATE contact_row SET phone = 5511970000000, state = 'excluded', reason = 'same_whatsapp' WHERE id = 3
                    """)
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `no report leaves a contact out whose state is no word`() async throws {
            for state in ["bogus", "acc", "zzz", "failed "] {
                try await TemporaryDatabase.with { database in
                    try await fill(database)
                    try await change(database, "UPDATE contact_row SET state = '\(state)' WHERE id = 3")
                    let reader = try database.reader()
                    #expect(throws: StoreError.self) { try reader.forEachContact(campaign: Sample.name) { _ in } }
                    #expect(throws: StoreError.self) {
                        try reader.forEachContact(campaign: Sample.name, in: [.inDoubt]) { _ in }
                    }
                    #expect(throws: StoreError.self) { try reader.summary(campaign: Sample.name) }
                    #expect(throws: StoreError.self) {
                        _ = try reader.retryPreview(campaign: Sample.name, where: .state(.failed), showing: 1)
                    }
                }
            }
        }

        @Test func `no report leaves a call out whose instance is lost`() async throws {
            try await TemporaryDatabase.with { database in
                try await fill(database)
                try await change(database, "PRAGMA foreign_keys = 0; UPDATE attempt SET instance_id = 99")
                #expect(throws: StoreError.self) {
                    try database.reader().forEachAttempt(campaign: Sample.name) { _ in }
                }
            }
        }

        @Test func `WhatsApp's form of a number does not count as damage`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 4)
                // Without the ninth digit, as WhatsApp has many; someone else's; unchanged; none.
                let older = try #require(PhoneNumber(text: "551190000000"))
                let answers: [WhatsAppAnswer] = [
                    .present(older), .present(try Sample.phone(0)), .present(try Sample.phone(2)), .absent,
                ]
                let contacts = try database.reader().uncheckedContacts(campaign: Sample.name, after: 0, limit: 4)
                let pairs = zip(contacts, answers).map { (contact: $0.id, answer: $1) }
                let totals = try await database.opened {
                    try await $0.noteWhatsApp(campaign: Sample.name, answers: pairs, now: Sample.now)
                }
                #expect(totals.rewritten == 1 && totals.absent == 1)
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `a damaged byte in the log is found before a run meets it`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 200)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start { $0.workers = 16 })
                    for _ in 0..<8 { try await store.record(try await store.claim(10).map { Sample.accepted($0) }) }
                    let copy = try database.copyAfterCrash()
                    #expect(try copy.reader().examine() == [])
                    let log = URL(filePath: copy.path + "-wal")
                    var bytes = try Data(contentsOf: log)
                    bytes[bytes.count / 2] ^= 0x10
                    try bytes.write(to: log)
                    #expect(try !copy.reader().examine().isEmpty)
                    #expect(throws: StoreError.self) { try copy.open().close() }
                }
            }
        }

        @Test func `advice to restore a copy says that it calls people again, and how not to`() {
            let text = StoreError.corrupt(path: "d.db", detail: "x").description
            for words in [".recover", "discador backup", "call those people again", "block import"] {
                #expect(text.contains(words))
            }
        }

        /// A database in which every table has a row: a call, a blocked number, a rejected row and a duplicate.
        private func fill(_ database: TemporaryDatabase) async throws {
            try await database.fill(contacts: 3)
            try await database.opened { store in
                _ = try await store.block(now: Sample.now) { try $0.add(try Sample.phone(60), reason: "asked") }
                _ = try await store.begin(Sample.start())
                try await store.record(try await store.claim(1).map { Sample.accepted($0) })
            }
            try await change(
                database,
                """
                INSERT INTO reject (import_id, line, raw, own, reason, suggestion) VALUES (1, 9, x'41', '["A"]', 'x', '');
                INSERT INTO duplicate (import_id, line, phone, contact_id, reason)
                    VALUES (1, 10, 5511987654321, 1, 'repeated');
                UPDATE instance SET condition = 'connected', condition_since = 0;
                UPDATE instance_limit SET warmup = '[20,50]'
                """)
        }

        /// Writes what the schema would refuse.
        private func change(_ database: TemporaryDatabase, _ sql: String) async throws {
            let queue = try DatabaseQueue(path: database.path)
            try await queue.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA ignore_check_constraints = 1; \(sql)")
            }
            try queue.close()
        }
    }
}
