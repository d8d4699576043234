import CampaignCore
import GRDB

/// The contacts of a campaign with all that reports and filters know of them.
struct StoredContacts {
    /// Where a contact stands in the queue of its state, which contact_by_turn keeps in this order.
    struct Place {
        var dueAt = Int64.min
        var id = Int64.min
    }

    private let db: Database
    private let campaign: Int64
    private let columns: OwnColumns

    init(_ db: Database, campaign: Int64) throws {
        self.db = db
        self.campaign = campaign
        columns = try OwnColumns(db, campaign: campaign)
        try requireKnownStates()
    }

    /// Refuses a campaign with a contact whose state is no word: asked for by its state, it would be left out in silence.
    private func requireKnownStates() throws {
        let words = CallState.allCases.map(\.rawValue).sorted()
        let between = zip(words, words.dropFirst()).map { "state > '\($0)' AND state < '\($1)'" }
        let gaps = ["state < '\(words.first ?? "")'"] + between + ["state > '\(words.last ?? "")'"]
        for gap in gaps {
            // contact_by_turn, between two of its states: no row is read.
            let state = try String.fetchOne(
                db, sql: "SELECT state FROM contact WHERE campaign_id = :campaign AND \(gap) LIMIT 1",
                arguments: ["campaign": campaign])
            if let state { _ = try StoredValue.word(state) as CallState }
        }
    }

    /// Hands each contact in one of these states to `body` with its row, in the order of the lists; memory does not grow
    /// with their number. `body` must not change contacts.
    ///
    /// - Parameter reason: only those that stand there for it; nil is all.
    func forEach(
        in states: Set<CallState>, reason: String? = nil, _ body: (Int64, ContactRow) throws -> Void
    ) throws {
        let words = states.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        // The table in its own order; the last attempt and the first come by attempt's primary key.
        let rows = try Row.fetchCursor(
            db,
            sql: """
                \(Self.selection)
                WHERE contact.campaign_id = :campaign AND contact.state IN (\(words))
                    AND (:reason IS NULL OR contact.reason = :reason)
                ORDER BY contact.id
                """,
            arguments: ["campaign": campaign, "reason": reason])
        while let row = try rows.next() { try body(row.decode(atIndex: 0), contact(row)) }
    }

    /// The next contacts in a state, in the order of their turns; whoever goes through page by page may change them.
    func page(in state: CallState, after place: Place, limit: Int) throws -> [(place: Place, contact: ContactRow)] {
        // contact_by_turn from that place on: what was changed has left it, and nothing is sorted.
        try Row.fetchAll(
            db,
            sql: """
                \(Self.selection)
                WHERE contact.campaign_id = :campaign AND contact.state = :state
                    AND (contact.due_at, contact.id) > (:due, :id)
                ORDER BY contact.due_at, contact.id LIMIT :limit
                """,
            arguments: [
                "campaign": campaign, "state": state.rawValue, "due": place.dueAt, "id": place.id, "limit": limit,
            ]
        ).map { row in (try Place(dueAt: row.decode(atIndex: 1), id: row.decode(atIndex: 0)), try contact(row)) }
    }

    private static let selection = """
        SELECT contact.id, contact.due_at, contact.phone, contact.state, contact.reason, contact.attempts,
            contact.import_id, contact.own, contact.delivery, contact.delivery_error, first.started_at AS first_at,
            last.number, instance.name, last.started_at, last.ended_at, last.outcome, last.http_status,
            last.error, last.zaap_id, last.message_id, last.latency_ms
        FROM contact
        LEFT JOIN attempt AS first ON first.contact_id = contact.id AND first.number = 1
        LEFT JOIN attempt AS last ON last.contact_id = contact.id AND last.number = contact.attempts
        LEFT JOIN instance ON instance.id = last.instance_id
        """

    private func contact(_ row: Row) throws -> ContactRow {
        let phone = try StoredValue.phone(row.decode(atIndex: 2))
        var contact = ContactRow(
            own: try columns.align(row.decode(atIndex: 7), import: row.decode(atIndex: 6)), phone: phone,
            state: try StoredValue.word(row.decode(atIndex: 3)))
        contact.reason = try row.decode(atIndex: 4)
        contact.attempts = try row.decode(atIndex: 5)
        contact.delivery = try row.decode(atIndex: 8)
        contact.deliveryError = try row.decode(atIndex: 9)
        contact.firstAttemptAt = StoredValue.moment(try row.decode(atIndex: 10))
        if try row.decode(Int?.self, atIndex: 11) != nil {
            contact.last = try StoredValue.attempt(row, from: 11, of: phone)
        }
        return contact
    }
}
