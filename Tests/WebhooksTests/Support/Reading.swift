import CampaignCore
import Testing
import Webhooks

/// Bodies, and what the table reads in them.
enum Reading {
    static let instance = "A20DA9C0183A2D35A260F53F5D2B9244"
    /// 2026-11-26T12:00:00Z.
    static let now = Timestamp(milliseconds: 1_795_694_400_000)

    /// The events of a body at the address of `instance`.
    static func events(
        _ body: [UInt8], at receivedAt: Timestamp = now, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> [IncomingEvent] {
        switch WebhookTable.read(body, instance: instance, at: receivedAt) {
        case .events(let events): return events
        case .foreignInstance:
            Issue.record("read as another instance's", sourceLocation: sourceLocation)
            return []
        }
    }

    /// The one event of a body.
    static func event(
        _ body: String, at receivedAt: Timestamp = now, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> IncomingEvent {
        let events = try events(Array(body.utf8), at: receivedAt, sourceLocation: sourceLocation)
        #expect(events.count == 1, sourceLocation: sourceLocation)
        return try #require(events.first, sourceLocation: sourceLocation)
    }

    /// The kind of the one event that the members of a payload make.
    static func kind(_ members: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> CallEvent.Kind {
        try event(payload(members), sourceLocation: sourceLocation).event.kind
    }

    static func payload(_ members: String) -> String {
        #"{"instanceId":"\#(instance)",\#(members)}"#
    }

    static func phone(_ text: String) throws -> PhoneNumber { try #require(PhoneNumber(text: text)) }
}

/// A row of a parameterized test.
struct Row<Result: Sendable>: Sendable, CustomTestStringConvertible {
    var members: String
    var result: Result
    var testDescription: String { members }

    init(_ members: String, _ result: Result) {
        self.members = members
        self.result = result
    }
}
