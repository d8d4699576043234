import CampaignCore
import GRDB
import Testing

@testable import CampaignStore

/// Values for tests of events.
extension Sample {
    /// An event as it arrives, half a minute after ``now``.
    static func incoming(
        _ event: CallEvent, key: String = "k", at seconds: Int = 30, instance: String = "A"
    ) -> IncomingEvent {
        IncomingEvent(
            instance: instance, type: "Test", key: key, event: event, body: Array("{\"key\":\"\(key)\"}".utf8),
            receivedAt: later(seconds))
    }

    /// The ids that ``accepted(_:zaapId:)`` gives the first call of the first contact.
    static let ids = ["Z1.1", "M1"]

    static func call(
        _ phase: CallNotification.Phase, _ direction: CallNotification.Direction = .outgoing
    ) -> CallEvent.Kind {
        .call(CallNotification(phase: phase, direction: direction))
    }

    static func text(_ text: String) -> CallEvent.Kind { .reply(Reply(form: .text, text: text)) }
}

extension TemporaryDatabase {
    /// What is known of the contacts, a text each: state, reason, delivery, its error, answer, called back, replied.
    func contacts() throws -> [String] {
        try lines(
            """
            SELECT state, reason, delivery, delivery_error, answer, iif(called_back_at IS NULL, NULL, 'called_back'),
                iif(replied_at IS NULL, NULL, 'replied')
            FROM contact_row ORDER BY id
            """)
    }

    /// The events, a text each: state, remark, call.
    func events() throws -> [String] {
        try lines("SELECT state, remark, contact_id || '.' || number FROM event ORDER BY id")
    }

    /// Rows, each as the words that it has.
    func lines(_ sql: String) throws -> [String] {
        try rows(sql).map { row in
            row.compactMap { $0.isNull ? nil : String.fromDatabaseValue($0) ?? "\($0)" }.joined(separator: " ")
        }
    }

    /// A store with this many contacts, of which `calls` have been accepted; the rest are ready.
    func withCalls<T>(
        _ calls: Int = 1, contacts: Int = 1, _ body: (CampaignStore) async throws -> T
    ) async throws -> T {
        try await fill(contacts: contacts)
        return try await opened { store in
            _ = try await store.begin(Sample.start())
            try await store.record(try await store.claim(calls).map { Sample.accepted($0) })
            return try await body(store)
        }
    }
}

extension CampaignStore {
    /// Receives one event.
    @discardableResult
    func receive(
        _ event: CallEvent, key: String = "k", at seconds: Int = 30, instance: String = "A"
    ) async throws -> EventReceipt {
        let receipts = try await receive([Sample.incoming(event, key: key, at: seconds, instance: instance)])
        return try #require(receipts.first)
    }

    /// Changes the database through the connection that writes.
    func change(_ sql: String) async throws {
        try await write { db in try db.execute(sql: sql) }
    }
}

extension StoreReader {
    /// Replies, the latest first.
    func replies(_ choice: ReplyChoice = ReplyChoice()) throws -> [ReplyEntry] {
        var replies: [ReplyEntry] = []
        try forEachReply(choice) { replies.append($0) }
        return replies
    }
}
