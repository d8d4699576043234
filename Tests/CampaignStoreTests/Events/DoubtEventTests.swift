import CampaignCore
import Testing

@testable import CampaignStore

extension StoreTests {
    @Suite struct DoubtEventTests {
        /// A store with contacts whose call is in doubt.
        private func withDoubts<T>(
            _ contacts: Int = 1, retries: Bool = false, _ body: (TemporaryDatabase, CampaignStore) async throws -> T
        ) async throws -> T {
            try await TemporaryDatabase.with { database in
                try await database.fill(contacts: contacts)
                return try await database.opened { store in
                    _ = try await store.begin(Sample.start())
                    let reply = CallReply(verdict: .inDoubt(.noReply), error: "timeout")
                    let decision: CallDecision.Contact =
                        retries ? .retry(after: .seconds(60), counts: .attempt) : .inDoubt(.noReply)
                    try await store.record(try await store.claim(contacts).map { Sample.result($0, reply, decision) })
                    return try await body(database, store)
                }
            }
        }

        struct Row: Sendable {
            var kind: CallEvent.Kind
            var contact: String
        }

        @Test(arguments: [
            Row(kind: Sample.call(.received), contact: "accepted delivered"),
            Row(kind: Sample.call(.accepted), contact: "accepted delivered answered"),
            Row(kind: Sample.call(.missed), contact: "accepted delivered not_answered"),
            Row(kind: Sample.call(.ended), contact: "accepted delivered"),
            Row(kind: .deliveryFailed(.badRequest), contact: "failed bad_request failed Call not available"),
        ])
        func `the only call that fits is settled and gets the event's ids`(_ row: Row) async throws {
            try await withDoubts { database, store in
                var event = CallEvent(
                    row.kind, phone: try Sample.phone(0), ids: ["M", "Z"], error: "Call not available")
                event.zaapId = "Z"
                try await store.receive(event)
                #expect(try database.contacts() == [row.contact])
                #expect(
                    try database.lines("SELECT outcome, zaap_id, message_id, error FROM attempt") == [
                        "accepted Z M timeout"
                    ])
                // From now on it is known by them.
                try await store.receive(CallEvent(Sample.call(.accepted), ids: ["m"]), key: "named", at: 9000)
                #expect(try database.contacts() == ["accepted delivered answered"])
            }
        }

        @Test(arguments: [
            CallEvent.Kind.delivered, .deliveryFailed(.notQueued), .deliveryFailed(.unknown),
            .deliveryFailed(.noWhatsApp),
        ])
        func `what may be about a message of another program settles nothing, and is kept beside the doubt`(
            _ kind: CallEvent.Kind
        ) async throws {
            try await withDoubts { database, store in
                var event = CallEvent(kind, phone: try Sample.phone(0), ids: ["TXTM9", "TXT9"], error: "e")
                event.zaapId = "TXT9"
                #expect(try await store.receive(event, key: "1").effects.isEmpty)
                try await store.receive(CallEvent(kind, phone: try Sample.phone(0), error: "e"), key: "2")
                #expect(try database.contacts() == ["in_doubt no_reply"])
                #expect(try database.lines("SELECT outcome, zaap_id, message_id FROM attempt") == ["in_doubt"])
                #expect(try database.events() == ["unmatched call_or_message 1.1", "unmatched no_id"])
                let details = try database.reader().details(of: Sample.phone(0), campaign: Sample.name)
                #expect(details.events.map(\.remark) == [.callOrMessage, .noId])
            }
        }

        @Test func `what came before the event that settles it counts, where that names its id`() async throws {
            try await withDoubts { database, store in
                let phone = try Sample.phone(0)
                let lid = try #require(PhoneNumber(text: "77@lid"))
                try await store.receive(CallEvent(Sample.call(.started), lid: lid, ids: ["m"]), key: "1")
                let other = try #require(PhoneNumber(text: "78@lid"))
                try await store.receive(CallEvent(Sample.call(.started), lid: other, ids: ["X"]), key: "2")
                var delivered = CallEvent(.delivered, phone: phone, ids: ["M", "Z"])
                delivered.zaapId = "Z"
                try await store.receive(delivered, key: "3")
                #expect(
                    try database.events() == [
                        "unmatched no_call", "unmatched no_call", "unmatched call_or_message 1.1",
                    ])
                let receipt = try await store.receive(
                    CallEvent(Sample.call(.ended), phone: phone, ids: ["M"]), key: "4")
                #expect(receipt.effects.contains(.contactsChanged(campaign: Sample.name)))
                #expect(try database.contacts() == ["accepted delivered answered"])
                #expect(
                    try database.events() == ["applied 1.1", "unmatched no_call", "applied 1.1", "applied ended 1.1"])
                #expect(try database.lines("SELECT outcome, zaap_id, message_id FROM attempt") == ["accepted Z M"])
                // The strange one still waits for a call that has its id.
                #expect(try database.text("SELECT count(*) FROM parked_event") == "1")
            }
        }

        @Test func `what belongs to nothing is kept only while a call of that time lacks an id`() async throws {
            try await withDoubts { database, store in
                let stranger = try Sample.phone(5)
                let kind = Sample.call(.started)
                try await store.receive(CallEvent(kind, phone: stranger, ids: ["X"]), key: "1", at: 137)
                try await store.receive(CallEvent(kind, phone: stranger), key: "2")
                try await store.receive(CallEvent(kind, phone: stranger, ids: ["X"]), key: "3", instance: "B")
                #expect(try database.text("SELECT count(*) FROM parked_event") == "0")
            }
        }

        @Test func `without ids it is settled too, and stays known as a doubt that an event has settled`() async throws
        {
            try await withDoubts { database, store in
                try await store.receive(CallEvent(Sample.call(.accepted), phone: try Sample.phone(0)))
                #expect(try database.contacts() == ["accepted delivered answered"])
                #expect(try database.lines("SELECT outcome, answer FROM attempt") == ["in_doubt answered"])
            }
        }

        @Test func `an event of another person, instance or time settles nothing`() async throws {
            try await withDoubts { database, store in
                let phone = try Sample.phone(0)
                let kind = Sample.call(.accepted)
                try await store.receive(CallEvent(kind, phone: try Sample.phone(5), ids: ["X"]), key: "1")
                try await store.receive(CallEvent(kind, phone: phone, ids: ["X"]), key: "2", instance: "B")
                try await store.receive(CallEvent(kind, phone: phone, ids: ["X"]), key: "3", at: 136)
                try await store.receive(CallEvent(kind, ids: ["X"]), key: "4")
                #expect(try database.contacts() == ["in_doubt no_reply"])
            }
        }

        @Test
        func `a contact that waits to be called again after a doubt is not, once its call is known to have gone out`()
            async throws
        {
            try await withDoubts(2, retries: true) { database, store in
                try await store.receive(
                    CallEvent(Sample.call(.received), phone: try Sample.phone(0), ids: ["X"]), key: "1")
                try await store.receive(
                    CallEvent(.deliveryFailed(.badRequest), phone: try Sample.phone(1), ids: ["Y"], error: "Call e"),
                    key: "2")
                #expect(try database.contacts() == ["accepted delivered", "ready failed Call e"])
                #expect(try await store.claim(2, at: Sample.later(100)).map(\.attempt.contact) == [2])
                #expect(try database.contacts() == ["accepted delivered", "dialing"])
            }
        }
    }
}
