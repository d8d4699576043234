import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// What a copy is given from the database that it replaces.
    @Suite struct CarryOverTests {
        private static let doubtful = Sample.text("quem é você?")

        private static func address(_ token: UInt8, at seconds: Int) -> WebhookAddressEntry {
            WebhookAddressEntry(
                address: WebhookAddress(instance: "A", tokenHash: Array(repeating: token, count: 32)), name: "vendas",
                publicURL: "https://calls.example.com", createdAt: Sample.later(seconds))
        }

        private static func restore(_ copy: String, to database: TemporaryDatabase) throws -> Restoration {
            try CampaignStore.restore(
                copy, to: database.path, forgetsLater: true, now: Sample.now,
                holder: WriterLock.Holder(pid: 1, host: "here", command: "restore", since: Sample.now))
        }

        @Test func `whoever has written, or was linked, since the copy was made is treated alike after it`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 4)
                let older = database.folder + "/older.db"
                let lid = try #require(PhoneNumber(text: "12345@lid"))
                try await database.opened { store in
                    try await store.setWebhookAddress(Self.address(1, at: 0), overlap: Sample.now)
                    try await store.receive(CallEvent(Self.doubtful, phone: Sample.phone(3)), key: "0")
                }
                try database.reader().backUp(to: older)
                try await database.opened { store in
                    try await store.receive(CallEvent(Self.doubtful, phone: Sample.phone(0)), key: "1")
                    try await store.receive(CallEvent(Sample.text("sair"), phone: Sample.phone(1)), key: "2")
                    let first = try #require(try database.reader().replies().last).id
                    _ = try await store.decide(reply: first, as: .blocked, by: "ana", now: Sample.now)
                    let answer = WhatsAppAnswer.present(try Sample.phone(2), lid: lid)
                    _ = try await store.noteWhatsApp(
                        campaign: Sample.name, answers: [(contact: 3, answer: answer)], now: Sample.now)
                    try await store.setWebhookAddress(Self.address(2, at: 60), overlap: Sample.later(120))
                }
                let done = try Self.restore(older, to: database)
                #expect(
                    done.carried
                        == CarriedOver(
                            blocks: 2, replies: 3, holding: 1, links: 1, webhookAddresses: 2, isComplete: true))
                #expect(!done.losesBlocks && done.forgottenCalls == ForgottenCalls())
                let blocked = "excluded do_not_call"
                #expect(try database.contacts() == ["excluded held", blocked, "ready", blocked])
                let reader = try database.reader()
                let known = try reader.webhookAddresses(now: Sample.now)
                #expect(known.map(\.address.tokenHash.first) == [2, 1])
                #expect(known.map(\.address.expiresAt) == [nil, Sample.later(120)])
                #expect(try reader.replies().map(\.level) == [.optOut, .review, .review])
                #expect(try reader.replies().last?.decision?.user == "ana")
                let waiting = try #require(try reader.replies(ReplyChoice(isUndecided: true)).first)
                try await database.opened { store in
                    _ = try await store.block(now: Sample.now) { try $0.add(lid, reason: "asked") }
                    #expect(try database.contacts() == ["excluded held", blocked, blocked, blocked])
                    _ = try await store.decide(reply: waiting.id, as: .dismissed, by: "ana", now: Sample.now)
                    #expect(try database.contacts() == ["ready", blocked, blocked, blocked])
                }
            }
        }

        @Test func `what the copy knows better stays, and a reply gets a number of its own`() async throws {
            try await TemporaryDatabase.with { database in
                try await TemporaryDatabase.with { other in
                    try await database.fill(contacts: 2)
                    try await database.opened { store in
                        try await store.receive(CallEvent(Self.doubtful, phone: Sample.phone(0)))
                        try await store.setWebhookAddress(Self.address(1, at: 0), overlap: Sample.now)
                    }
                    try await other.fill(contacts: 2)
                    try await other.opened { store in
                        try await store.receive(CallEvent(Self.doubtful, phone: Sample.phone(1)))
                        try await store.setWebhookAddress(Self.address(2, at: 60), overlap: Sample.now)
                    }
                    let done = try Self.restore(other.path, to: database)
                    #expect(done.carried.replies == 1 && done.carried.holding == 1)
                    #expect(done.carried.webhookAddresses == 0)
                    let reader = try database.reader()
                    #expect(try reader.replies().map(\.sender) == [Sample.phone(0), Sample.phone(1)])
                    #expect(try database.contacts() == ["excluded held", "excluded held"])
                    #expect(try reader.webhookAddresses(now: Sample.now).map(\.address.tokenHash.first) == [2])
                }
            }
        }

        @Test func `wishes hold for all numbers that only the copy knows as the same person's`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                try await database.opened { store in
                    _ = try await store.block(now: Sample.now) { try $0.add(Sample.phone(0), reason: "asked") }
                    try await store.receive(CallEvent(Self.doubtful, phone: Sample.phone(2)))
                }
                let other = try database.elsewhere()
                try await other.fill(contacts: 4)
                try await other.opened { store in
                    for index in 0..<4 {
                        let lid = try #require(PhoneNumber(text: "\(index / 2 + 1)@lid"))
                        try await store.receive(
                            CallEvent(.delivered, phone: Sample.phone(index), lid: lid), key: "\(index)")
                    }
                }
                let done = try Self.restore(other.path, to: database)
                #expect(done.carried.blocks == 1 && done.carried.holding == 1 && done.carried.isComplete)
                let blocked = "excluded do_not_call"
                #expect(try database.contacts() == [blocked, blocked, "excluded held", "excluded held"])
                #expect(try database.text("SELECT count(*) FROM block WHERE reason = 'asked'") == "3")
                let waiting = try #require(try database.reader().replies(ReplyChoice(isUndecided: true)).first)
                try await database.opened { store in
                    _ = try await store.decide(reply: waiting.id, as: .dismissed, by: "ana", now: Sample.now)
                    #expect(try database.contacts() == [blocked, blocked, "ready", "ready"])
                }
            }
        }

        @Test func `whoever has written as one contact is not called again as the other`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let older = database.folder + "/older.db"
                let start = Sample.start { $0.redial = RedialPolicy(attempts: 1, after: .seconds(3600)) }
                try await database.opened { store in
                    _ = try await store.begin(start)
                    try await store.record(try await store.claim(2).map { Sample.accepted($0) })
                    for index in 0..<2 {
                        let lid = try #require(PhoneNumber(text: "12345@lid"))
                        try await store.receive(
                            CallEvent(.delivered, phone: Sample.phone(index), lid: lid, ids: ["M\(index + 1)"]),
                            key: "\(index)")
                    }
                    try await store.receive(CallEvent(Sample.call(.missed), ids: ["M1"]), key: "missed", at: 30)
                }
                #expect(try database.contacts() == ["ready delivered not_answered", "accepted delivered"])
                try database.reader().backUp(to: older)
                try await database.opened { store in
                    try await store.receive(CallEvent(Self.doubtful, phone: Sample.phone(1)), key: "reply", at: 60)
                }
                let done = try Self.restore(older, to: database)
                #expect(done.carried.replies == 1 && done.carried.holding == 1)
                #expect(
                    try database.contacts()
                        == ["accepted delivered not_answered replied", "accepted delivered replied"])
            }
        }

        @Test
        func `whoever stood in a row with somebody on the list, or held, is not called, though the copy lacks the row`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(rows: [[0], [2], [5], [7, 8], [9]])
                let older = database.folder + "/older.db"
                try database.reader().backUp(to: older)
                // The rows come again with more numbers; that of 2 in another campaign, and that of 7 as the copy has it.
                try await database.fill(rows: [[0, 1], [5, 6], [7, 8]])
                try await database.fill(rows: [[10, 1, 2]], campaign: "outra")
                try await database.opened { store in
                    _ = try await store.block(now: Sample.now) { list in
                        for index in [1, 8] { try list.add(Sample.phone(index), reason: "asked") }
                    }
                    try await store.receive(CallEvent(Self.doubtful, phone: Sample.phone(6)))
                }
                let done = try Self.restore(older, to: database)
                #expect(done.carried == CarriedOver(blocks: 2, blocksBeside: 3, replies: 1, holding: 1))
                let blocked = "excluded do_not_call"
                #expect(
                    try database.dialed() == [
                        "0 \(blocked)", "2 \(blocked)", "5 excluded held", "7 \(blocked)", "9 ready",
                    ])
                let onList = try database.lines(
                    "SELECT phone - 5511990000000 FROM block WHERE reason = 'asked' ORDER BY 1")
                #expect(onList == ["0", "1", "2", "8", "10"])
                // The row itself is not in the copy.
                #expect(try database.numbers() == ["4 0 7", "4 1 8"])
                let waiting = try #require(try database.reader().replies(ReplyChoice(isUndecided: true)).first)
                try await database.opened { store in
                    _ = try await store.decide(reply: waiting.id, as: .dismissed, by: "ana", now: Sample.now)
                }
                #expect(try database.dialed().contains("5 ready"))
                #expect(try database.reader().examine() == [])
            }
        }

        @Test func `damage of the replaced database does not keep a copy from being restored, and is told`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let older = database.folder + "/older.db"
                try database.reader().backUp(to: older)
                try await database.opened { store in
                    _ = try await store.block(now: Sample.now) { try $0.add(Sample.phone(0), reason: "asked") }
                    try await store.receive(CallEvent(Self.doubtful, phone: Sample.phone(1)))
                }
                try database.change("PRAGMA ignore_check_constraints = 1; UPDATE reply SET form = 'song'")
                let done = try Self.restore(older, to: database)
                #expect(done.losesBlocks && done.carried.blocks == 1 && done.carried.replies == 0)
            }
        }
    }
}
