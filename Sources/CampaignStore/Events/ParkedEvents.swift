import CampaignCore
import Foundation
import GRDB

/// Events that came before the result of the call that they may belong to, or before its ids were known, or before it
/// was known whose `@lid` they name.
enum ParkedEvents {
    /// How long an event waits for a call that does not come.
    static let longestWait = Duration.seconds(3600)
    /// The most that one transaction gives up.
    private static let maxAtOnce = 100

    /// Keeps an event that has been written, if more may be learned about its call.
    static func park(
        _ db: Database, _ incoming: IncomingEvent, _ place: EventPlace, instance: Int64, row: Int64
    ) throws {
        let event = incoming.event
        guard try place.state == .parked || isKept(db, event, place, instance, incoming.receivedAt) else { return }
        let parked = try HotStatement(db, "INSERT INTO parked_event (event_id, event) VALUES (?, ?)")
        parked.bind(row, at: 1)
        parked.bind(String(decoding: try JSONEncoder().encode(event), as: UTF8.self), at: 2)
        try parked.run()
        let insert = try HotStatement(
            db, "INSERT INTO parked_key (key, event_id, contact_id, number) VALUES (?, ?, ?, ?)")
        // If its person is not certain, it waits for all calls that are under way now, and for no later one.
        let underWay = try StoredCalls(db).underWay(instance: instance)
        let texts = try event.ids.map(key(ofId:)) + EventPerson(db, event).identities.map(key(ofPerson:))
        let keys = Set(texts).map { ($0, nil as AttemptID?) } + underWay.map { (key(ofCall: $0), $0) }
        for (text, call) in keys {
            insert.bind(text, at: 1)
            insert.bind(row, at: 2)
            insert.bind(call?.contact, at: 3)
            insert.bind(call.map { Int64($0.number) }, at: 4)
            try insert.run()
        }
    }

    /// Looks again at the events that may belong to calls whose results or ids have just been recorded.
    ///
    /// - Returns: what they have changed.
    static func apply(
        _ db: Database, after attempts: [AttemptID], _ feed: BlockFeed
    ) throws -> [LateEvent] {
        guard !attempts.isEmpty, try isAny(db) else { return [] }
        let calls = StoredCalls(db)
        var late: [LateEvent] = []
        for attempt in attempts {
            guard let call = try calls.call(attempt) else { continue }
            let identities = try PersonNumbers(db).all(of: [call.identity])
            let keys = call.candidate.ids.map(key(ofId:)) + identities.map(key(ofPerson:)) + [key(ofCall: attempt)]
            for row in try rows(db, withKeys: keys) {
                guard let event = try event(db, row) else { continue }
                let effects = try apply(db, event, givesUp: false, feed)
                if !effects.isEmpty { late.append(LateEvent(instance: event.zapiId, effects: effects)) }
            }
        }
        return late
    }

    /// What earlier events say once an event has been applied, because of what was learned from it: an id of its call, or
    /// whose `@lid` it names.
    static func effects(
        _ db: Database, of applied: AppliedEvent, _ event: CallEvent, at now: Timestamp, _ feed: BlockFeed
    ) throws -> [EventEffect] {
        var effects: [EventEffect] = []
        if applied.place.attempt != nil, applied.place.state == .applied, let person = applied.place.person, person > 0,
            let lid = event.hiddenPerson
        {
            effects += try PersonLinks(db, feed).learn(person, lid: lid.value, at: now)
        }
        if let call = applied.named { effects += try Self.effects(db, ofNaming: call, feed) }
        return effects
    }

    /// What earlier events say about a call that has just learned an id.
    static func effects(_ db: Database, ofNaming call: AttemptID, _ feed: BlockFeed) throws -> [EventEffect] {
        try apply(db, after: [call], feed).flatMap(\.effects)
    }

    /// What earlier events say about a person some of whose numbers have just become known.
    static func effects(_ db: Database, ofPerson numbers: [Int64], _ feed: BlockFeed) throws -> [EventEffect] {
        guard try isAny(db) else { return [] }
        return try rows(db, withKeys: numbers.map(key(ofPerson:))).flatMap { row in
            try event(db, row).map { try apply(db, $0, givesUp: false, feed) } ?? []
        }
    }

    /// Gives up events that have waited too long.
    static func giveUp(_ db: Database, now: Timestamp, _ feed: BlockFeed) throws {
        // The left end of event_parked.
        let old = try HotStatement(
            db, "SELECT id FROM event WHERE state = 'parked' AND received_at < ? ORDER BY received_at LIMIT ?")
        old.bind(now.advanced(by: .zero - longestWait).milliseconds, at: 1)
        old.bind(Int64(maxAtOnce), at: 2)
        for row in try numbers(old) {
            if let event = try event(db, row) { _ = try apply(db, event, givesUp: true, feed) }
        }
    }

    /// Whether more may become known about an event that belongs to nothing: whose `@lid` it names, or that a call of that
    /// time has its id.
    private static func isKept(
        _ db: Database, _ event: CallEvent, _ place: EventPlace, _ instance: Int64, _ receivedAt: Timestamp
    ) throws -> Bool {
        guard place.state == .unmatched else { return false }
        if event.hiddenPerson != nil { return true }
        if case .reply = event.kind { return false }
        guard !event.ids.isEmpty else { return false }
        return try StoredCalls(db).isAnyUnnamed(
            instance: instance, since: receivedAt.advanced(by: .zero - EventRule.span))
    }

    /// Whether any event waits. Reads the left end of the table.
    private static func isAny(_ db: Database) throws -> Bool {
        try HotStatement(db, "SELECT 1 FROM parked_event LIMIT 1").firstNumber() != nil
    }

    private static func key(ofId id: String) -> String { id.lowercased() }
    private static func key(ofPerson identity: Int64) -> String { "person \(identity)" }
    private static func key(ofCall attempt: AttemptID) -> String { "call \(attempt.contact).\(attempt.number)" }

    /// An event that waits.
    private struct Parked {
        var row: Int64
        var instance: Int64
        var zapiId: String
        var receivedAt: Timestamp
        var event: CallEvent
    }

    /// The events that wait for any of these, in the order of their arrival. Each is read when its turn comes: one that is
    /// applied may take up others, which no longer wait then.
    private static func rows(_ db: Database, withKeys keys: [String]) throws -> [Int64] {
        // By primary key.
        let statement = try HotStatement(db, "SELECT event_id FROM parked_key WHERE key = ?")
        var rows: Set<Int64> = []
        for key in keys {
            statement.bind(key, at: 1)
            rows.formUnion(try numbers(statement))
        }
        return rows.sorted()
    }

    /// - Returns: nil when it does not wait any more.
    private static func event(_ db: Database, _ row: Int64) throws -> Parked? {
        // All by primary key.
        let statement = try HotStatement(
            db,
            """
            SELECT event.instance_id, instance.zapi_id, event.received_at, parked.event FROM parked_event AS parked
            CROSS JOIN event ON event.id = parked.event_id CROSS JOIN instance ON instance.id = event.instance_id
            WHERE parked.event_id = ?
            """)
        statement.bind(row, at: 1)
        guard try statement.step(), let instance = statement.number(0), let zapiId = statement.text(1),
            let receivedAt = statement.number(2), let text = statement.text(3)
        else { return nil }
        statement.leave()
        do {
            let event = try JSONDecoder().decode(CallEvent.self, from: Data(text.utf8))
            return Parked(
                row: row, instance: instance, zapiId: zapiId, receivedAt: Timestamp(milliseconds: receivedAt),
                event: event)
        } catch {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "an event that waits is unreadable")
        }
    }

    /// - Parameter givesUp: whether it is not to wait any longer. One whose person has a call without a result stays
    ///   known all the same: should that result still come, it is looked at again.
    private static func apply(
        _ db: Database, _ parked: Parked, givesUp: Bool, _ feed: BlockFeed
    ) throws -> [EventEffect] {
        var applied: AppliedEvent
        if case .reply(let reply) = parked.event.kind {
            applied = try ReplyEvents(db, feed).apply(
                reply, parked.event, receivedAt: parked.receivedAt, instance: parked.instance)
        } else {
            let calls = CallEvents(db, strangersWait: try !givesUp && isAnyOpen(db, callsFor: parked.row))
            applied = try calls.apply(parked.event, receivedAt: parked.receivedAt, instance: parked.instance)
        }
        let stays = applied.place.state == .parked
        guard !stays || givesUp else { return [] }
        if stays { applied.place = EventPlace(.unmatched, .noCall, person: applied.place.person) }
        try EventRows.move(db, parked.row, to: applied.place)
        if try !stays && !isKept(db, parked.event, applied.place, parked.instance, parked.receivedAt) {
            try remove(db, parked.row)
        }
        return try applied.effects
            + effects(db, of: applied, parked.event, at: parked.receivedAt, feed)
    }

    /// Whether any of the calls that an event waits for has no result yet. By parked_key_by_event; attempt by primary key.
    private static func isAnyOpen(_ db: Database, callsFor event: Int64) throws -> Bool {
        let statement = try HotStatement(
            db,
            """
            SELECT 1 FROM parked_key AS wanted
            CROSS JOIN attempt ON attempt.contact_id = wanted.contact_id AND attempt.number = wanted.number
            WHERE wanted.event_id = ? AND attempt.outcome IS NULL LIMIT 1
            """)
        statement.bind(event, at: 1)
        return try statement.firstNumber() != nil
    }

    /// Forgets what an event said; the event itself stays.
    static func remove(_ db: Database, _ row: Int64) throws {
        for sql in ["DELETE FROM parked_key WHERE event_id = ?", "DELETE FROM parked_event WHERE event_id = ?"] {
            let statement = try HotStatement(db, sql)
            statement.bind(row, at: 1)
            try statement.run()
        }
    }

    private static func numbers(_ statement: HotStatement) throws -> [Int64] {
        var numbers: [Int64] = []
        while try statement.step() { if let number = statement.number(0) { numbers.append(number) } }
        return numbers
    }
}

extension CallEvent {
    /// The `@lid` of a person of whom it says no more.
    fileprivate var hiddenPerson: PhoneNumber? {
        guard let number = phone ?? lid, number.isLid else { return nil }
        return number
    }
}
