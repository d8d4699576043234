import CampaignCore
import Testing

@Suite struct `Why a call was not delivered` {
    struct Documented: Sendable, CustomTestStringConvertible {
        var text: String
        var failure: DeliveryFailure
        var testDescription: String { text }
    }

    /// The texts of the documentation that may bear on a call.
    static let documented: [Documented] = [
        Documented(text: "Phone number does not exist", failure: .noWhatsApp),
        Documented(text: "Message has not been sent because it got invalid phone number", failure: .noWhatsApp),
        Documented(text: "Phone 5511987654321 got invalid phone number", failure: .noWhatsApp),
        Documented(
            text: "It was not possible to send message to queue due to request error.", failure: .notQueued),
        Documented(text: "Timeout on send message", failure: .unknown),
        Documented(text: "Error on send message", failure: .unknown),
        Documented(text: "Whatsapp rejected sending this message", failure: .rejectedByWhatsApp),
        Documented(text: "Whatsapp did not allow sending this message", failure: .rejectedByWhatsApp),
        Documented(text: "Did not have permission to send this message.", failure: .rejectedByWhatsApp),
        Documented(text: "Does not have permission to send the message", failure: .rejectedByWhatsApp),
        Documented(text: "The message was not sent due to a likely shadow ban", failure: .shadowBan),
        Documented(text: "Message not send caused by invalid media url", failure: .badAudio),
        Documented(text: "Got a 404 error while trying to send message", failure: .badAudio),
        Documented(
            text: "The url informed is not a valid url in the media format, apparently it can be an html",
            failure: .badAudio),
        Documented(text: "Call not available to channels.", failure: .badRequest),
        Documented(text: "Call with audio not available to channels.", failure: .badRequest),
        Documented(text: "Message has not been sent because it got invalid request params.", failure: .badRequest),
        Documented(text: "This type of message can only be sent in groups", failure: .other),
        Documented(text: "You can't message this group as you don't have permission", failure: .other),
        Documented(
            text: "You must accept buttons message terms in panel to send this message.", failure: .other),
        Documented(
            text: "Message has not been sent because an error occurred in the conversion", failure: .other),
        Documented(
            text: "Product message has not been sent because provided catalog phone must not be a lid.",
            failure: .other),
        Documented(
            text: "Update order has not been sent because it received invalid request data.", failure: .other),
    ]

    @Test(arguments: documented)
    func `is what the documentation says, with or without slips`(documented: Documented) {
        let text = documented.text
        let slips = [
            text, text.uppercased(), text.lowercased(), "  \(text)\n", "\(text).", "\(text): try again later (id 7)",
            "Error: \(text)", "\"\(text)\"", text.split(separator: " ").joined(separator: "  "),
            text.replacing("Whatsapp", with: "WhatsApp"), text.replacing("Whatsapp", with: "Whats App"),
            text.replacing("this message", with: "the message"),
            text.replacing("send message", with: "send the message"),
            text.replacing("id not", with: "idn't"), text.replacing("oes not", with: "oesn’t"),
            text.replacing("does not exist", with: "5511987654321 does not exist"),
        ]
        for slip in slips { #expect(DeliveryFailure(error: slip, code: nil) == documented.failure, "\(slip)") }
    }

    @Test(arguments: documented)
    func `is a shadow ban for every code that says so, whatever the text`(documented: Documented) {
        for code in ["SHADOW_BAN", "SHADOW_", "SHADOW_BAN_CALLS", "shadow_ban", " SHADOW_RESTRICTION "] {
            #expect(DeliveryFailure(error: documented.text, code: code) == .shadowBan, "\(code)")
        }
        for code in ["", " ", "SHADOW", "NO_SHADOW_BAN", "BAN", "404"] {
            #expect(DeliveryFailure(error: documented.text, code: code) == documented.failure, "\(code)")
        }
    }

    @Test(arguments: [
        "", " ", ".", "null", "erro", "🙂", "\u{0}", "permission", "WhatsApp", "404", "5511987654321", "html",
    ])
    func `is another one for a text that says nothing known`(text: String) {
        #expect(DeliveryFailure(error: text, code: nil) == .other)
    }

    @Test(arguments: [
        ("Whatsapp rejected sending this message due to a likely shadow ban", DeliveryFailure.shadowBan),
        ("Timeout on send message: it was not possible to send message to queue", .unknown),
        ("Error on send message: phone number does not exist", .unknown),
        ("The phone number 5511987654404 error on send message", .unknown),
        ("request timed out", .unknown),
    ])
    func `is never taken for harmless when the text also says that it is not known`(
        text: String, failure: DeliveryFailure
    ) {
        #expect(DeliveryFailure(error: text, code: nil) == failure)
    }

    @Test func `does not depend on what a text of any length goes on to say`() {
        let long = String(repeating: "x ", count: 100_000)
        #expect(DeliveryFailure(error: "Timeout on send message " + long, code: nil) == .unknown)
        #expect(DeliveryFailure(error: long + "Timeout on send message", code: nil) == .other)
    }

    @Test func `has the reason's code as its name in the database and in reports`() {
        let codes = DeliveryFailure.allCases.map(\.rawValue)
        #expect(
            codes == [
                "no_whatsapp", "not_queued", "delivery_unknown", "rejected_by_whatsapp", "shadow_ban", "bad_audio",
                "bad_request", "other",
            ])
    }
}
