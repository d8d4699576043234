import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct ParkedEventTests {
        @Test(arguments: [["m1"], ["Z1.1"]])
        func `an event that comes before the result of its call waits for it`(_ ids: [String]) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(1)
                    let event = CallEvent(
                        .deliveryFailed(.notQueued), phone: try Sample.phone(0), ids: ids, error: "not queued")
                    #expect(try await store.receive(event, at: 2).effects.isEmpty)
                    #expect(try database.contacts() == ["dialing"] && database.events() == ["parked"])
                    let result = try await store.commit(
                        Sample.batch(results: calls.map { Sample.accepted($0) }).whole)
                    #expect(try database.contacts() == ["failed not_queued failed not queued"])
                    #expect(try database.events() == ["applied 1.1"])
                    #expect(
                        result.events.map(\.effects) == [
                            [
                                .contactsChanged(campaign: Sample.name),
                                .deliveryFailed(campaign: Sample.name, .notQueued),
                            ]
                        ])
                    #expect(result.events.map(\.instance) == ["A"])
                    #expect(try database.text("SELECT count(*) FROM parked_event") == "0")
                    #expect(try database.text("SELECT count(*) FROM parked_key") == "0")
                }
            }
        }

        @Test func `one of somebody unknown waits by its id alone`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(2)
                    let lid = try #require(PhoneNumber(text: "77@lid"))
                    try await store.receive(
                        CallEvent(Sample.call(.accepted), lid: lid, ids: ["M2"]), key: "ours", at: 2)
                    let other = try #require(PhoneNumber(text: "78@lid"))
                    try await store.receive(
                        CallEvent(Sample.call(.accepted), lid: other, ids: ["X"]), key: "strange", at: 2)
                    try await store.receive(CallEvent(Sample.call(.accepted), lid: other), key: "nameless", at: 2)
                    #expect(try database.events() == ["parked", "parked", "unmatched no_call"])
                    try await store.record(calls.map { Sample.accepted($0) })
                    #expect(try database.contacts() == ["accepted", "accepted delivered answered"])
                    // No other call was under way when it came.
                    #expect(try database.events() == ["applied 2.1", "unmatched no_call", "unmatched no_call"])
                    // Of those of somebody unknown it may still become known who that is.
                    #expect(try database.text("SELECT count(*) FROM parked_event") == "2")
                }
            }
        }

        @Test func `replies that are taken up by another event are written once`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(1)
                    let lid = try #require(PhoneNumber(text: "77@lid"))
                    // Only this one, once its call has ids, says whose `@lid` the others name.
                    try await store.receive(CallEvent(.delivered, lid: lid, ids: Sample.ids), key: "1", at: 2)
                    try await store.receive(CallEvent(.reply(Reply(form: .media, text: "")), lid: lid), key: "2", at: 3)
                    try await store.receive(CallEvent(Sample.text("oi"), lid: lid), key: "3", at: 4)
                    try await store.record(calls.map { Sample.accepted($0) })
                    #expect(try database.events() == ["applied 1.1", "applied", "applied"])
                    #expect(try database.reader().replies().map(\.form) == [.text, .media])
                    #expect(try database.text("SELECT count(*) FROM parked_event") == "0")
                }
            }
        }

        @Test func `one that waits for a call without an end is given up after an hour`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(1)
                    let stranger = try Sample.phone(5)
                    try await store.receive(CallEvent(Sample.call(.accepted), phone: stranger, ids: ["X"]), at: 2)
                    try await store.receive(CallEvent(.other), key: "later", at: 3602)
                    #expect(try database.events()[0] == "parked")
                    try await store.receive(CallEvent(.other), key: "even later", at: 3603)
                    #expect(try database.events()[0] == "unmatched no_call")
                    #expect(try database.text("SELECT count(*) FROM parked_event") == "0")
                }
            }
        }

        @Test func `one that names the id of a call under way is never another call's`() async throws {
            try await TemporaryDatabase.with { database in
                let lid = try #require(PhoneNumber(text: "123@lid"))
                try await database.fill(contacts: 1)
                try await database.fill(contacts: 1, campaign: "outra")
                try await database.opened { store in
                    _ = try await store.noteWhatsApp(
                        campaign: Sample.name, answers: [(contact: 1, answer: .present(try Sample.phone(0), lid: lid))],
                        now: Sample.now)
                    _ = try await store.begin(Sample.start())
                    try await store.record(try await store.claim(1).map { Sample.accepted($0) })
                    _ = try await store.begin(Sample.start("outra").numbered(1, instances: [0, 1]))
                    let calls = try await store.claim(CampaignBatch(campaign: 1, claims: [0])).joined()
                    try await store.receive(CallEvent(Sample.call(.accepted), lid: lid, ids: ["M2"]), at: 2)
                    #expect(try database.events() == ["parked"])
                    try await store.record(calls.map { Sample.accepted($0) })
                    #expect(try database.contacts() == ["accepted", "accepted delivered answered"])
                    #expect(try database.events() == ["applied 2.1"])
                }
            }
        }

        @Test func `one that waited for a call that was refused changes nothing`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(1)
                    try await store.receive(
                        CallEvent(.delivered, phone: try Sample.phone(0), ids: ["X"]), key: "1", at: 2)
                    try await store.receive(
                        CallEvent(Sample.call(.received, .incoming), phone: try Sample.phone(0)), key: "2", at: 2)
                    let refused = CallReply(verdict: .refused, httpStatus: 400, error: "no")
                    try await store.record(calls.map { Sample.result($0, refused, .failed(.refused)) })
                    #expect(try database.contacts() == ["failed refused"])
                    #expect(try database.events() == ["unmatched no_call", "unmatched no_call"])
                }
            }
        }

        @Test(arguments: [false, true])
        func `a call that a killed run left open is settled by the event that waited for it`(
            _ isGivenUp: Bool
        ) async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 2)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    _ = try await store.claim(2)
                }
                try await database.opened { store in
                    let event = CallEvent(Sample.call(.missed), phone: try Sample.phone(0), ids: ["M", "Z"])
                    try await store.receive(event, at: 40)
                    #expect(try database.events() == ["parked"])
                    if isGivenUp {
                        try await store.receive(CallEvent(.other), key: "later", at: 9000)
                        #expect(try database.events() == ["unmatched no_call", "other"])
                    }
                    let opening = try await store.begin(Sample.start())
                    #expect(opening.interrupted == 2 && opening.counts.accepted == 1 && opening.counts.inDoubt == 1)
                    #expect(try database.contacts() == ["accepted delivered not_answered", "in_doubt interrupted"])
                    #expect(try database.events().first == "applied 1.1")
                    #expect(
                        try database.lines("SELECT outcome, zaap_id, message_id FROM attempt") == [
                            "accepted Z M", "in_doubt",
                        ])
                }
            }
        }

        @Test func `a result from the spool brings its events with it`() async throws {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(1)
                    try await store.receive(CallEvent(.delivered, ids: ["M1"]), at: 2)
                    #expect(try database.events() == ["parked"])
                    try await store.spool(calls.map { Sample.accepted($0) })
                }
                try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    #expect(try database.contacts() == ["accepted delivered"])
                }
            }
        }
    }
}
