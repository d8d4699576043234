import CampaignCore
import GRDB

/// How many contacts a campaign has in each state, and what came of their calls: read from what is kept
/// (``CountSchema``), whatever their number.
enum KeptCounts {
    /// Contacts by state.
    static func states(_ db: Database, campaign: Int64) throws -> StateCounts {
        try requireKnownStates(db, campaign: campaign)
        // By primary key, import_by_campaign, and a range of contact_by_turn with as many entries as calls under way.
        let row = try HotStatement(
            db,
            """
            SELECT accepted, failed, in_doubt, excluded,
                (SELECT count(*) FROM contact WHERE campaign_id = ?1 AND state = 'dialing'),
                (SELECT ifnull(sum(accepted), 0) FROM import WHERE campaign_id = ?1)
            FROM contact_count WHERE campaign_id = ?1 AND is_new = 0
            """)
        row.bind(campaign, at: 1)
        defer { row.leave() }
        var counts = StateCounts()
        guard try row.step() else { throw missing }
        counts.accepted = Int(try row.requiredNumber(0))
        counts.failed = Int(try row.requiredNumber(1))
        counts.inDoubt = Int(try row.requiredNumber(2))
        counts.excluded = Int(try row.requiredNumber(3))
        counts.dialing = Int(try row.requiredNumber(4))
        counts.ready = Int(try row.requiredNumber(5)) - counts.finished - counts.dialing
        return counts
    }

    /// What came of the calls, as webhooks say.
    static func outcomes(_ db: Database, campaign: Int64) throws -> OutcomeCounts {
        let row = try HotStatement(
            db,
            """
            SELECT delivered, answered, not_answered, called_back, replied
            FROM contact_count WHERE campaign_id = ?1 AND is_new = 0
            """)
        row.bind(campaign, at: 1)
        defer { row.leave() }
        var counts = OutcomeCounts()
        guard try row.step() else { throw missing }
        counts.delivered = Int(try row.requiredNumber(0))
        counts.answered = Int(try row.requiredNumber(1))
        counts.notAnswered = Int(try row.requiredNumber(2))
        counts.calledBack = Int(try row.requiredNumber(3))
        counts.replied = Int(try row.requiredNumber(4))
        // reply_opt_out; then contact_identity by primary key, and contact by row.
        let optedOut = try Int.fetchOne(
            db,
            sql: """
                SELECT count(*)
                FROM (SELECT DISTINCT identity FROM reply WHERE level = 'opt_out' OR decision = 'blocked') AS reply
                CROSS JOIN contact_identity AS known
                    ON known.campaign_id = :campaign AND known.identity = reply.identity
                CROSS JOIN contact_row AS contact ON contact.id = known.contact_id
                WHERE contact.attempts > 0
                """,
            arguments: ["campaign": campaign])
        counts.optedOut = optedOut ?? 0
        return counts
    }

    /// Refuses a campaign with a contact whose state is not a known word: it would silently be left out, or counted as
    /// ready.
    static func requireKnownStates(_ db: Database, campaign: Int64) throws {
        for gap in gaps {
            // contact_by_turn, between two states: no row is read.
            let statement = try HotStatement(
                db, "SELECT state FROM contact WHERE campaign_id = ? AND \(gap) LIMIT 1")
            statement.bind(campaign, at: 1)
            if let state = try statement.firstText() { _ = try StoredValue.word(state) as CallState }
        }
    }

    private static let gaps: [String] = {
        let words = CallState.allCases.map(\.rawValue).sorted()
        let between = zip(words, words.dropFirst()).map { "state > '\($0)' AND state < '\($1)'" }
        return ["state < '\(words.first ?? "")'"] + between + ["state > '\(words.last ?? "")'"]
    }()

    /// Counts the contacts of an unfinished import with the others: they become visible.
    static func adoptNew(_ db: Database) throws {
        let columns = CountSchema.columns.map(\.column)
        let added = columns.map { "\($0) = \($0) + (SELECT \($0) FROM contact_count AS new \(Self.new))" }
        let none = columns.map { "\($0) = 0" }
        let isAny = columns.map { "\($0) <> 0" }
        // One row for each campaign; at most one has an unfinished import.
        try db.execute(
            sql: """
                UPDATE contact_count SET \(added.joined(separator: ", "))
                WHERE is_new = 0 AND campaign_id IN (
                    SELECT campaign_id FROM contact_count WHERE is_new = 1 AND (\(isAny.joined(separator: " OR "))));
                UPDATE contact_count SET \(none.joined(separator: ", "))
                WHERE is_new = 1 AND (\(isAny.joined(separator: " OR ")))
                """)
    }

    private static let new = "WHERE new.campaign_id = contact_count.campaign_id AND new.is_new = 1"

    /// SQL that counts the kept counts that are wrong.
    static var wrong: String {
        let counts = CountSchema.columns.map { column, condition in
            "count(*) FILTER (WHERE \(condition)) AS \(column)"
        }
        let differ = CountSchema.columns.map { "(kept.\($0.column) <> ifnull(list.\($0.column), 0))" }
        return """
            SELECT ifnull(sum(\(differ.joined(separator: " + "))), 0) FROM contact_count AS kept LEFT JOIN (
                SELECT campaign_id, id >= (SELECT contacts_end FROM store) AS is_new, \(counts.joined(separator: ", "))
                FROM contact_row GROUP BY 1, 2) AS list
                ON list.campaign_id = kept.campaign_id AND list.is_new = kept.is_new
            """
    }

    private static var missing: DatabaseError {
        DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the counts of a campaign are gone")
    }
}
