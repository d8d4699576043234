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
    ///   - instance: Z-API's id, only those of it; nil means all.
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
                        AND (:instance IS NULL OR instance.zapi_id = :instance)
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
