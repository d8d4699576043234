import CampaignCore
import GRDB

/// The contacts of a campaign with all that reports and filters know of them.
struct StoredContacts {
    private let db: Database
    private let campaign: Int64
    private let columns: ListColumns

    init(_ db: Database, campaign: Int64) throws {
        self.db = db
        self.campaign = campaign
        columns = try ListColumns(db, campaign: campaign)
        try requireKnownStates()
    }

    /// Refuses a campaign with a contact whose state is not a known word: queries by state would silently omit it.
    private func requireKnownStates() throws {
        let words = CallState.allCases.map(\.rawValue).sorted()
        let between = zip(words, words.dropFirst()).map { "state > '\($0)' AND state < '\($1)'" }
        let gaps = ["state < '\(words.first ?? "")'"] + between + ["state > '\(words.last ?? "")'"]
        for gap in gaps {
            // contact_by_turn, between two states: no row is read.
            let state = try String.fetchOne(
                db, sql: "SELECT state FROM contact WHERE campaign_id = :campaign AND \(gap) LIMIT 1",
                arguments: ["campaign": campaign])
            if let state { _ = try StoredValue.word(state) as CallState }
        }
    }

    /// Passes each contact in one of these states to `body` with its row, in the order of the lists; memory does not
    /// grow with their number. `body` must not change contacts.
    ///
    /// - Parameter reason: only contacts with this reason; nil means all.
    func forEach(
        in states: Set<CallState>, reason: String? = nil, _ body: (Int64, ContactRow) throws -> Void
    ) throws {
        // The table in its own order; the last and first attempts by attempt's primary key.
        let rows = try Row.fetchCursor(
            db,
            sql: """
                \(Self.selection)
                WHERE contact.campaign_id = :campaign AND contact.state IN (\(StoredValue.list(states)))
                    AND (:reason IS NULL OR contact.reason = :reason)
                ORDER BY contact.id
                """,
            arguments: ["campaign": campaign, "reason": reason])
        while let row = try rows.next() { try body(row.decode(atIndex: 0), contact(row)) }
    }

    /// Passes each contact in one of these states to `body` with its row, in the order of their turns, without reading
    /// any other contact. `body` must not change contacts.
    func forEachInTurn(in states: [CallState], _ body: (Int64, ContactRow) throws -> Void) throws {
        for state in states {
            // contact_by_turn in its own order; nothing is sorted.
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    \(Self.selection)
                    WHERE contact.campaign_id = :campaign AND contact.state = :state
                    ORDER BY contact.due_at, contact.id
                    """,
                arguments: ["campaign": campaign, "state": state.rawValue])
            while let row = try rows.next() { try body(row.decode(atIndex: 0), contact(row)) }
        }
    }

    /// These contacts, each with its row; all are fetched before this returns, so that they may be changed.
    func contacts(_ ids: [Int64]) throws -> [(id: Int64, contact: ContactRow)] {
        // Each by rowid.
        try Row.fetchAll(
            db, sql: "\(Self.selection) WHERE contact.id IN (SELECT value FROM json_each(:ids))",
            arguments: ["ids": StoredValue.json(ids)]
        ).map { row in (try row.decode(atIndex: 0), try contact(row)) }
    }

    private static let selection = """
        SELECT contact.id, contact.due_at, contact.phone, contact.state, contact.reason, contact.attempts,
            contact.import_id, contact.own, contact.delivery, contact.delivery_error, contact.answer,
            contact.answered_at, contact.called_back_at, contact.replied_at,
            ifnull(first.started_at, last.started_at) AS first_at,
            last.number, instance.name, last.started_at, last.ended_at, last.outcome, last.http_status,
            last.error, last.zaap_id, last.message_id, last.latency_ms, last.delivery, last.delivery_error,
            last.delivered_at, last.answer, last.answered_at, dialed.phone
        FROM contact
        LEFT JOIN attempt AS last ON contact.attempts > 0 AND last.contact_id = contact.id
            AND last.number = contact.attempts
        -- Most contacts have one attempt, which is read once.
        LEFT JOIN attempt AS first ON contact.attempts > 1 AND first.contact_id = contact.id AND first.number = 1
        LEFT JOIN instance ON instance.id = last.instance_id
        \(ContactPhones.dialed(by: "last"))
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
        contact.answer = try row.decode(String?.self, atIndex: 10).map { try StoredValue.word($0) }
        contact.answeredAt = StoredValue.moment(try row.decode(atIndex: 11))
        contact.calledBackAt = StoredValue.moment(try row.decode(atIndex: 12))
        contact.repliedAt = StoredValue.moment(try row.decode(atIndex: 13))
        contact.firstAttemptAt = StoredValue.moment(try row.decode(atIndex: 14))
        if try row.decode(Int?.self, atIndex: 15) != nil {
            let dialed = try row.decode(Int64?.self, atIndex: 30).map(StoredValue.phone)
            contact.last = try StoredValue.attempt(row, from: 15, of: dialed ?? phone)
        }
        return contact
    }
}
