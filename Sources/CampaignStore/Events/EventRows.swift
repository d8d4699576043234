import CampaignCore
import GRDB

/// What became of an event. The words are stored in the database and shown.
package enum EventState: String, CaseIterable, Sendable, Codable {
    /// It belongs to a call, a person or the instance.
    case applied
    /// It may belong to a call whose result is still to come.
    case parked
    /// It belongs to nothing that is known.
    case unmatched
    /// A kind that changes nothing.
    case other
}

/// Where an event belongs.
struct EventPlace {
    var state: EventState
    var remark: EventRemark?
    /// Whose it is: an identity, or an `@lid`.
    var person: Int64?
    var attempt: AttemptID?

    init(_ state: EventState, _ remark: EventRemark? = nil, person: Int64? = nil, attempt: AttemptID? = nil) {
        self.state = state
        self.remark = remark
        self.person = person
        self.attempt = attempt
    }
}

/// The rows of events.
enum EventRows {
    /// Longer words of payloads are cut off.
    static let longestType = 100

    /// Whether an event of the instance has this key. By the unique index.
    static func isKnown(_ db: Database, _ key: String, instance: Int64) throws -> Bool {
        let statement = try HotStatement(db, "SELECT 1 FROM event WHERE instance_id = ? AND key = ?")
        statement.bind(instance, at: 1)
        statement.bind(key, at: 2)
        return try statement.firstNumber() != nil
    }

    /// - Returns: the event's row.
    static func insert(
        _ db: Database, _ incoming: IncomingEvent, _ place: EventPlace, instance: Int64
    ) throws -> Int64 {
        let event = try HotStatement(
            db,
            """
            INSERT INTO event (instance_id, key, type, received_at, state, remark, person, contact_id, number)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        event.bind(instance, at: 1)
        event.bind(incoming.key, at: 2)
        event.bind(String(incoming.type.prefix(longestType)), at: 3)
        event.bind(incoming.receivedAt.milliseconds, at: 4)
        bind(place, to: event, from: 5)
        try event.run()
        let row = db.lastInsertedRowID
        let body = try HotStatement(db, "INSERT INTO event_body (event_id, received_at, body) VALUES (?, ?, ?)")
        body.bind(row, at: 1)
        body.bind(incoming.receivedAt.milliseconds, at: 2)
        body.bind(bytes: incoming.body, at: 3)
        try body.run()
        return row
    }

    /// Gives an event another place. By rowid.
    static func move(_ db: Database, _ row: Int64, to place: EventPlace) throws {
        let statement = try HotStatement(
            db,
            """
            UPDATE event SET state = ?1, remark = ?2, person = ifnull(?3, person), contact_id = ?4, number = ?5
            WHERE id = ?6
            """)
        bind(place, to: statement, from: 1)
        statement.bind(row, at: 6)
        try statement.run()
    }

    private static func bind(_ place: EventPlace, to statement: HotStatement, from index: Int32) {
        statement.bind(place.state.rawValue, at: index)
        statement.bind(place.remark?.rawValue, at: index + 1)
        statement.bind(place.person, at: index + 2)
        statement.bind(place.attempt?.contact, at: index + 3)
        statement.bind(place.attempt.map { Int64($0.number) }, at: index + 4)
    }
}

/// The instances that events come from, within one transaction: their rows, and the totals of their events.
final class EventInstances {
    private struct Heard {
        var types: [String: (events: Int64, last: Timestamp)] = [:]
        var last = Timestamp.epoch
        var lastAboutCall: Timestamp?
    }

    private let db: Database
    private var rows: [String: Int64] = [:]
    private var heard: [Int64: Heard] = [:]

    init(_ db: Database) {
        self.db = db
    }

    /// The row of an instance by Z-API's id; it is created if there is none, so that no event is lost.
    func row(of id: String) throws -> Int64 {
        if let row = rows[id] { return row }
        let find = try HotStatement(db, "SELECT id FROM instance WHERE zapi_id = ?")
        find.bind(id, at: 1)
        var row = try find.firstNumber()
        if row == nil {
            let enter = try HotStatement(db, "INSERT INTO instance (zapi_id, name) VALUES (?1, ?1)")
            enter.bind(id, at: 1)
            try enter.run()
            row = db.lastInsertedRowID
        }
        guard let row else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "instance row is gone") }
        rows[id] = row
        return row
    }

    /// Counts an event that has been written.
    func note(_ incoming: IncomingEvent, row: Int64) {
        var instance = heard[row] ?? Heard()
        let type = String(incoming.type.prefix(EventRows.longestType))
        let total = instance.types[type] ?? (0, .epoch)
        instance.types[type] = (total.events + 1, max(total.last, incoming.receivedAt))
        instance.last = max(instance.last, incoming.receivedAt)
        switch incoming.event.kind {
        case .delivered, .deliveryFailed, .call:
            instance.lastAboutCall = max(instance.lastAboutCall ?? .epoch, incoming.receivedAt)
        case .reply, .disconnected, .connected, .registrationCodeRequested, .other: break
        }
        heard[row] = instance
    }

    /// Writes the totals. By primary keys.
    func finish() throws {
        let last = try HotStatement(
            db,
            """
            UPDATE instance SET last_event_at = max(ifnull(last_event_at, 0), ?1),
                last_call_event_at = iif(?2 IS NULL, last_call_event_at, max(ifnull(last_call_event_at, 0), ?2))
            WHERE id = ?3
            """)
        let total = try HotStatement(
            db,
            """
            INSERT INTO event_total (instance_id, type, events, last_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (instance_id, type)
                DO UPDATE SET events = events + excluded.events, last_at = max(last_at, excluded.last_at)
            """)
        for (row, instance) in heard {
            last.bind(instance.last.milliseconds, at: 1)
            last.bind(instance.lastAboutCall?.milliseconds, at: 2)
            last.bind(row, at: 3)
            try last.run()
            for (type, count) in instance.types {
                total.bind(row, at: 1)
                total.bind(type, at: 2)
                total.bind(count.events, at: 3)
                total.bind(count.last.milliseconds, at: 4)
                try total.run()
            }
        }
    }
}
