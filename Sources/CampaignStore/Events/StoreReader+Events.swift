package import CampaignCore
import Foundation
import GRDB

/// An event, as it is shown.
package struct EventEntry: Hashable, Sendable {
    /// Its number in the database.
    package var id: Int64
    /// Z-API's id of the instance.
    package var instance: String
    /// In the payload's words.
    package var type: String
    package var receivedAt: Timestamp
    package var state: EventState
    /// Why it changed nothing, or less than it says; nil when there is nothing to remark.
    package var remark: EventRemark?
    /// The call that it belongs to; nil when it belongs to none.
    package var attempt: AttemptID?
}

/// How many events of one kind an instance has sent, ever.
package struct EventTotal: Hashable, Sendable {
    /// Z-API's id of the instance.
    package var instance: String
    /// In the payload's words.
    package var type: String
    package var events: Int
    package var lastAt: Timestamp
}

/// Whether anything is heard of an instance's calls.
package struct InstanceHearing: Hashable, Sendable {
    /// Z-API's id of the instance.
    package var instance: String
    /// The name that a campaign last gave it.
    package var name: String
    /// When its last webhook arrived; nil: none has.
    package var lastEventAt: Timestamp?
    /// When its last webhook about a call arrived; nil: none has.
    package var lastCallEventAt: Timestamp?
    /// Since when nothing was heard of calls: since then, or since it has an address if nothing ever was.
    package var since: Timestamp
    /// How many calls it has begun since then: in whole quarters of an hour, the one of that event not included.
    package var callsSince: Int
    /// Until when it must rest because of what webhooks said; nil when it need not.
    package var rest: InstanceRest?

    package init(instance: String, name: String, since: Timestamp, callsSince: Int) {
        self.instance = instance
        self.name = name
        self.since = since
        self.callsSince = callsSince
    }
}

extension StoreReader {
    /// How many events came, by instance and kind; the most frequent first.
    package func eventTotals() throws(StoreError) -> [EventTotal] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT instance.zapi_id, type, events, last_at FROM event_total
                    JOIN instance ON instance.id = event_total.instance_id ORDER BY zapi_id, events DESC, type
                    """
            ).map { row in
                EventTotal(
                    instance: try row.decode(atIndex: 0), type: try row.decode(atIndex: 1),
                    events: try row.decode(atIndex: 2), lastAt: Timestamp(milliseconds: try row.decode(atIndex: 3)))
            }
        }
    }

    /// How many of the events that are kept are in each state. Reads all of them.
    package func eventCounts() throws(StoreError) -> [EventState: Int] {
        try read { db in
            var counts: [EventState: Int] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT state, count(*) FROM event GROUP BY state") {
                counts[try StoredValue.word(row.decode(atIndex: 0))] = try row.decode(atIndex: 1)
            }
            return counts
        }
    }

    /// How many calls went out of which nobody has told whether they were answered, `enough` at most; nil as soon as that
    /// was told of any call, in any campaign.
    package func callsWithoutAnswer(enough: Int) throws(StoreError) -> Int? {
        try read { db in
            // contact_by_outcome, once for each campaign and each of the two.
            let isTold = try Int.fetchOne(
                db,
                sql: """
                    SELECT 1 FROM campaign_row AS campaign WHERE EXISTS (
                        SELECT 1 FROM contact_row AS contact
                        WHERE contact.campaign_id = campaign.id AND delivery = 'delivered' AND answer IS NOT NULL)
                    LIMIT 1
                    """)
            guard isTold == nil else { return nil }
            return try Int.fetchOne(
                db,
                sql: """
                    SELECT count(*) FROM (
                        SELECT 1 FROM campaign_row AS campaign
                        CROSS JOIN contact_row AS contact ON contact.campaign_id = campaign.id
                        WHERE contact.delivery = 'delivered' LIMIT :enough)
                    """,
                arguments: ["enough": enough])
        }
    }

    /// The latest events, the latest first.
    ///
    /// - Parameters:
    ///   - state: only those in this state; nil means all.
    ///   - limit: the maximum number.
    package func latestEvents(in state: EventState? = nil, limit: Int) throws(StoreError) -> [EventEntry] {
        try read { db in
            // The table from its end.
            try Self.events(
                db, "(:state IS NULL OR event.state = :state) ORDER BY event.id DESC LIMIT :limit",
                ["state": state?.rawValue, "limit": limit])
        }
    }

    /// The events after one, in the order of their arrival.
    ///
    /// - Parameters:
    ///   - event: the last one that is known; 0 for the first.
    ///   - limit: the maximum number.
    package func events(after event: Int64, limit: Int) throws(StoreError) -> [EventEntry] {
        try read { db in
            try Self.events(
                db, "event.id > :event ORDER BY event.id LIMIT :limit", ["event": event, "limit": limit])
        }
    }

    /// The body of an event, byte for byte; nil when it has been removed.
    package func body(ofEvent event: Int64) throws(StoreError) -> [UInt8]? {
        try read { db in
            try Data.fetchOne(db, sql: "SELECT body FROM event_body WHERE event_id = :id", arguments: ["id": event])
                .map { [UInt8]($0) }
        }
    }

    /// What is heard of each instance that has an address for webhooks.
    package func hearing(now: Timestamp) throws(StoreError) -> [InstanceHearing] {
        try read { db in
            // As many rows as instances.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, zapi_id, name, last_event_at, last_call_event_at,
                        (SELECT min(created_at) FROM webhook_address WHERE instance_id = instance.id)
                    FROM instance WHERE id IN (SELECT instance_id FROM webhook_address) ORDER BY zapi_id
                    """)
            return try rows.map { row in
                let id: Int64 = try row.decode(atIndex: 0)
                let lastAboutCall = StoredValue.moment(try row.decode(atIndex: 4))
                let since = try lastAboutCall ?? Timestamp(milliseconds: row.decode(atIndex: 5))
                // By primary key.
                let calls = try Int.fetchOne(
                    db,
                    sql: "SELECT ifnull(sum(calls), 0) FROM instance_use WHERE instance_id = :id AND quarter > :since",
                    arguments: ["id": id, "since": QuarterHourUse.quarter(of: since)])
                var hearing = InstanceHearing(
                    instance: try row.decode(atIndex: 1), name: try row.decode(atIndex: 2), since: since,
                    callsSince: calls ?? 0)
                hearing.lastEventAt = StoredValue.moment(try row.decode(atIndex: 3))
                hearing.lastCallEventAt = lastAboutCall
                hearing.rest = try InstanceRows.rest(db, of: id, at: now)
                return hearing
            }
        }
    }

    /// The events about a person, in the order of their arrival.
    static func events(_ db: Database, ofPersons persons: [Int64]) throws -> [EventEntry] {
        // event_by_person.
        try events(
            db, "event.person IN (SELECT value FROM json_each(:persons)) ORDER BY event.id",
            ["persons": StoredValue.json(persons)])
    }

    private static func events(
        _ db: Database, _ condition: String, _ arguments: StatementArguments
    ) throws -> [EventEntry] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT event.id, instance.zapi_id, event.type, event.received_at, event.state, event.remark,
                    event.contact_id, event.number
                FROM event CROSS JOIN instance ON instance.id = event.instance_id WHERE \(condition)
                """,
            arguments: arguments
        ).map(eventEntry)
    }

    /// Reads an event from the first eight columns of ``events(_:_:_:)``.
    static func eventEntry(_ row: Row) throws -> EventEntry {
        var entry = EventEntry(
            id: try row.decode(atIndex: 0), instance: try row.decode(atIndex: 1), type: try row.decode(atIndex: 2),
            receivedAt: Timestamp(milliseconds: try row.decode(atIndex: 3)),
            state: try StoredValue.word(row.decode(atIndex: 4)))
        entry.remark = try row.decode(String?.self, atIndex: 5).map { try StoredValue.word($0) }
        if let contact = try row.decode(Int64?.self, atIndex: 6) {
            entry.attempt = AttemptID(contact: contact, number: try row.decode(atIndex: 7))
        }
        return entry
    }
}
