import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    /// What follows from a decision about a reply, and which replies are found.
    @Suite struct ReplyDecisionTests {
        private static let doubtful = Sample.text("quem é você?")
        private static let recording = CallEvent.Kind.reply(Reply(form: .media, text: ""))

        /// Two campaigns that wait to call the same people; the first person has written something doubtful.
        private static func held(_ body: (TemporaryDatabase, CampaignStore, Int64) async throws -> Void) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.fill(contacts: 2, campaign: "outra")
                try await database.opened { store in
                    try await store.receive(CallEvent(doubtful, phone: try Sample.phone(0)))
                    #expect(try database.contacts() == ["excluded held", "ready", "excluded held", "ready"])
                    try await body(database, store, try #require(try database.reader().replies().first).id)
                }
            }
        }

        @Test func `says how many contacts go back, or are excluded for good`() async throws {
            try await Self.held { _, store, reply in
                let done = try await store.decide(reply: reply, as: .dismissed, by: "ana", now: Sample.now)
                #expect(done?.totals.ready == 2 && done?.totals.excluded == 0 && done?.totals.blocked == 0)
            }
            try await Self.held { database, store, reply in
                let done = try await store.decide(reply: reply, as: .blocked, by: "ana", now: Sample.now)
                #expect(done?.totals.ready == 0 && done?.totals.excluded == 2 && done?.totals.blocked == 1)
                #expect(try database.reader().block(of: Sample.phone(0))?.reason == "reply, decided by ana")
            }
        }

        @Test func `whoever is on the do-not-call list by now is not called again`() async throws {
            try await Self.held { database, store, reply in
                _ = try await store.block(now: Sample.now) { try $0.add(Sample.phone(0), reason: "asked") }
                let done = try await store.decide(reply: reply, as: .dismissed, by: "ana", now: Sample.now)
                #expect(done?.totals.ready == 0 && done?.totals.excluded == 2)
                let excluded = "excluded do_not_call"
                #expect(try database.contacts() == [excluded, "ready", excluded, "ready"])
            }
        }

        @Test func `says who stays held because of another reply`() async throws {
            try await Self.held { database, store, first in
                try await store.receive(CallEvent(Self.doubtful, phone: try Sample.phone(0)), key: "2")
                let done = try await store.decide(reply: first, as: .dismissed, by: "ana", now: Sample.now)
                #expect(done?.totals.held == 1 && done?.totals.ready == 0)
                let second = try #require(try database.reader().replies(ReplyChoice(isUndecided: true)).first)
                let last = try await store.decide(reply: second.id, as: .dismissed, by: "ana", now: Sample.now)
                #expect(last?.totals.held == 0 && last?.totals.ready == 2)
            }
        }

        @Test func `nothing that a blocked person has sent waits for a decision, in any order`() async throws {
            for kinds in [[Sample.text("sair"), Self.recording], [Self.recording, Sample.text("sair")]] {
                try await TemporaryDatabase.with { database in
                    try await database.withCalls { store in
                        for (index, kind) in kinds.enumerated() {
                            try await store.receive(CallEvent(kind, phone: try Sample.phone(0)), key: "\(index)")
                        }
                        #expect(try database.reader().replyCount(ReplyChoice(isUndecided: true)) == 0)
                        #expect(try database.reader().replyCount(ReplyChoice()) == 2)
                    }
                }
            }
        }

        @Test func `a person's replies are found under every form of the number, and under the lid`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                let lid = try #require(PhoneNumber(text: "12345@lid"))
                try await database.opened { store in
                    try await store.receive(CallEvent(Self.doubtful, lid: lid), key: "1")
                    let answers = [(contact: Int64(1), answer: WhatsAppAnswer.present(try Sample.phone(0), lid: lid))]
                    _ = try await store.noteWhatsApp(campaign: Sample.name, answers: answers, now: Sample.now)
                    try await store.receive(CallEvent(Self.doubtful, phone: try Sample.phone(0)), key: "2")
                    try await store.receive(CallEvent(Self.doubtful, phone: try Sample.phone(1)), key: "3")
                    var choice = ReplyChoice()
                    choice.people = [try Sample.phone(0)]
                    #expect(try database.reader().replies(choice).count == 2)
                    choice.people = [try Sample.phone(1), try Sample.phone(5)]
                    #expect(try database.reader().replies(choice).count == 1)
                    choice = ReplyChoice()
                    choice.ids = [1, 3, 99]
                    #expect(try database.reader().replies(choice).map(\.id) == [3, 1])
                }
            }
        }

        @Test func `a reply concerns the campaigns that hold its writer, and the one that called last`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1, campaign: "outra")
                try await database.fill(contacts: 1, campaign: "terceira", from: 5)
                try await database.withCalls { store in
                    try await store.receive(CallEvent(Self.doubtful, phone: try Sample.phone(0)), key: "1")
                    try await store.receive(CallEvent(Self.recording, phone: try Sample.phone(0)), key: "2", at: 31)
                    func count(_ campaign: String) throws -> Int {
                        try database.reader().replyCount(ReplyChoice(campaign: campaign, isUndecided: true))
                    }
                    #expect(try count(Sample.name) == 2)
                    #expect(try count("outra") == 1)
                    #expect(try count("terceira") == 0)
                    #expect(throws: StoreError.self) { try count("nenhuma") }
                }
            }
        }
    }
}
