/// Why a call that Z-API had accepted did not go out to WhatsApp, as its delivery event says.
///
/// The texts are those of “On send callback examples” (developer.z-api.io, read 2026). Z-API changes their wording now
/// and then: phrases count, whatever stands before or after them.
package enum DeliveryFailure: String, Hashable, Sendable, Codable, CaseIterable {
    /// The number has no WhatsApp account: it can never be called.
    case noWhatsApp = "no_whatsapp"
    /// Z-API accepted it and then failed to put it into its queue: it certainly did not ring.
    case notQueued = "not_queued"
    /// It may have rung: nobody knows.
    case unknown = "delivery_unknown"
    /// WhatsApp does not let the instance call this person.
    case rejectedByWhatsApp = "rejected_by_whatsapp"
    /// WhatsApp restricts the instance for a time: it must rest.
    case shadowBan = "shadow_ban"
    /// The audio's address does not lead to an audio: a mistake of the whole campaign.
    case badAudio = "bad_audio"
    /// Z-API does not accept the request.
    case badRequest = "bad_request"
    /// A text that is not known.
    case other

    /// Of a longer text, no more is examined.
    private static let longest = 1_000

    /// The failure that an event names.
    ///
    /// - Parameters:
    ///   - error: its `error`, as Z-API sent it.
    ///   - code: its `errorCode`; nil when it has none.
    package init(error: String, code: String?) {
        let code = code?.uppercased().drop(while: \.isWhitespace) ?? ""
        guard !code.hasPrefix("SHADOW_") else {
            self = .shadowBan
            return
        }
        let text = Self.folded(error)
        self = Self.phrases.first { $0.phrases.contains { text.contains(" \($0) ") } }?.failure ?? .other
    }

    /// The words of a text in lower case, each between two spaces; without articles and numbers of phones.
    private static func folded(_ text: String) -> String {
        let plain = String(text.prefix(longest)).lowercased().replacing("’", with: "'").replacing("n't", with: " not")
        let words = plain.split { !$0.isLetter && !$0.isNumber }.filter { word in
            !["a", "an", "the", "this"].contains(word) && !(word.count >= 8 && word.allSatisfy(\.isNumber))
        }
        return " \(words.joined(separator: " ")) ".replacing(" whats app ", with: " whatsapp ")
    }

    /// Folded phrases. Where a text has several, the first failure here counts: what harms the sender, then what leaves
    /// it open whether somebody was called, and only then what says that nobody was.
    private static let phrases: [(failure: DeliveryFailure, phrases: [String])] = [
        (.shadowBan, ["shadow ban", "shadow banned", "shadowban", "shadowbanned"]),
        (
            .unknown,
            [
                "timeout", "time out", "timed out", "error on send message", "error on sending message",
                "error sending message",
            ]
        ),
        (.notQueued, ["not possible to send message to queue"]),
        (
            .noWhatsApp,
            [
                "phone number does not exist", "phone does not exist", "invalid phone number",
                "phone number is invalid", "phone number is not valid",
            ]
        ),
        (
            .rejectedByWhatsApp,
            [
                "whatsapp rejected", "rejected by whatsapp", "whatsapp did not allow", "whatsapp does not allow",
                "did not have permission", "does not have permission", "do not have permission to send",
            ]
        ),
        (
            .badAudio,
            [
                "invalid media url", "media url is invalid", "404 error", "not valid url in media format",
                "can be html", "is html",
            ]
        ),
        (.badRequest, ["not available to channels", "invalid request params", "invalid request parameters"]),
    ]
}
