import Foundation

/// Why a webhook got no answer.
package enum MissingAnswer: String, Codable, Sendable, Error {
    /// Nobody listens: no byte of it has left.
    case unreachable
    /// The connection ended before the answer came: nobody knows whether it was taken.
    case cut
    /// It took too long.
    case late
}

/// What a webhook says, apart from when it was sent: repeats have the same content, and no other webhook has.
package struct WebhookContent: Sendable {
    /// It in a few characters.
    package let digest: String
    /// The number or `@lid` that it is about; nil when it names none.
    package let phone: String?
    /// What the person wrote, or the button that they pressed; nil for anything else.
    package let text: String?
    /// Its type.
    package let type: String
    /// What it says beyond its type, as in the ledger.
    package let event: String?
    /// The ids that it has.
    package let ids: [String]
    /// Who began the call that it is about, `outgoing` being the instance; nil where it does not say.
    package let callDirection: String?

    /// Nil for a body that the simulator has not sent.
    package init?(received body: [UInt8]) {
        guard let body = try? JSONDecoder().decode(WebhookBody.self, from: Data(body)) else { return nil }
        self.init(body)
    }

    init(_ body: WebhookBody) {
        var timeless = body
        timeless.momment = nil
        // What names neither a message nor a person can happen again, in another second.
        let isOccurrence = body.messageId == nil && body.ids == nil && body.type != Self.unknownType
        let second = isOccurrence ? body.momment?.seconds : nil
        digest = Self.digest((try? timeless.encoded()) ?? Data(), second: second)
        phone = body.phone
        text = body.text?.message ?? body.buttonsResponseMessage?.message
        type = body.type
        event = body.event
        ids = [body.zaapId, body.messageId].compactMap(\.self) + (body.ids ?? [])
        callDirection = body.callDirection
    }

    /// The type of webhooks of a kind that nobody knows.
    static let unknownType = "SomethingNewCallback"

    /// FNV-1a, 64 bits.
    private static func digest(_ bytes: Data, second: Int64?) -> String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes + Data("\(second ?? 0)".utf8) {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 16)
    }
}
