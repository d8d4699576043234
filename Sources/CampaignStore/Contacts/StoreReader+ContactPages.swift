package import CampaignCore
import GRDB

extension StoreReader {
    /// How many contacts are looked at for one page: what takes about 50 ms. Where only their cells are searched, ten
    /// times as many.
    package static let mostLookedAt = 4_000

    /// The contacts after a place, state by state.
    ///
    /// - Parameters:
    ///   - filter: only those that match; nil means all.
    ///   - search: only those that it finds.
    ///   - place: the end of the page before; nil for the first one.
    ///   - limit: how many are wanted.
    package func contactPage(
        campaign name: String, where filter: ContactFilter?, finding search: TextSearch? = nil,
        after place: ContactPlace?, limit: Int
    ) throws(StoreError) -> ContactPage {
        try read { db in
            let campaign = try CampaignRows.id(db, named: name)
            if let filter, filter.identity != nil {
                var page = ContactPage()
                try StoredContacts(db, campaign: campaign).forEach(where: filter, in: CallState.allCases) {
                    if search?.matches($1) ?? true { page.entries.append(ContactPage.Entry(id: $0, contact: $1)) }
                }
                return page
            }
            if filter == nil, let search { return try Self.page(db, campaign, finding: search, after: place, limit) }
            var (page, looked, end) = (ContactPage(), 0, place)
            try StoredContacts(db, campaign: campaign).forEach(
                after: place, in: filter?.states ?? Set(CallState.allCases)
            ) { place, contact in
                guard page.entries.count < limit, looked < Self.mostLookedAt else {
                    (page.next, page.isCutShort) = (end, page.entries.count < limit)
                    return false
                }
                (looked, end) = (looked + 1, place)
                if filter?.matches(contact) ?? true, search?.matches(contact) ?? true {
                    page.entries.append(ContactPage.Entry(id: place.id, contact: contact))
                }
                return true
            }
            return page
        }
    }

    /// A page of the contacts that a text finds: most rows are only looked at.
    private static func page(
        _ db: Database, _ campaign: Int64, finding search: TextSearch, after place: ContactPlace?, _ limit: Int
    ) throws -> ContactPage {
        // contact_by_turn in its own order, each contact by row.
        let rows = try HotStatement(
            alone: """
                SELECT id, due_at, phone, own FROM contact
                WHERE campaign_id = ?1 AND state = ?2 AND (due_at, id) > (?3, ?4) ORDER BY due_at, id
                """, db)
        defer { rows.leave() }
        var (page, looked, end) = (ContactPage(), 0, place)
        var (ids, buffer): ([Int64], [UInt8]) = ([], [])
        for start in ContactPlace.starts(after: place, in: Set(CallState.allCases)) where page.next == nil {
            rows.bind(campaign, after: start)
            while try rows.step() {
                guard ids.count < limit, looked < mostLookedAt * 10 else {
                    (page.next, page.isCutShort) = (end, ids.count < limit)
                    break
                }
                looked += 1
                let (id, dueAt) = (try rows.requiredNumber(0), try rows.requiredNumber(1))
                end = ContactPlace(start.state, dueAt: dueAt, id: id)
                var isFound = try search.matches(StoredValue.phone(rows.requiredNumber(2)))
                if !isFound { isFound = try matches(search, rows, cells: 3, &buffer) }
                if isFound { ids.append(id) }
            }
            rows.leave()
        }
        let found = try StoredContacts(db, campaign: campaign).contacts(ids)
        let places = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
        page.entries = found.sorted { places[$0.id, default: 0] < places[$1.id, default: 0] }
            .map { ContactPage.Entry(id: $0.id, contact: $0.contact) }
        return page
    }

    /// The contact that a number belongs to, as a page of its own; an empty one when there is none.
    package func contactPage(campaign name: String, of number: PhoneNumber) throws(StoreError) -> ContactPage {
        try read { db in
            let campaign = try CampaignRows.id(db, named: name)
            var page = ContactPage()
            guard let id = try Self.contact(db, campaign: campaign, with: number) else { return page }
            page.entries = try StoredContacts(db, campaign: campaign).contacts([id])
                .map { ContactPage.Entry(id: $0.id, contact: $0.contact) }
            return page
        }
    }

    /// The number of a contact, by ``ContactPage/Entry/id``; nil when the campaign has none with it.
    package func phone(ofContact id: Int64, campaign name: String) throws(StoreError) -> PhoneNumber? {
        try read { db in
            // By rowid.
            try Int64.fetchOne(
                db, sql: "SELECT phone FROM contact WHERE id = :id AND campaign_id = :campaign",
                arguments: ["id": id, "campaign": try CampaignRows.id(db, named: name)]
            ).map { try StoredValue.phone($0) }
        }
    }

    /// Why the first contacts of a campaign are in a state, the most frequent reason first.
    ///
    /// - Parameter limit: how many contacts are looked at.
    package func reasons(
        campaign name: String, in state: CallState, atMost limit: Int
    ) throws(StoreError) -> [ReasonCount] {
        try read { db in
            // contact_by_turn, each contact by row.
            try Row.fetchAll(
                db,
                sql: """
                    SELECT ifnull(reason, ''), count(*) AS contacts FROM (
                        SELECT reason FROM contact WHERE campaign_id = :campaign AND state = :state LIMIT :limit)
                    GROUP BY 1 ORDER BY contacts DESC, 1
                    """,
                arguments: [
                    "campaign": try CampaignRows.id(db, named: name), "state": state.rawValue, "limit": limit,
                ]
            ).map { row in
                ReasonCount(
                    state: state, reason: try row.decode(atIndex: 0), contacts: try row.decode(atIndex: 1))
            }
        }
    }
}
