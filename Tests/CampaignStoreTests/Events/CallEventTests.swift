import CampaignCore
import CampaignStore
import Testing

extension StoreTests {
    @Suite struct CallEventTests {
        struct Row: Sendable, CustomTestStringConvertible {
            var kind: CallEvent.Kind
            var contact: String
            var testDescription: String { "\(kind)" }
        }

        @Test(arguments: [
            Row(kind: .delivered, contact: "accepted delivered"),
            Row(kind: .deliveryFailed(.noWhatsApp), contact: "failed no_whatsapp failed text"),
            Row(kind: .deliveryFailed(.notQueued), contact: "failed not_queued failed text"),
            Row(kind: .deliveryFailed(.unknown), contact: "in_doubt delivery_unknown unknown text"),
            Row(kind: .deliveryFailed(.rejectedByWhatsApp), contact: "failed rejected_by_whatsapp failed text"),
            Row(kind: .deliveryFailed(.shadowBan), contact: "failed shadow_ban failed text"),
            Row(kind: .deliveryFailed(.badAudio), contact: "failed bad_audio failed text"),
            Row(kind: .deliveryFailed(.badRequest), contact: "failed bad_request failed text"),
            Row(kind: .deliveryFailed(.other), contact: "failed other failed text"),
            Row(kind: Sample.call(.received), contact: "accepted delivered"),
            Row(kind: Sample.call(.accepted), contact: "accepted delivered answered"),
            Row(kind: Sample.call(.started), contact: "accepted delivered answered"),
            Row(kind: Sample.call(.missed), contact: "accepted delivered not_answered"),
            Row(kind: Sample.call(.ended), contact: "accepted delivered"),
            Row(kind: Sample.call(.missed, .unknown), contact: "accepted delivered not_answered"),
            Row(kind: Sample.call(.accepted, .incoming), contact: "accepted delivered answered"),
        ])
        func `an event with a call's id changes that call and its contact`(_ row: Row) async throws {
            for ids in [["M1"], ["m1"], ["z1.1", "M1"], ["other", "m1"], ["Z1.1"]] {
                try await TemporaryDatabase.with { database in
                    try await database.withCalls(2, contacts: 2) { store in
                        let event = CallEvent(
                            row.kind, phone: try Sample.phone(0), ids: ids, error: "text")
                        let receipt = try await store.receive(event)
                        #expect(receipt.isNew)
                        #expect(try database.contacts() == [row.contact, "accepted"], "\(ids)")
                        #expect(try await store.receive(event).isNew == false)
                        #expect(try database.contacts() == [row.contact, "accepted"])
                        #expect(try database.text("SELECT count(*) FROM event") == "1")
                        #expect(try database.text("SELECT CAST(body AS TEXT) FROM event_body") == "{\"key\":\"k\"}")
                    }
                }
            }
        }
    }
}
