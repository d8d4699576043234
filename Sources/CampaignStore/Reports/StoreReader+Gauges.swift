package import CampaignCore
import GRDB

/// The contacts of a campaign whose turn has come.
package struct DueContacts: Hashable, Sendable {
    /// How many; at least so many if the counting stopped there.
    package var count: Int
    /// Since when the one is due that is due longest; nil when none is.
    package var since: Timestamp?

    package init(count: Int = 0, since: Timestamp? = nil) {
        self.count = count
        self.since = since
    }
}

/// An instance that has been checked, or has limits of the day.
package struct InstanceGauge: Hashable, Sendable {
    /// Z-API's id.
    package var id: String
    /// The name that a campaign last gave it.
    package var name: String
    /// Its condition when a run last checked; nil when no run has.
    package var condition: InstanceCondition.Word?
    /// Its limits, if there are any of the day: the strictest of all campaigns that share it.
    package var limits: InstanceLimits?
    /// The quarters of an hour in which it was used that these limits need.
    package var uses: [QuarterHourUse] = []
    /// The time zone in which the days of the active campaign begin that uses it; nil is the machine's own.
    package var timeZone: String?
}

/// What is asked for every few seconds by whoever watches a service: nothing here reads all contacts or all calls.
extension StoreReader {
    /// Where the counting of contacts stops that are due.
    package static let mostDueCounted = 10_000
    /// No day of any time zone began before this.
    private static let longestDay = Duration.seconds(3 * 24 * 3600)

    /// The contacts of a campaign whose turn has come.
    ///
    /// - Parameter ready: how many are ready, as is kept.
    package func dueContacts(campaign name: String, ready: Int, at now: Timestamp) throws(StoreError) -> DueContacts {
        try read { db in
            let campaign = try CampaignRows.id(db, named: name)
            // A range of contact_by_turn, from its left end, so many entries at most.
            func count(_ range: String) throws -> Int {
                let statement = try HotStatement(
                    db,
                    """
                    SELECT count(*) FROM (
                        SELECT 1 FROM contact WHERE campaign_id = ?1 AND state = 'ready' AND \(range) LIMIT ?3)
                    """)
                statement.bind([campaign, now.milliseconds, Int64(Self.mostDueCounted)])
                return Int(try statement.firstNumber() ?? 0)
            }
            var due = DueContacts()
            guard ready > 0 else { return due }
            // Whichever are few say it exactly.
            let waiting = try count("due_at > ?2")
            due.count = try waiting < Self.mostDueCounted ? max(ready - waiting, 0) : count("due_at <= ?2")
            if due.count > 0 { due.since = try Self.dueSince(db, campaign: campaign, at: now) }
            return due
        }
    }

    /// Whoever has no turn of their own is due since the run began.
    private static func dueSince(_ db: Database, campaign: Int64, at now: Timestamp) throws -> Timestamp {
        // By rowid, and the left ends of two ranges of contact_by_turn.
        let statement = try HotStatement(
            db,
            """
            SELECT ifnull(begun_at, ?2),
                (SELECT min(due_at) FROM contact
                    WHERE campaign_id = ?1 AND state = 'ready' AND due_at > 0 AND due_at <= ?2),
                EXISTS (SELECT 1 FROM contact WHERE campaign_id = ?1 AND state = 'ready' AND due_at <= 0)
            FROM campaign_row WHERE id = ?1
            """)
        statement.bind([campaign, now.milliseconds])
        defer { statement.leave() }
        guard try statement.step() else { return now }
        let begun = try statement.requiredNumber(0)
        let turn = try statement.storedNumber(1).map { max($0, begun) } ?? now.milliseconds
        let since = try statement.requiredNumber(2) == 1 ? begun : turn
        return Timestamp(milliseconds: min(since, now.milliseconds))
    }

    /// When the oldest event arrived that still waits for the result of its call; nil when none does.
    package func oldestWaitingEvent() throws(StoreError) -> Timestamp? {
        try read { db in
            // The left end of event_parked.
            StoredValue.moment(
                try Int64.fetchOne(db, sql: "SELECT min(received_at) FROM event WHERE state = 'parked'"))
        }
    }

    /// Each instance, in the order of their names.
    package func instanceGauges(now: Timestamp) throws(StoreError) -> [InstanceGauge] {
        try read { db in
            // As many rows as instances.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT instance.id, zapi_id, instance.name, condition,
                        (SELECT time_zone FROM instance_limit
                            CROSS JOIN campaign_row ON campaign_row.id = instance_limit.campaign_id
                            WHERE instance_limit.instance_id = instance.id AND is_active = 1 LIMIT 1)
                    FROM instance ORDER BY instance.name, zapi_id
                    """)
            return try rows.map { row in
                let id: Int64 = try row.decode(atIndex: 0)
                var gauge = InstanceGauge(
                    id: try row.decode(atIndex: 1), name: try row.decode(atIndex: 2),
                    condition: try row.decode(String?.self, atIndex: 3).map { try StoredValue.word($0) },
                    timeZone: try row.decode(atIndex: 4))
                var limits = InstanceLimits(paces: [], dailyCap: nil, warmups: [])
                try InstanceRows.tighten(db, &limits, row: id, now: now)
                guard limits.dailyCap != nil || !limits.warmups.isEmpty else { return gauge }
                gauge.limits = limits
                // A warm-up counts all days of use; a cap only needs today.
                let since = limits.warmups.isEmpty ? now.advanced(by: .zero - Self.longestDay) : nil
                gauge.uses = try InstanceRows.uses(db, of: id, since: since)
                return gauge
            }
        }
    }
}
