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

        @Test func `a call that could not be written to the database is spooled even without a zaapId`() async throws {
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

        @Test func `an accepted call without any id is refused by the database`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(1)
                }
                let accept = "UPDATE attempt SET outcome = 'accepted', message_id ="
                #expect(throws: DatabaseError.self) { try database.change("\(accept) NULL") }
                try database.change("\(accept) 'M'")
                #expect(try database.text("SELECT outcome FROM attempt") == "accepted")
                #expect(try database.text("PRAGMA integrity_check") == "ok")
            }
        }
    }
}
