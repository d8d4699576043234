import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct RemovalObjectionsTests {
        private func block(_ phone: PhoneNumber, _ reason: String, in store: CampaignStore) async throws {
            _ = try await store.block(now: Sample.now) { try $0.add(phone, reason: reason) }
        }

        @Test func `who asked for no more calls after a removal was shown stays on the list until that is known`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1, campaign: "outra")
                try await database.withCalls { store in
                    let phone = try Sample.phone(0)
                    try await block(phone, "typo", in: store)
                    try await store.receive(CallEvent(Sample.text("SAIR"), phone: phone))
                    let stale = try await store.unblock([phone], requeues: true, knowing: RemovalObjections())
                    #expect(stale.kept == [phone] && stale.removed.isEmpty && stale.missing.isEmpty)
                    #expect(stale.excluded == 0 && stale.requeued == 0)
                    #expect(try database.reader().block(of: phone) != nil)
                    let reply = try #require(try database.reader().replies().first)
                    let known = RemovalObjections(replies: [reply.id])
                    let done = try await store.unblock([phone], requeues: true, knowing: known)
                    #expect(done.kept.isEmpty && done.removed == [phone])
                    #expect(try database.reader().block(of: phone) == nil)
                    let again = try await store.unblock([phone], requeues: true, knowing: RemovalObjections())
                    #expect(again.missing == [phone] && again.kept.isEmpty)
                }
            }
        }

        @Test func `a reply that is decided after a removal was shown counts, and a dismissed one does not`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.withCalls(2, contacts: 2) { store in
                    for (index, decision) in [ReplyDecision.blocked, .dismissed].enumerated() {
                        let phone = try Sample.phone(index)
                        let event = CallEvent(Sample.text("quem é você?"), phone: phone)
                        try await store.receive(event, key: "\(index)")
                        try await store.change("UPDATE reply SET level = 'review' WHERE identity = \(phone.identity)")
                        try await block(phone, "typo", in: store)
                        let id = try #require(try database.reader().replies().first?.id)
                        _ = try await store.decide(reply: id, as: decision, by: "ana", now: Sample.later(60))
                        let totals = try await store.unblock([phone], requeues: false, knowing: RemovalObjections())
                        #expect(totals.kept == (decision == .blocked ? [phone] : []))
                    }
                    let entry = try #require(try database.reader().block(of: Sample.phone(0)))
                    #expect(entry.reason == "typo; reply, decided by ana")
                }
            }
        }

        @Test func `who was blocked by hand and then asks is shown with both reasons, however often they ask`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.withCalls(2, contacts: 2) { store in
                    for (index, reason) in ["typo", ""].enumerated() {
                        let phone = try Sample.phone(index)
                        try await block(phone, reason, in: store)
                        for turn in 0..<3 {
                            try await store.receive(
                                CallEvent(Sample.text("SAIR"), phone: phone), key: "\(index).\(turn)")
                        }
                        let entry = try #require(try database.reader().block(of: phone))
                        let asked = reason.isEmpty ? "reply: " : "typo; reply: "
                        #expect(entry.reason.hasPrefix(asked) && entry.since == Sample.now, "\(entry.reason)")
                        #expect(entry.reason.ranges(of: "reply").count == 1, "\(entry.reason)")
                    }
                }
            }
        }

        @Test func `another number of the person keeps both on the list until it is known`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls(2, contacts: 2) { store in
                    let phones = try [Sample.phone(0), Sample.phone(1)]
                    let lid = try #require(PhoneNumber(text: "123456789012345@lid"))
                    for (index, phone) in phones.enumerated() {
                        let event = CallEvent(.delivered, phone: phone, lid: lid, ids: ["T"])
                        try await store.receive(event, key: "\(index)")
                    }
                    try await block(phones[0], "typo", in: store)
                    let stale = try await store.unblock([phones[0]], requeues: false, knowing: RemovalObjections())
                    #expect(stale.kept == [phones[0]] && stale.removed.isEmpty)
                    let known = RemovalObjections(others: [phones[1].identity])
                    let done = try await store.unblock([phones[0]], requeues: false, knowing: known)
                    #expect(done.kept.isEmpty && Set(done.removed).isSuperset(of: phones))
                }
            }
        }
    }
}
