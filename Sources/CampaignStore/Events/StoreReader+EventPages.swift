package import CampaignCore
import GRDB

/// An event in a list, with the call that it belongs to.
package struct ListedEvent: Hashable, Sendable {
    package var event: EventEntry
    /// The name that a campaign last gave the instance.
    package var instanceName: String
    /// The campaign whose call it belongs to; nil: none.
    package var campaign: String?
    /// The number of that contact; nil: it belongs to no call.
    package var phone: PhoneNumber?
}

/// Some rows of a long table, the latest first.
package struct LatestRows<Entry: Sendable>: Sendable {
    package var entries: [Entry] = []
    /// The next page has what came before this row; nil: there is nothing more.
    package var before: Int64?
    /// Whether it ends because enough rows have been looked at, although there was room for more.
    package var isCutShort = false
}

extension StoreReader {
    /// Rows of the events or replies that are looked at for one page.
    static let rowsLookedAt: Int64 = 20_000

    /// The latest events, the latest first.
    ///
    /// - Parameters:
    ///   - state: only those in it; nil means all.
    ///   - instance: the name that a campaign last gave it, only those of it; nil means all.
    ///   - event: only those before this one; nil means from the latest on.
    ///   - limit: how many are wanted.
    package func eventPage(
        in state: EventState?, of instance: String?, before event: Int64?, limit: Int
    ) throws(StoreError) -> LatestRows<ListedEvent> {
        try read { db in
            let span = try Self.span(db, of: "event", before: event)
            // The table from its end; instance, contact and campaign by row.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT event.id, instance.zapi_id, event.type, event.received_at, event.state, event.remark,
                        event.contact_id, event.number, instance.name, campaign.name, contact.phone
                    FROM event CROSS JOIN instance ON instance.id = event.instance_id
                    LEFT JOIN contact_row AS contact ON contact.id = event.contact_id
                    LEFT JOIN campaign_row AS campaign ON campaign.id = contact.campaign_id
                    WHERE event.id BETWEEN :first AND :last AND (:state IS NULL OR event.state = :state)
                        AND (:instance IS NULL OR instance.name = :instance)
                    ORDER BY event.id DESC LIMIT :limit
                    """,
                arguments: [
                    "first": span.lowerBound, "last": span.upperBound, "state": state?.rawValue, "instance": instance,
                    "limit": limit,
                ])
            let events = try rows.map { row in
                let phone: Int64? = try row.decode(atIndex: 10)
                return ListedEvent(
                    event: try Self.eventEntry(row), instanceName: try row.decode(atIndex: 8),
                    campaign: try row.decode(atIndex: 9), phone: try phone.map { try StoredValue.phone($0) })
            }
            return Self.page(events, of: span, limit) { $0.event.id }
        }
    }

    /// A campaign that uses each instance, by Z-API's id: the last one by name.
    package func campaignsByInstance() throws(StoreError) -> [String: String] {
        try read { db in
            // As many rows as campaigns have instances.
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT instance.zapi_id, max(campaign.name) FROM instance_limit
                    JOIN instance ON instance.id = instance_limit.instance_id
                    JOIN campaign ON campaign.id = instance_limit.campaign_id GROUP BY instance.id
                    """)
            var campaigns: [String: String] = [:]
            for row in rows { campaigns[try row.decode(atIndex: 0)] = try row.decode(atIndex: 1) }
            return campaigns
        }
    }

    /// The names of the instances that have sent events or may, by Z-API's id.
    package func instanceNames() throws(StoreError) -> [String: String] {
        try read { db in
            // As many rows as instances.
            var names: [String: String] = [:]
            for row in try Row.fetchAll(db, sql: "SELECT zapi_id, name FROM instance") {
                names[try row.decode(atIndex: 0)] = try row.decode(atIndex: 1)
            }
            return names
        }
    }

    /// The names of the instances that a campaign uses, or has used.
    package func instanceNames(campaign: String) throws(StoreError) -> [String] {
        try read { db in
            // As many rows as the campaign has instances.
            try String.fetchAll(
                db,
                sql: """
                    SELECT DISTINCT instance.name FROM instance_limit
                    JOIN instance ON instance.id = instance_limit.instance_id
                    WHERE instance_limit.campaign_id = :campaign ORDER BY 1
                    """,
                arguments: ["campaign": try CampaignRows.id(db, named: campaign)])
        }
    }

    /// The rows that are looked at: the latest before one.
    static func span(_ db: Database, of table: String, before row: Int64?) throws -> ClosedRange<Int64> {
        // The table's end.
        let end = try Int64.fetchOne(db, sql: "SELECT max(id) FROM \(table)") ?? 0
        let last = max(min(end, row.map { $0 == .min ? $0 : $0 - 1 } ?? end), 0)
        return max(0, last - rowsLookedAt)...last
    }

    static func page<Entry>(
        _ entries: [Entry], of span: ClosedRange<Int64>, _ limit: Int, id: (Entry) -> Int64
    ) -> LatestRows<Entry> {
        var page = LatestRows(entries: entries)
        if entries.count == limit, let last = entries.last {
            // Ids begin with 1.
            page.before = id(last) > 1 ? id(last) : nil
        } else if span.lowerBound > 0 {
            (page.before, page.isCutShort) = (span.lowerBound, true)
        }
        return page
    }
}
