import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct WhatsAppTests {
        @Test func `who has no WhatsApp is excluded, and the others get the form that WhatsApp knows`() async throws {
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

        @Test func `two contacts that are one for WhatsApp are called once`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                let totals = try await note([.present(try Sample.phone(1))], in: database)
                #expect(totals.same == 1)
                #expect(try database.text("SELECT reason FROM contact WHERE state = 'excluded'") == "same_whatsapp")
                #expect(try database.reader().counts(campaign: Sample.name).ready == 2)
            }
        }

        @Test func `of two contacts that WhatsApp knows by each other's number one is called`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let totals = try await note(
                    [.present(try Sample.phone(1)), .present(try Sample.phone(0))], in: database)
                #expect(totals.same == 1 && totals.present == 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    #expect(try await store.claim(5).map(\.phone) == [try Sample.phone(0)])
                }
            }
        }

        @Test func `a form that asked not to be called excludes, and the old form stays known`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let (blocked, other) = (try Sample.phone(70), try Sample.phone(80))
                try await database.opened { store in
                    _ = try await store.block(now: Sample.now) { try $0.add(blocked, reason: "") }
                }
                let totals = try await note([.present(blocked), .present(other)], in: database)
                #expect(totals.blocked == 1 && totals.rewritten == 1)
                #expect(try database.text("SELECT reason FROM contact WHERE state = 'excluded'") == "do_not_call")
                // Either form is the same contact from now on.
                for number in [try Sample.phone(1), other] {
                    let standing = try database.reader().standing(of: number, campaign: Sample.name)
                    #expect(standing.contact?.phone == other)
                }
                try await database.fill(contacts: 1, from: 1)
                #expect(try database.reader().counts(campaign: Sample.name).total == 2)
            }
        }

        /// Takes in answers about the first contacts, in their order.
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
