import Foundation

/// The body of a webhook, with the fields of every kind (Z-API docs, webhook pages, read 2026); those that a kind does
/// not have are left out.
struct WebhookBody: Codable, Sendable {
    /// `momment`, as Z-API spells it.
    enum Moment: Codable, Sendable {
        case number(Int64)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Int64.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }

        /// In whole seconds since 1970; nil for a text that is no number.
        var seconds: Int64? {
            let number: Int64? =
                switch self {
                case .number(let number): number
                case .text(let text): Int64(text)
                }
            return number.map { $0 < 100_000_000_000 ? $0 : $0 / 1_000 }
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .number(let number): try container.encode(number)
            case .text(let text): try container.encode(text)
            }
        }
    }

    struct Text: Codable, Sendable {
        var message: String
    }

    struct Audio: Codable, Sendable {
        var ptt = true
        var seconds = 7
        var audioUrl = "https://example.com/audio.ogg"
        var mimeType = "audio/ogg; codecs=opus"
        var viewOnce = false
    }

    struct ButtonReply: Codable, Sendable {
        var buttonId: String
        var message: String
    }

    var type: String
    var instanceId: String
    /// Set when it is sent.
    var momment: Moment?
    var phone: String?
    var zaapId: String?
    var messageId: String?
    var ids: [String]?
    var status: String?
    var error: String?
    var errorCode: String?
    var disconnected: Bool?
    var connected: Bool?
    var phoneDevice: Int?
    var isGroup: Bool?
    var isNewsletter: Bool?
    var isStatusReply: Bool?
    var isEdit: Bool?
    var waitingMessage: Bool?
    var broadcast: Bool?
    var forwarded: Bool?
    var fromMe: Bool?
    var fromApi: Bool?
    var connectedPhone: String?
    var chatName: String?
    var senderName: String?
    var chatLid: String?
    var senderLid: String?
    var notification: String?
    var notificationParameters: [String]?
    var callId: String?
    var callDirection: String?
    var isVideo: Bool?
    var text: Text?
    var audio: Audio?
    var buttonsResponseMessage: ButtonReply?

    init(_ type: String, instance: String) {
        self.type = type
        instanceId = instance
    }

    /// What it says beyond its type, for the ledger: a notification, a status, or the kind of a message.
    var event: String? {
        if let notification { return notification }
        if text != nil { return "text" }
        if audio != nil { return "audio" }
        if buttonsResponseMessage != nil { return "button" }
        return error == nil ? status : "error"
    }

    /// The names in `messageFilters` that silence it.
    var messageFilters: Set<String> {
        guard type == "ReceivedCallback" else { return [] }
        var names: Set = [isGroup == true ? "FILTER_FROM_GROUP" : "FILTER_FROM_PRIVATE_CHAT"]
        if text != nil { names.insert("FILTER_TEXT_MESSAGE") }
        if audio != nil { names.insert("FILTER_AUDIO_MESSAGE") }
        return names
    }

    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
