import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct ReplyEventTests {
        @Test func `an opt-out blocks the person at once, in every campaign`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3, campaign: "outra")
                try await database.withCalls(2, contacts: 3) { store in
                    let phone = try Sample.phone(0)
                    let receipt = try await store.receive(CallEvent(Sample.text("SAIR"), phone: phone))
                    #expect(
                        receipt.effects == [
                            .mustNotBeCalled(identity: phone.identity),
                            .optedOut(campaign: Sample.name, identity: phone.identity),
                            .contactsChanged(campaign: "outra"),
                        ])
                    #expect(
                        try database.contacts() == [
                            "excluded do_not_call", "ready", "ready", "accepted replied", "accepted", "ready",
                        ])
                    let entry = try #require(try database.reader().block(of: phone))
                    #expect(entry.reason.hasPrefix("reply: ") && entry.reason.contains("sair"), "\(entry.reason)")
                    #expect(entry.since == Sample.later(30))
                    #expect(try database.reader().outcomes(campaign: Sample.name).optedOut == 1)
                    #expect(try database.reader().outcomes(campaign: "outra").optedOut == 0)
                    #expect(try database.reader().replies(ReplyChoice(isUndecided: true)).isEmpty)
                    #expect(try database.reader().replies().map(\.level) == [.optOut])
                }
                // Nobody brings them back.
                try await database.fill(contacts: 1, campaign: "terceira")
                try await database.opened { store in
                    _ = try await store.begin(Sample.start("terceira"))
                    #expect(try await store.claim(1).isEmpty)
                }
            }
        }

        @Test func `a call that is claimed and not yet sent is named to whoever dials`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(1)
                    let phone = try Sample.phone(0)
                    let receipt = try await store.receive(CallEvent(Sample.text("pare"), phone: phone), at: 1)
                    #expect(receipt.effects.first == .mustNotBeCalled(identity: phone.identity))
                    #expect(try database.contacts() == ["dialing replied"])
                }
            }
        }

        @Test func `a stranger who opts out is blocked, and one who only writes leaves no trace but the event`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { store in
                    let stranger = try Sample.phone(7)
                    let lid = try #require(PhoneNumber(text: "123@lid"))
                    try await store.receive(CallEvent(Sample.text("bom dia"), phone: stranger), key: "1")
                    #expect(try database.reader().replies().isEmpty)
                    try await store.receive(CallEvent(Sample.text("sair"), phone: stranger), key: "2")
                    try await store.receive(CallEvent(Sample.text("stop"), lid: lid), key: "3")
                    try await store.receive(CallEvent(Sample.text("stop")), key: "4")
                    #expect(try database.reader().block(of: stranger) != nil)
                    #expect(try database.reader().block(of: lid) != nil)
                    #expect(
                        try database.events() == ["unmatched no_call", "applied", "applied", "unmatched no_call"])
                    #expect(try database.contacts() == ["accepted"])
                }
            }
        }

        @Test func `an opt-out under an lid holds for the number once that is known`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 3)
                let lids = try (0..<3).map { try #require(PhoneNumber(text: "12345\($0)@lid")) }
                try await database.opened { store in
                    try await store.receive(CallEvent(Sample.text("sair"), lid: lids[0]), key: "1")
                    try await store.receive(CallEvent(Sample.text("me deixa em paz"), lid: lids[1]), key: "2")
                    let answers = try (0..<3).map { index in
                        (
                            contact: Int64(index + 1),
                            answer: WhatsAppAnswer.present(try Sample.phone(index), lid: lids[index])
                        )
                    }
                    _ = try await store.noteWhatsApp(campaign: Sample.name, answers: answers, now: Sample.now)
                    #expect(try database.contacts() == ["excluded do_not_call", "excluded held", "ready"])
                    #expect(try database.reader().block(of: try Sample.phone(0)) != nil)
                    // Once it is known, what holds for the number holds for the lid as well.
                    try await store.receive(CallEvent(Sample.text("sair"), lid: lids[2]), key: "3")
                    #expect(try database.contacts().last == "excluded do_not_call")
                    #expect(try database.reader().block(of: try Sample.phone(2)) != nil)
                    #expect(try database.reader().block(of: lids[2]) != nil)
                }
            }
        }

        @Test func `an ambiguous reply holds the person until somebody decides`() async throws {
            for decision in ReplyDecision.allCases {
                try await TemporaryDatabase.with { database in
                    try await database.fill(contacts: 2, campaign: "outra")
                    try await database.withCalls(1, contacts: 2) { store in
                        let phone = try Sample.phone(0)
                        let receipt = try await store.receive(
                            CallEvent(Sample.text("me deixa em paz"), phone: phone))
                        #expect(
                            receipt.effects == [
                                .mustNotBeCalled(identity: phone.identity), .contactsChanged(campaign: "outra"),
                            ])
                        #expect(
                            try database.contacts() == ["excluded held", "ready", "accepted replied", "ready"])
                        #expect(try database.reader().block(of: phone) == nil)
                        let reply = try #require(
                            try database.reader().replies(ReplyChoice(campaign: Sample.name, isUndecided: true)).first)
                        #expect(reply.text == "me deixa em paz" && reply.level == .review && !reply.rule.isEmpty)
                        #expect(reply.campaign == Sample.name && reply.phone == phone && reply.sender == phone)
                        // It cannot be put back, and a new campaign does not call the person either.
                        let totals = try await store.retry(
                            campaign: "outra", where: .state(.excluded))
                        #expect(totals.refused == [.held: 1])
                        try await store.change("UPDATE contact_row SET state = 'ready', reason = NULL WHERE id = 1")
                        _ = try await store.begin(Sample.start("outra").numbered(1, instances: [0, 1]))
                        let calls = try await store.claim(CampaignBatch(campaign: 1, claims: [0]))
                        #expect(calls.joined().map(\.attempt.contact) == [2])
                        #expect(try database.contacts()[0] == "excluded held")

                        let done = try #require(
                            try await store.decide(reply: reply.id, as: decision, by: "ana", now: Sample.later(60)))
                        #expect(done.isNew && done.effects.contains(.contactsChanged(campaign: "outra")))
                        let isBlocked = decision == .blocked
                        #expect(done.effects.contains(.mustNotBeCalled(identity: phone.identity)) == isBlocked)
                        #expect(try database.contacts()[0] == (isBlocked ? "excluded do_not_call" : "ready"))
                        #expect((try database.reader().block(of: phone) != nil) == isBlocked)
                        #expect(try database.text("SELECT count(*) FROM hold") == "0")
                        let decided = try #require(try database.reader().replies().first?.decision)
                        #expect(decided == ReplyEntry.Decision(word: decision, at: Sample.later(60), user: "ana"))
                        let again = try await store.decide(reply: reply.id, as: .dismissed, by: "eva", now: Sample.now)
                        #expect(again == DecidedReply(isNew: false))
                        #expect(try await store.decide(reply: 99, as: .dismissed, by: "eva", now: Sample.now) == nil)
                    }
                }
            }
        }

        @Test func `of two ambiguous replies both must be dismissed before the person is called again`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    for key in ["1", "2"] {
                        try await store.receive(
                            CallEvent(Sample.text("quem é você?"), phone: try Sample.phone(0)), key: key)
                    }
                    let replies = try database.reader().replies(ReplyChoice(isUndecided: true))
                    #expect(replies.count == 2)
                    for (reply, contact) in zip(replies, ["excluded held", "ready"]) {
                        _ = try await store.decide(reply: reply.id, as: .dismissed, by: "ana", now: Sample.now)
                        #expect(try database.contacts() == [contact])
                    }
                }
            }
        }

        @Test func `plain words and doubtful ones lead to the same end in both orders`() async throws {
            var ends: Set<[String]> = []
            for texts in [["sair", "me deixa em paz"], ["me deixa em paz", "sair"]] {
                try await TemporaryDatabase.with { database in
                    try await database.fill(contacts: 1)
                    try await database.opened { store in
                        for text in texts {
                            try await store.receive(
                                CallEvent(Sample.text(text), phone: try Sample.phone(0)), key: text)
                        }
                    }
                    ends.insert(
                        try database.contacts() + database.lines("SELECT * FROM hold")
                            + database.lines("SELECT text, decision FROM reply ORDER BY text"))
                }
            }
            #expect(ends == [["excluded do_not_call", "me deixa em paz blocked", "sair"]])
        }

        @Test func `a recording is listed and holds nobody; anything else only counts as a reply`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1, campaign: "outra")
                try await database.withCalls { store in
                    let phone = try Sample.phone(0)
                    let audio = CallEvent(.reply(Reply(form: .media, text: "")), phone: phone)
                    #expect(try await store.receive(audio, key: "1").effects.isEmpty)
                    let text = CallEvent(Sample.text("oi"), phone: phone)
                    #expect(try await store.receive(text, key: "2", at: 40).effects.isEmpty)
                    #expect(try database.contacts() == ["ready", "accepted replied"])
                    #expect(try database.reader().replies().map(\.level) == [.none, .media])
                    let waiting = try database.reader().replies(ReplyChoice(isUndecided: true))
                    #expect(waiting.map(\.level) == [.media])
                    let details = try database.reader().details(of: phone, campaign: Sample.name)
                    #expect(details.contact?.repliedAt == Sample.later(30))
                    #expect(details.replies.map(\.level) == [.media, .none] && details.events.count == 2)
                    // A caption counts, and so does what somebody decides about a recording.
                    let id = try #require(waiting.first?.id)
                    _ = try await store.decide(reply: id, as: .blocked, by: "ana", now: Sample.later(50))
                    #expect(try database.contacts() == ["excluded do_not_call", "accepted replied"])
                }
            }
        }

        @Test func `the words of the campaigns that called the person count, also when none is dialed`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.fill(contacts: 1, campaign: "outra", from: 2)
                try await database.opened { store in
                    _ = try await store.begin(
                        Sample.start {
                            $0.optOut = OptOutLists(
                                words: ["abacaxi"], buttons: ["talvez depois"], review: ["agora não"])
                        })
                    try await store.record(try await store.claim(2).map { Sample.accepted($0) })
                    try await store.leave()
                }
                try await database.opened { store in
                    let button = CallEvent.Kind.reply(Reply(form: .button, text: "Talvez depois"))
                    func receive(_ kind: CallEvent.Kind, _ phone: Int, _ key: String) async throws {
                        try await store.receive(CallEvent(kind, phone: try Sample.phone(phone)), key: key)
                    }
                    try await receive(Sample.text("Abacaxi!"), 2, "1")
                    try await receive(Sample.text("agora não"), 1, "2")
                    try await receive(Sample.text("abacaxi"), 0, "3")
                    try await receive(button, 1, "4")
                    #expect(try database.reader().replies().map(\.level) == [.optOut, .optOut, .review])
                    #expect(try database.reader().block(of: try Sample.phone(2)) == nil)
                }
            }
        }

        @Test func `a repeated reply blocks nobody twice, not even after somebody has unblocked them`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { store in
                    let phone = try Sample.phone(0)
                    let event = CallEvent(Sample.text("sair"), phone: phone)
                    try await store.receive(event)
                    _ = try await store.unblock([phone], requeues: true)
                    let receipt = try await store.receive(event)
                    #expect(!receipt.isNew && receipt.effects.isEmpty)
                    #expect(try database.reader().block(of: phone) == nil)
                }
            }
        }

        @Test func `a reply long after the last call is noted by nobody's contact, an opt-out all the same`()
            async throws
        {
            try await TemporaryDatabase.with { database in
                try await database.withCalls { store in
                    let month = 30 * 24 * 3600
                    let phone = try Sample.phone(0)
                    try await store.receive(CallEvent(Sample.text("oi"), phone: phone), key: "1", at: month + 1)
                    #expect(try database.contacts() == ["accepted"])
                    try await store.receive(CallEvent(Sample.text("sair"), phone: phone), key: "2", at: month + 2)
                    #expect(try database.contacts() == ["accepted"])
                    #expect(try database.reader().block(of: phone) != nil)
                    try await store.receive(CallEvent(Sample.text("oi"), phone: phone), key: "3", at: month)
                    #expect(try database.contacts() == ["accepted replied"])
                }
            }
        }
    }
}
