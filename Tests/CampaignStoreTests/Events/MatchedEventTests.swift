import CampaignCore
import GRDB
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct MatchedEventTests {
        @Test func `without an id the only call to the person in time counts, however the number is written`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.withCalls(2, contacts: 2) { store in
                    // The same mobile number without its ninth digit.
                    let short = try #require(PhoneNumber(value: 551_190_000_000))
                    #expect(short.identity == (try Sample.phone(0)).identity)
                    try await store.receive(CallEvent(Sample.call(.missed), phone: short), key: "late", at: 200)
                    #expect(try database.contacts() == ["accepted", "accepted"])
                    try await store.receive(CallEvent(Sample.call(.missed), phone: short))
                    #expect(try database.contacts() == ["accepted delivered not_answered", "accepted"])
                    try await store.receive(
                        CallEvent(.delivered, phone: try Sample.phone(1), ids: ["of a message"]), key: "foreign")
                    try await store.receive(CallEvent(.delivered, phone: try Sample.phone(1)), key: "other")
                    #expect(try database.contacts() == ["accepted delivered not_answered", "accepted"])
                    #expect(
                        try database.events() == [
                            "unmatched no_call", "applied 1.1", "unmatched no_call", "unmatched no_id",
                        ])
                }
            }
        }

        @Test func `an lid is as good as a number once it is known, and before that it is nobody's`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                let lid = try #require(PhoneNumber(text: "123456789012345@lid"))
                try await database.opened { store in
                    let form = try Sample.phone(0)
                    _ = try await store.noteWhatsApp(
                        campaign: Sample.name, answers: [(contact: 1, answer: .present(form, lid: lid))],
                        now: Sample.now)
                    _ = try await store.begin(Sample.start())
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                    let stranger = try #require(PhoneNumber(text: "99@lid"))
                    try await store.receive(CallEvent(Sample.call(.accepted), lid: stranger), key: "stranger")
                    #expect(try database.contacts() == ["accepted"])
                    try await store.receive(CallEvent(Sample.call(.accepted), phone: lid))
                    #expect(try database.contacts() == ["accepted delivered answered"])
                    try await store.receive(
                        CallEvent(Sample.call(.missed, .incoming), lid: lid), key: "back", at: 600)
                    #expect(try database.contacts() == ["accepted delivered answered called_back"])
                }
                #expect(try database.reader().details(of: Sample.phone(0), campaign: Sample.name).lid == lid)
            }
        }

        @Test(arguments: [true, false])
        func `an event that names a call by Z-API's id alone, and its person by an lid, is that call's`(
            _ knowsIds: Bool
        ) async throws {
            let lid = try #require(PhoneNumber(text: "123456789012345@lid"))
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let ids = CallReceipt(zaapId: knowsIds ? "Z1" : nil, messageId: "M1")
                    let reply = CallReply(verdict: .accepted(ids), httpStatus: 200)
                    try await store.record(try await store.claim(1).map { Sample.result($0, reply, .accepted) })
                    let event = CallEvent(.deliveryFailed(.notQueued), phone: lid, ids: ["z1"], error: "not queued")
                    try await store.receive(event, key: "1")
                    if !knowsIds {
                        #expect(try database.events() == ["unmatched no_call"])
                        // It is taken up when another event says both.
                        var told = CallEvent(
                            .deliveryFailed(.notQueued), phone: try Sample.phone(0), ids: ["M1", "Z1"],
                            error: "not queued")
                        told.zaapId = "Z1"
                        try await store.receive(told, key: "2")
                    }
                    #expect(try database.events() == Array(repeating: "applied 1.1", count: knowsIds ? 1 : 2))
                    #expect(try database.contacts() == ["failed not_queued failed not queued"])
                }
            }
        }

        @Test func `two campaigns that have just called the same person leave an event without ids to nobody`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.fill(contacts: 1, campaign: "outra")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.begin(
                        Sample.start("outra").numbered(1, instances: [0, 1]))
                    let calls = try await store.claim(
                        CampaignBatch(campaign: 0, claims: [0]), CampaignBatch(campaign: 1, claims: [0]))
                    try await store.record(calls.joined().map { Sample.accepted($0) })
                    let phone = try Sample.phone(0)
                    try await store.receive(CallEvent(Sample.call(.accepted), phone: phone))
                    #expect(try database.contacts() == ["accepted", "accepted"])
                    #expect(try database.events() == ["unmatched several_calls"])
                    try await store.receive(CallEvent(Sample.call(.accepted), phone: phone, ids: ["M2"]), key: "named")
                    #expect(try database.contacts() == ["accepted", "accepted delivered answered"])
                    // Calling back and writing concern both.
                    try await store.receive(
                        CallEvent(Sample.call(.missed, .incoming), phone: phone), key: "back", at: 900)
                    try await store.receive(CallEvent(Sample.text("oi"), phone: phone), key: "reply", at: 901)
                    #expect(
                        try database.contacts() == [
                            "accepted called_back replied", "accepted delivered answered called_back replied",
                        ])
                }
            }
        }

        @Test func `an event about an older call changes that call and leaves the contact alone`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { store in
                    try await store.receive(
                        CallEvent(.deliveryFailed(.notQueued), ids: ["M1"], error: "not queued"))
                    #expect(try database.contacts() == ["failed not_queued failed not queued"])
                    _ = try await store.retry(campaign: Sample.name, where: .state(.failed))
                    let again = try await store.claim(1)
                    #expect(try database.contacts() == ["dialing"])
                    try await store.record(again.map { Sample.accepted($0, zaapId: "Z2") })
                    try await store.change("UPDATE attempt SET message_id = 'M' || number")
                    try await store.receive(CallEvent(Sample.call(.accepted), ids: ["M1"]), key: "old")
                    #expect(try database.contacts() == ["accepted"])
                    #expect(
                        try database.lines("SELECT number, delivery, answer FROM attempt ORDER BY number") == [
                            "1 delivered answered", "2",
                        ])
                    #expect(try database.events().last == "applied delivered_after_failure 1.1")
                }
            }
        }

        @Test func `a call that went out after all is not made again`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { store in
                    try await store.receive(CallEvent(.deliveryFailed(.notQueued), ids: ["M1"], error: "x"))
                    _ = try await store.retry(campaign: Sample.name, where: .state(.failed))
                    let receipt = try await store.receive(CallEvent(.delivered, ids: ["M1"]), key: "late")
                    #expect(receipt.effects == [.contactsChanged(campaign: Sample.name)])
                    #expect(try database.contacts() == ["accepted delivered"])
                    #expect(try await store.claim(1).isEmpty)
                }
            }
        }

        @Test func `whoever dials hears of what has changed`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls(3, contacts: 3) { store in
                    func effects(_ kind: CallEvent.Kind, _ ids: [String], _ key: String) async throws -> [EventEffect] {
                        try await store.receive(CallEvent(kind, ids: ids), key: key).effects
                    }
                    let delivered = try await effects(.delivered, ["M1"], "1")
                    #expect(delivered.isEmpty)
                    #expect(
                        try await effects(.deliveryFailed(.badAudio), ["M2"], "2") == [
                            .contactsChanged(campaign: Sample.name), .deliveryFailed(campaign: Sample.name, .badAudio),
                        ])
                    #expect(try await effects(.deliveryFailed(.badAudio), ["M2"], "2").isEmpty)
                    #expect(try await effects(.disconnected("gone"), [], "3") == [.disconnected(reason: "gone")])
                    #expect(try await effects(.connected, [], "4") == [.connected])
                    #expect(
                        try await effects(.registrationCodeRequested, [], "5") == [.registrationCodeRequested])
                    #expect(try await effects(.other, [], "6").isEmpty)
                    #expect(
                        try database.events().suffix(4) == ["applied", "applied", "applied", "other"])
                }
            }
        }

        @Test func `an event that the database refuses is kept, and the others with it are applied`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls(3, contacts: 3) { store in
                    try await store.change(
                        """
                        CREATE TRIGGER refusal BEFORE UPDATE OF delivery ON attempt WHEN old.contact_id = 2 BEGIN
                            SELECT raise(ABORT, 'no'); END
                        """)
                    let receipts = try await store.receive(
                        (1...3).map { Sample.incoming(CallEvent(.delivered, ids: ["M\($0)"]), key: "\($0)") })
                    #expect(receipts.map(\.isNew) == [true, true, true])
                    #expect(try database.contacts() == ["accepted delivered", "accepted", "accepted delivered"])
                    #expect(
                        try database.events() == ["applied 1.1", "unmatched not_applied", "applied 3.1"])
                    #expect(try database.text("SELECT count(*) FROM event_body") == "3")
                }
            }
        }

        @Test func `events of many senders are written together, each answered with its own`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls(40, contacts: 40) { store in
                    let before = try #require(try database.text("SELECT commits FROM store").flatMap(Int.init))
                    try await withThrowingTaskGroup { group in
                        for contact in 1...40 {
                            group.addTask {
                                let event = CallEvent(
                                    .deliveryFailed(.other), ids: ["M\(contact)"], error: "e\(contact)")
                                let receipt = try await store.receive(event, key: "\(contact)")
                                #expect(receipt.effects.contains(.deliveryFailed(campaign: Sample.name, .other)))
                            }
                        }
                        try await group.waitForAll()
                    }
                    let after = try #require(try database.text("SELECT commits FROM store").flatMap(Int.init))
                    #expect(after - before <= 40)
                    #expect(
                        try database.contacts() == (1...40).map { "failed other failed e\($0)" })
                }
            }
        }

        @Test func `a sender that gives up does not stop the write`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { store in
                    let task = Task {
                        while !Task.isCancelled {}
                        return try await store.receive(CallEvent(.delivered, ids: ["M1"]))
                    }
                    task.cancel()
                    let receipt = try await task.value
                    #expect(receipt.isNew)
                    #expect(try database.contacts() == ["accepted delivered"])
                }
            }
        }
    }
}
