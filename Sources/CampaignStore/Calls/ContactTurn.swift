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
