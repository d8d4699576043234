import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct WhatsAppTests {
        @Test func `numbers without WhatsApp are excluded, and the others get the form that WhatsApp knows`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                let shorter = try #require(PhoneNumber(value: 551_190_000_001))
                let totals = try await note([.absent, .present(shorter), .present(try Sample.phone(2))], in: database)
                #expect(totals.absent == 1 && totals.present == 2 && totals.rewritten == 1)
                #expect(try database.text("SELECT reason FROM contact WHERE state = 'excluded'") == "no_whatsapp")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    #expect(try await store.claim(5).map(\.phone) == [shorter, try Sample.phone(2)])
                }
            }
        }

        @Test func `a number that is asked about once is not asked about again`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 5)
                let reader = try database.reader()
                let first = try reader.uncheckedContacts(campaign: Sample.name, after: 0, limit: 2)
                #expect(try first.map(\.phone) == [0, 1].map { try Sample.phone($0) })
                _ = try await note([.absent, .present(try Sample.phone(1))], in: database)
                let rest = try reader.uncheckedContacts(campaign: Sample.name, after: 0, limit: 9)
                #expect(try rest.map(\.phone) == [2, 3, 4].map { try Sample.phone($0) })
                let behind = try reader.uncheckedContacts(campaign: Sample.name, after: rest[0].id, limit: 9)
                #expect(behind.map(\.phone) == rest.dropFirst().map(\.phone))
            }
        }

        @Test func `a different phone's number is ignored, and the contact keeps its own`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                let (stranger, other) = (try Sample.phone(80), try Sample.phone(0))
                let totals = try await note([.present(stranger), .present(other), .absent], in: database)
                #expect(totals.present == 2 && totals.rewritten == 0 && totals.ignored == 2 && totals.absent == 1)
                #expect(totals.ignoredExamples.map(\.phone) == [other, try Sample.phone(1)])
                #expect(totals.ignoredExamples.map(\.outputPhone) == [stranger, other])
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    #expect(try await store.claim(5).map(\.phone) == [other, try Sample.phone(1)])
                }
                // Asked and answered: it is not asked about again.
                let rest = try database.reader().uncheckedContacts(campaign: Sample.name, after: 0, limit: 9)
                #expect(rest.isEmpty)
            }
        }

        @Test(arguments: [
            ("551133334444", "5511933334444"), ("551133334444", "551133334445"), ("5511987654301", "5521987654301"),
            ("5511987654301", "351912345678"), ("5511987654301", "123456789012345@lid"),
        ])
        func `a landline is no mobile number, and another area is another person`(
            _ asked: String, _ said: String
        ) async throws {
            try await TemporaryDatabase.with { database in
                let phone = try #require(PhoneNumber(text: asked))
                try await database.fill(phones: [phone])
                let totals = try await note([.present(try #require(PhoneNumber(text: said)))], in: database)
                #expect(totals.ignored == 1 && totals.rewritten == 0)
                #expect(try database.text("SELECT phone FROM contact") == asked)
            }
        }

        @Test(arguments: [
            ("551187654301", "5511987654301"), ("5511987654301", "551187654301"), ("525512345678", "5215512345678"),
            ("5215512345678", "525512345678"), ("541145552001", "5491145552001"),
        ])
        func `the other form of the same line is taken`(_ asked: String, _ said: String) async throws {
            try await TemporaryDatabase.with { database in
                let phone = try #require(PhoneNumber(text: asked))
                try await database.fill(phones: [phone])
                let totals = try await note([.present(try #require(PhoneNumber(text: said)))], in: database)
                #expect(totals.ignored == 0 && totals.rewritten == 1)
                #expect(try database.text("SELECT phone FROM contact") == said)
            }
        }

        /// Records answers about the first contacts, in order.
        private func note(_ answers: [WhatsAppAnswer], in database: TemporaryDatabase) async throws -> WhatsAppTotals {
            let contacts = try database.reader().uncheckedContacts(
                campaign: Sample.name, after: 0, limit: answers.count)
            let pairs = zip(contacts, answers).map { (contact: $0.id, answer: $1) }
            return try await database.opened {
                try await $0.noteWhatsApp(campaign: Sample.name, answers: pairs, now: Sample.now)
            }
        }
    }
}
