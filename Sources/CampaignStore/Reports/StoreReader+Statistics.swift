package import CampaignCore
import GRDB

extension StoreReader {
    /// The campaign in figures, all of one moment.
    ///
    /// - Parameters:
    ///   - column: the name of an own column by whose values the contacts are counted too; nil means none.
    ///   - utcOffset: the offset of local time at a moment, in seconds.
    package func figures(
        campaign name: String, by column: String? = nil, utcOffset: (Timestamp) -> Int
    ) throws(StoreError) -> CampaignFigures {
        try read { db in
            let campaign = try CampaignRows.id(db, named: name)
            let attempts = try CampaignAttempts(db, campaign: campaign)
            var summary = try Self.summary(db, of: name, campaign: campaign, attempts)
            var statistics = CampaignStatistics()
            if let first = summary.firstAttemptAt, let last = summary.lastAttemptAt {
                try CallFigures(db, attempts).add(to: &statistics, first: first, last: last, utcOffset: utcOffset)
            }
            summary.reasons = try ContactFigures(db, campaign: campaign).add(to: &statistics, by: column)
            statistics.errorExamples = try Self.errorExamples(db, attempts)
            statistics.rejects = try Self.rejects(db, campaign: campaign)
            statistics.duplicates = try Self.duplicates(db, campaign: campaign)
            statistics.people = try Self.people(db, campaign: campaign)
            statistics.history = try HistoryRows.history(db, campaign: campaign) {
                try Int64.fetchAll(db, sql: "SELECT started_at FROM \(attempts.rows)", arguments: attempts.arguments)
                    .map(Timestamp.init(milliseconds:))
            }
            return CampaignFigures(summary: summary, statistics: statistics)
        }
    }

    /// The first contact of each of the most frequent error texts, by the number that was called.
    private static func errorExamples(
        _ db: Database, _ attempts: CampaignAttempts
    ) throws -> [String: PhoneNumber] {
        // The other columns are those of the row with the minimum (sqlite.org/lang_select.html, "Bare columns").
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT error, min(attempt.contact_id), attempt.place FROM \(attempts.rows) AND error IS NOT NULL
                GROUP BY error ORDER BY count(*) DESC, error LIMIT 10
                """,
            arguments: attempts.arguments)
        var examples: [String: PhoneNumber] = [:]
        for row in rows {
            let (contact, place): (Int64, Int64?) = (try row.decode(atIndex: 1), try row.decode(atIndex: 2))
            // By rowid and primary key.
            let phone = try Int64.fetchOne(
                db,
                sql: """
                    SELECT ifnull((SELECT phone FROM contact_phone WHERE contact_id = :contact AND place = :place), phone)
                    FROM contact WHERE id = :contact
                    """,
                arguments: ["contact": contact, "place": place])
            examples[try row.decode(atIndex: 0)] = try phone.map { try StoredValue.phone($0) }
        }
        return examples
    }

    private static func rejects(_ db: Database, campaign: Int64) throws -> [LeftOutRows] {
        let listed = try RowsWithoutContact(db, campaign: campaign).condition
        // The imports by rowid, reject_by_import.
        return try leftOut(
            db,
            """
            SELECT reject.reason, count(*) AS rows, min(reject.id) FROM import
            CROSS JOIN reject ON reject.import_id = import.id
            WHERE import.campaign_id = :campaign AND \(listed) GROUP BY reject.reason ORDER BY rows DESC, 1
            """,
            examples: """
                SELECT import.file || ':' || reject.line FROM import CROSS JOIN reject ON reject.import_id = import.id
                WHERE import.campaign_id = :campaign AND \(listed) AND reject.reason = :reason
                ORDER BY reject.id LIMIT :limit
                """,
            campaign: campaign)
    }

    private static func duplicates(_ db: Database, campaign: Int64) throws -> [LeftOutRows] {
        // import_by_campaign, duplicate_by_import.
        try leftOut(
            db,
            """
            SELECT duplicate.reason, count(*) AS rows FROM import
            CROSS JOIN duplicate ON duplicate.import_id = import.id
            WHERE import.campaign_id = :campaign GROUP BY duplicate.reason ORDER BY rows DESC, 1
            """,
            examples: """
                SELECT import.file || ':' || duplicate.line FROM import
                CROSS JOIN duplicate ON duplicate.import_id = import.id
                WHERE import.campaign_id = :campaign AND duplicate.reason = :reason
                ORDER BY duplicate.import_id, duplicate.line, duplicate.id LIMIT :limit
                """,
            campaign: campaign)
    }

    private static func leftOut(
        _ db: Database, _ counts: String, examples: String, campaign: Int64
    ) throws -> [LeftOutRows] {
        try Row.fetchAll(db, sql: counts, arguments: ["campaign": campaign]).map { row in
            let reason: String = try row.decode(atIndex: 0)
            return LeftOutRows(
                reason: reason, rows: try row.decode(atIndex: 1),
                examples: try String.fetchAll(
                    db, sql: examples,
                    arguments: ["campaign": campaign, "reason": reason, "limit": CampaignStatistics.maxExamples]))
        }
    }

    private static func people(_ db: Database, campaign: Int64) throws -> [PersonNews] {
        // contact_by_outcome, which has only those of whom something is known; reply_by_person.
        try Row.fetchAll(
            db,
            sql: """
                SELECT phone, called_back_at, replied_at,
                    (SELECT min(received_at) FROM reply WHERE reply.identity = contact.identity
                        AND (level = 'opt_out' OR decision = 'blocked')) AS opted_out_at
                FROM contact
                WHERE campaign_id = :campaign AND (called_back_at IS NOT NULL OR replied_at IS NOT NULL)
                    AND (delivery IS NOT NULL OR called_back_at IS NOT NULL OR replied_at IS NOT NULL)
                ORDER BY opted_out_at IS NULL, min(ifnull(called_back_at, replied_at), ifnull(replied_at, called_back_at)), id LIMIT :limit
                """,
            arguments: ["campaign": campaign, "limit": CampaignStatistics.maxPeople]
        ).map { row in
            PersonNews(
                phone: try StoredValue.phone(row.decode(atIndex: 0)),
                calledBackAt: StoredValue.moment(try row.decode(atIndex: 1)),
                repliedAt: StoredValue.moment(try row.decode(atIndex: 2)),
                optedOutAt: StoredValue.moment(try row.decode(atIndex: 3)))
        }
    }
}
