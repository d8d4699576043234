import CampaignCore
import CampaignStore
import Reports

/// Everything that happened to a person, in the order in which it did.
struct PersonTimeline {
    enum Kind: String, Encodable {
        case imported = "import"
        case block, attempt, event, reply
    }

    struct Entry {
        var at: Timestamp
        var kind: Kind
        /// One sentence.
        var text: String
    }

    private(set) var entries: [Entry] = []

    /// - Parameter body: the body of an event; nil when it has been removed.
    init(_ details: ContactDetails, _ block: BlockEntry?, body: (EventEntry) throws -> [UInt8]?) rethrows {
        if let origin = details.origin {
            let line = origin.line.map { ":\($0)" } ?? ""
            entries.append(Entry(at: origin.importedAt, kind: .imported, text: "Imported from \(origin.file)\(line)."))
        }
        if let block {
            let reason = block.reason.isEmpty ? "" : ": \(TerminalText.line(block.reason))"
            entries.append(Entry(at: block.since, kind: .block, text: "Put on the do-not-call list\(reason)."))
        }
        entries += details.attempts.map { Entry(at: $0.startedAt, kind: .attempt, text: $0.line) }
        for event in details.events {
            let says = event.event(try body(event))?.words ?? "its body has been removed"
            entries.append(
                Entry(
                    at: event.receivedAt, kind: .event,
                    text: "Event \(event.type), \(TimeText.iso(event.receivedAt)): \(says); \(event.fate)"))
        }
        entries += details.replies.map { Entry(at: $0.receivedAt, kind: .reply, text: $0.line) }
        // What happened in the same millisecond stays in this order.
        entries = entries.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// Calls, events and replies: the rest is said elsewhere.
    var lines: [String] {
        entries.filter { [.attempt, .event, .reply].contains($0.kind) }.map(\.text)
    }
}

extension PersonTimeline.Entry: Encodable {
    private enum CodingKeys: CodingKey {
        case at, kind, text
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(at.json(), forKey: .at)
        try container.encode(kind, forKey: .kind)
        try container.encode(text, forKey: .text)
    }
}

extension AttemptRow {
    /// `Attempt 1: 2026-11-26T10:00:00Z through vendas, accepted, HTTP 200, zaapId 3B…, answered 2026-…`.
    var line: String {
        var parts = ["Attempt \(number): \(TimeText.iso(startedAt)) through \(instance)"]
        parts.append(outcome?.rawValue ?? "no result yet")
        parts += reply
        if let receipt { parts.append(receipt.text) }
        return (parts + whatHappened).joined(separator: ", ")
    }

    /// What webhooks say about the call.
    private var whatHappened: [String] {
        let answered = answeredAt.map { " \(TimeText.iso($0))" } ?? ""
        let answer = answer.map { $0.words + answered }
        let delivery = self.answer == nil ? delivery?.words : nil
        return [delivery, deliveryError, answer].compactMap(\.self)
    }
}

extension Delivery {
    /// Whether the call went out.
    var words: String {
        switch self {
        case .delivered: "delivered"
        case .failed: "not delivered"
        case .unknown: "it is not known whether it was delivered"
        }
    }
}

extension Answer {
    /// Whether somebody answered.
    var words: String {
        switch self {
        case .answered: "answered"
        case .notAnswered: "not answered"
        }
    }
}
