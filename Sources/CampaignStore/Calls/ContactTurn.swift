import CampaignCore
import GRDB

/// When a contact's turn comes.
enum ContactTurn {
    /// Gives a waiting contact another turn. By rowid.
    static func move(_ db: Database, _ contact: Int64, to moment: Timestamp) throws {
        let statement = try HotStatement(db, "UPDATE contact_row SET due_at = ? WHERE id = ? AND state = 'ready'")
        statement.bind(moment.milliseconds, at: 1)
        statement.bind(contact, at: 2)
        try statement.run()
    }

    /// Excludes a waiting contact. By rowid.
    static func exclude(_ db: Database, _ contact: Int64, _ reason: ExclusionReason) throws {
        let statement = try HotStatement(
            db, "UPDATE contact_row SET state = 'excluded', reason = ? WHERE id = ? AND state = 'ready'")
        statement.bind(reason.rawValue, at: 1)
        statement.bind(contact, at: 2)
        try statement.run()
    }

    /// The person of a waiting contact is called as another one. If it waits to be called again, it is accepted, as it
    /// was; otherwise it is excluded.
    ///
    /// - Returns: whether it is accepted.
    static func leave(_ db: Database, _ contact: Int64) throws -> Bool {
        if try Redials.withdraw(db, contact) { return true }
        try PastCallRows.withdrawRelease(db, of: contact)
        if try ContactStandings.settle(db, contact) != nil { return true }
        try exclude(db, contact, .samePerson)
        return false
    }

    /// Why the next waiting contact waits until `due`.
    static func cause(
        _ db: Database, of due: Timestamp, in batch: CommitBatch, _ limit: PersonLimit?, campaign: Int64
    ) throws -> TurnCause {
        // The first entry with that turn in contact_by_turn.
        let statement = try HotStatement(
            db,
            """
            SELECT redial_at, identity, \(ContactPhones.several("contact_row.id")) FROM contact_row
            WHERE campaign_id = ?1 AND state = 'ready' AND due_at = ?2 ORDER BY id LIMIT 1
            """)
        statement.bind(campaign, at: 1)
        statement.bind(due.milliseconds, at: 2)
        guard due > batch.limitNow, try statement.step() else { return .other }
        let (redial, identity, several) = (statement.number(0), statement.number(1), statement.number(2))
        statement.leave()
        let calls = try PersonCalls(db)
        if limit != nil || calls.areHeard, let identity {
            let person = try calls.numbers(of: identity, inRow: several)
            let history = try calls.history(of: person)
            // Not for who waits for something else until then, and for the limit only after that.
            if let limit, case .waits(let until) = history.ruling(limit, at: batch.now),
                batch.turn(atWall: until) <= due
            {
                return .person
            }
            // Not for who waits much longer, for something else.
            if redial == nil, history.turnAfterEvents(in: batch) == due { return .events }
        }
        return redial == nil ? .other : .redial
    }

    /// When the next waiting contact is due; nil when none is ready. Reads the first entries of contact_by_turn.
    static func nextDue(_ db: Database, campaign: Int64) throws -> Timestamp? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT ifnull(
                    (SELECT due_at FROM contact_row
                        WHERE campaign_id = :campaign AND state = 'ready' AND due_at = 0 AND \(TurnRange.isThere)
                        LIMIT 1),
                    (SELECT min(due_at) FROM contact_row
                        WHERE campaign_id = :campaign AND state = 'ready' AND due_at > 0))
                """)
        return try Int64.fetchOne(statement, arguments: ["campaign": campaign]).map(Timestamp.init(milliseconds:))
    }
}

/// The two ranges of a campaign's queue, in the order of their turns.
///
/// They are queried separately, since contacts of an unfinished import are between them: SQLite would step over each of
/// those to find the ones behind.
enum TurnRange: CaseIterable {
    /// Contacts that were never deferred: turn 0.
    case immediate
    /// Contacts that wait for a retry or for their window. None of them belongs to an unfinished import.
    case scheduled

    /// SQL condition for its contacts, in a statement on contact_row.
    var contacts: String {
        switch self {
        case .immediate: "due_at = 0 AND \(Self.isThere)"
        case .scheduled: "due_at > 0"
        }
    }

    /// SQL condition for contacts that are due, where ?2 is the current time.
    var isDue: String {
        switch self {
        case .immediate: "\(contacts) AND ?2 IS NOT NULL"
        case .scheduled: "\(contacts) AND due_at <= ?2"
        }
    }

    /// SQL condition for rows of contact_row that do not belong to an unfinished import.
    static let isThere = "id < (SELECT contacts_end FROM store)"
}
