import Foundation

/// A reply that is sent.
struct Answer: Sendable, Equatable {
    enum Header: Sendable, Equatable {
        case retryAfter(String)
        case allow(String)
        case location(String)
    }

    var status: Int
    var body: String
    var contentType = "application/json"
    var header: Header?

    /// An error as Z-API writes it: `{"error": "…"}`.
    static func error(_ status: Int, _ sentence: String, _ header: Header? = nil) -> Answer {
        Answer(status: status, body: "{\"error\":\(JSONText.literal(sentence))}", header: header)
    }

    /// A value as JSON; its keys in alphabetical order.
    static func json(_ value: some Encodable) -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Answer(status: 200, body: String(decoding: try encoder.encode(value), as: UTF8.self))
        } catch {
            return .error(500, "The simulator cannot write its reply")
        }
    }
}
