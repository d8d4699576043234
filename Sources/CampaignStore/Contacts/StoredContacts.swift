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
        try KeptCounts.requireKnownStates(db, campaign: campaign)
    }

    /// Passes each contact in one of these states to `body` with its row, in the order of the lists; memory does not
    /// grow with their number. `body` must not change contacts.
    ///
    /// - Parameter reason: only contacts with this reason; nil means all.
    func forEach(
        in states: Set<CallState>, reason: String? = nil, _ body: (Int64, ContactRow) throws -> Void
    ) throws {
        let rows = try states.count == CallState.allCases.count && reason == nil ? every() : chosen(states, reason)
        while try rows.step() { try body(rows.requiredNumber(0), contact(rows)) }
    }

    /// Passes each contact that matches a filter to `body` with its row.
    ///
    /// - Parameters:
    ///   - states: only contacts in one of these.
    ///   - inTurn: whether they come in the order of their turns, state by state; else in the order of the lists.
    func forEach(
        where filter: ContactFilter, in states: [CallState], inTurn: Bool = false,
        _ body: (Int64, ContactRow) throws -> Void
    ) throws {
        let states = states.filter(filter.states.contains)
        func pass(_ id: Int64, _ contact: ContactRow) throws {
            if filter.matches(contact) { try body(id, contact) }
        }
        if let identity = filter.identity {
            // contact_identity by primary key: a number is in a campaign once.
            let id = try CampaignRows.contact(db, campaign: campaign, identity: identity)
            for (id, contact) in try contacts([id].compactMap(\.self)) where states.contains(contact.state) {
                try pass(id, contact)
            }
        } else if inTurn {
            try forEachInTurn(in: states, pass)
        } else {
            try forEach(in: Set(states), pass)
        }
    }

    private func every() throws -> HotStatement {
        // A part of the table in its own order; the last and first attempts by attempt's primary key.
        let rows = try HotStatement(alone: "\(Self.selection) WHERE \(ContactRange.condition) ORDER BY contact.id", db)
        rows.bind(try ContactRange(db, campaign: campaign).numbers)
        return rows
    }

    private func chosen(_ states: Set<CallState>, _ reason: String?) throws -> HotStatement {
        // contact_by_turn, then sorted: often few of many.
        let rows = try HotStatement(
            alone: """
                \(Self.selection)
                WHERE contact.campaign_id = ?1 AND contact.state IN (\(StoredValue.list(states)))
                    AND (?2 IS NULL OR contact.reason = ?2)
                ORDER BY contact.id
                """, db)
        rows.bind(campaign, at: 1)
        rows.bind(reason, at: 2)
        return rows
    }

    /// Passes each contact in one of these states to `body` with its row, in the order of their turns, without reading
    /// any other contact. `body` must not change contacts.
    func forEachInTurn(in states: [CallState], _ body: (Int64, ContactRow) throws -> Void) throws {
        // contact_by_turn in its own order; nothing is sorted.
        let rows = try HotStatement(
            alone: """
                \(Self.selection)
                WHERE contact.campaign_id = ? AND contact.state = ? ORDER BY contact.due_at, contact.id
                """, db)
        for state in states {
            rows.bind(campaign, at: 1)
            rows.bind(state.rawValue, at: 2)
            while try rows.step() { try body(rows.requiredNumber(0), contact(rows)) }
        }
    }

    /// Passes the contacts after a place to `body`, state by state (``ContactPlace``), until it returns false.
    ///
    /// - Parameter place: nil is the beginning.
    func forEach(
        after place: ContactPlace?, in states: Set<CallState>, _ body: (ContactPlace, ContactRow) throws -> Bool
    ) throws {
        // contact_by_turn in its own order, each contact by row; nothing is sorted.
        let rows = try HotStatement(
            alone: """
                \(Self.selection)
                WHERE contact.campaign_id = ?1 AND contact.state = ?2 AND (contact.due_at, contact.id) > (?3, ?4)
                ORDER BY contact.due_at, contact.id
                """, db)
        defer { rows.leave() }
        for start in ContactPlace.starts(after: place, in: states) {
            rows.bind(campaign, after: start)
            while try rows.step() {
                let dueAt = try rows.requiredNumber(1)
                let here = ContactPlace(start.state, dueAt: dueAt, id: try rows.requiredNumber(0))
                guard try body(here, contact(rows)) else { return }
            }
        }
    }

    /// These contacts, each with its row; all are fetched before this returns, so that they may be changed.
    func contacts(_ ids: [Int64]) throws -> [(id: Int64, contact: ContactRow)] {
        // Each by rowid.
        let rows = try HotStatement(
            alone: "\(Self.selection) WHERE contact.id IN (SELECT value FROM json_each(?))", db)
        rows.bind(StoredValue.json(ids), at: 1)
        var contacts: [(id: Int64, contact: ContactRow)] = []
        while try rows.step() { contacts.append((try rows.requiredNumber(0), try contact(rows))) }
        return contacts
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

    private func contact(_ row: HotStatement) throws -> ContactRow {
        let phone = try StoredValue.phone(row.requiredNumber(2))
        var contact = ContactRow(
            own: try columns.align(row, cells: 7, import: row.requiredNumber(6)), phone: phone,
            state: try StoredValue.word(row.requiredText(3)))
        contact.reason = try row.storedText(4)
        contact.attempts = Int(try row.requiredNumber(5))
        contact.delivery = try row.storedText(8)
        contact.deliveryError = try row.storedText(9)
        contact.answer = try row.storedText(10).map(StoredValue.word)
        contact.answeredAt = StoredValue.moment(try row.storedNumber(11))
        contact.calledBackAt = StoredValue.moment(try row.storedNumber(12))
        contact.repliedAt = StoredValue.moment(try row.storedNumber(13))
        contact.firstAttemptAt = StoredValue.moment(try row.storedNumber(14))
        if try row.storedNumber(15) != nil {
            let dialed = try row.storedNumber(30).map(StoredValue.phone)
            contact.last = try StoredValue.attempt(row, from: 15, of: dialed ?? phone)
        }
        return contact
    }
}

extension HotStatement {
    /// Binds a campaign, and a place in a state of it, to the first four places.
    func bind(_ campaign: Int64, after place: ContactPlace) {
        bind(campaign, at: 1)
        bind(place.state.rawValue, at: 2)
        bind(place.dueAt, at: 3)
        bind(place.id, at: 4)
    }
}
