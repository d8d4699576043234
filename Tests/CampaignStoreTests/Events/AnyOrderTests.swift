import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct AnyOrderTests {
        /// What can be said about one call: by its ids, late, twice, by its person alone.
        private static func events(phone: PhoneNumber) -> [IncomingEvent] {
            let kinds: [CallEvent.Kind] =
                [.delivered] + DeliveryFailure.allCases.map { .deliveryFailed($0) }
                + [.received, .accepted, .started, .ended, .missed].map { Sample.call($0) }
                + [Sample.call(.missed, .incoming), Sample.call(.received, .incoming), Sample.text("oi"), .other]
            return kinds.enumerated().map { index, kind in
                var ids = ["M1", "Z1.1"]
                // A call of the person has an id of its own.
                if case .call(let call) = kind, call.direction == .incoming { ids = ["C\(index)"] }
                let event = CallEvent(kind, phone: phone, ids: ids, error: "e\(index)")
                return Sample.incoming(event, key: "\(index)", at: 5 + index)
            }
        }

        @Test(arguments: 1...12)
        func `events of one call lead to the same end in any order, before and after its result`(
            _ seed: UInt64
        ) async throws {
            var random = SplitMix64(seed: seed)
            let all = Self.events(phone: try Sample.phone(0))
            let chosen = Array(all.shuffled(using: &random).prefix(Int.random(in: 2...5, using: &random)))
            var ends: Set<[String]> = []
            for _ in 1...6 {
                var order = chosen.shuffled(using: &random)
                order += order.shuffled(using: &random).prefix(2)
                let before = Int.random(in: 0...order.count, using: &random)
                ends.insert(try await Self.end(of: order, before: before))
            }
            #expect(ends.count == 1, "\(chosen.map(\.event.kind)): \(ends)")
        }

        /// What can be said about a call of which no id is known: of its person, or of somebody hidden.
        private static func hiddenEvents(phone: PhoneNumber) throws -> [IncomingEvent] {
            let lid = try #require(PhoneNumber(text: "77@lid"))
            let kinds: [CallEvent.Kind] =
                [.delivered, .deliveryFailed(.badRequest)]
                + [.received, .accepted, .started, .ended, .missed].map { Sample.call($0) }
            let people: [(phone: PhoneNumber?, lid: PhoneNumber?)] = [
                (phone, nil), (phone, lid), (nil, lid), (nil, nil),
            ]
            return kinds.flatMap { kind in people.map { (kind, $0) } }.enumerated().map { index, said in
                var event = CallEvent(
                    said.0, phone: said.1.phone, lid: said.1.lid, ids: ["M1"], error: "Call e\(index)")
                switch said.0 {
                case .delivered, .deliveryFailed: (event.ids, event.zaapId) = (["M1", "Z1.1"], "Z1.1")
                case .call, .reply, .disconnected, .connected, .registrationCodeRequested, .other: break
                }
                return Sample.incoming(event, key: "\(index)", at: 5 + index)
            }
        }

        @Test(arguments: 1...15)
        func `events of a call in doubt lead to the same end in any order, whoever they name`(
            _ seed: UInt64
        ) async throws {
            var random = SplitMix64(seed: seed)
            let all = try Self.hiddenEvents(phone: try Sample.phone(0))
            let chosen = Array(all.shuffled(using: &random).prefix(Int.random(in: 2...4, using: &random)))
            var ends: Set<[String]> = []
            for _ in 1...6 {
                let order = chosen.shuffled(using: &random)
                let before = Int.random(in: 0...order.count, using: &random)
                ends.insert(
                    try await Self.end(of: order, before: before) { call in
                        let reply = CallReply(verdict: .inDoubt(.noReply), error: "timeout")
                        return Sample.result(call, reply, .inDoubt(.noReply))
                    })
            }
            #expect(ends.count == 1, "\(chosen.map { ($0.event.kind, $0.event.phone, $0.event.lid) }): \(ends)")
        }

        /// What can be said about a person, by an `@lid` that one event says is theirs.
        private static func lidEvents(phone: PhoneNumber) throws -> [IncomingEvent] {
            let lid = try #require(PhoneNumber(text: "77@lid"))
            let kinds: [CallEvent.Kind] = [
                Sample.call(.missed), Sample.call(.accepted), Sample.call(.missed, .incoming), Sample.text("oi"),
                Sample.text("me deixa em paz"), .reply(Reply(form: .media, text: "")),
            ]
            let hidden = kinds.enumerated().map { index, kind in
                Sample.incoming(CallEvent(kind, lid: lid), key: "\(index)", at: 20 + index)
            }
            let link = CallEvent(.delivered, phone: phone, lid: lid, ids: Sample.ids)
            return hidden + [Sample.incoming(link, key: "link", at: 40)]
        }

        @Test(arguments: 1...10)
        func `events that name only an lid lead to the same end whenever it becomes known whose it is`(
            _ seed: UInt64
        ) async throws {
            var random = SplitMix64(seed: seed)
            let all = try Self.lidEvents(phone: try Sample.phone(0))
            let chosen = all.dropLast().shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random))
            var ends: Set<[String]> = []
            for _ in 1...5 {
                let order = (chosen + all.suffix(1)).shuffled(using: &random)
                ends.insert(try await Self.end(of: order, before: 0))
            }
            #expect(ends.count == 1, "\(chosen.map(\.event.kind)): \(ends)")
        }

        /// The end when some events come before the result of the call, and the others after it.
        private static func end(
            of order: [IncomingEvent], before: Int, result: (ClaimedCall) -> AttemptResult = { Sample.accepted($0) }
        ) async throws -> [String] {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: 1)
                return try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let calls = try await store.claim(1)
                    for event in order.prefix(before) { _ = try await store.receive([event]) }
                    try await store.record(calls.map(result))
                    _ = try await store.receive(Array(order.dropFirst(before)))
                    return try database.contacts()
                        + database.lines(
                            """
                            SELECT outcome, zaap_id, message_id, delivery, delivery_reason, delivery_error, delivered_at,
                                answer, answered_at FROM attempt
                            """)
                        + database.lines("SELECT answered_at, called_back_at, replied_at FROM contact_row")
                        + database.lines("SELECT key, state, contact_id, number FROM event ORDER BY key")
                        + database.lines("SELECT type, events FROM event_total")
                        + database.lines("SELECT form, level, received_at FROM reply ORDER BY received_at")
                }
            }
        }
    }
}
