package import CampaignCore
import Foundation
import GRDB

extension StoreReader {
    /// The campaign in figures.
    package func summary(campaign name: String) throws(StoreError) -> CampaignSummary {
        try read { db in
            let campaign = try CampaignRows.id(db, named: name)
            var summary = try Self.summary(db, of: name, campaign: campaign)
            // Reads the table: reasons are not indexed, since only reports need them.
            summary.reasons = try Row.fetchAll(
                db,
                sql: """
                    SELECT state, ifnull(reason, ''), count(*) AS contacts FROM contact WHERE campaign_id = :campaign
                    GROUP BY 1, 2 ORDER BY contacts DESC, 1, 2
                    """,
                arguments: ["campaign": campaign]
            ).map {
                try ReasonCount(
                    state: StoredValue.word(try $0.decode(atIndex: 0)), reason: try $0.decode(atIndex: 1),
                    contacts: try $0.decode(atIndex: 2))
            }
            return summary
        }
    }

    /// The campaign in figures, but for the reasons.
    static func summary(_ db: Database, of name: String, campaign: Int64) throws -> CampaignSummary {
        try summary(db, of: name, campaign: campaign, CampaignAttempts(db, campaign: campaign))
    }

    static func summary(
        _ db: Database, of name: String, campaign: Int64, _ attempts: CampaignAttempts
    ) throws -> CampaignSummary {
        var summary = CampaignSummary(campaign: name, counts: try KeptCounts.states(db, campaign: campaign))
        summary.happened = try KeptCounts.outcomes(db, campaign: campaign)
        if summary.counts.failed > 0, try ForgottenNumbers.isAny(db) {
            // contact_by_turn, each contact that failed by row.
            summary.failedAndForgotten =
                try Int.fetchOne(
                    db,
                    sql: "SELECT count(*) FROM contact WHERE campaign_id = ? AND state = 'failed' AND phone >= ?",
                    arguments: [campaign, PhoneNumber.forgotten.lowerBound]) ?? 0
        }
        try count(db, attempts, in: &summary)
        summary.errors = try Row.fetchAll(
            db,
            sql: """
                SELECT error, count(*) AS attempts FROM \(attempts.rows) AND error IS NOT NULL
                GROUP BY error ORDER BY attempts DESC, error LIMIT 10
                """,
            arguments: attempts.arguments
        ).map { ErrorCount(error: try $0.decode(atIndex: 0), attempts: try $0.decode(atIndex: 1)) }
        let leftOut = try RowsWithoutContact(db, campaign: campaign)
        (summary.rejectedRows, summary.duplicateRows) = (leftOut.rejected, leftOut.duplicates)
        return summary
    }

    /// Counts the attempts by outcome. Nothing is sorted, as it would be for GROUP BY.
    private static func count(
        _ db: Database, _ attempts: CampaignAttempts, in summary: inout CampaignSummary
    ) throws {
        let outcomes = AttemptOutcome.allCases
        let counts = outcomes.map { "count(*) FILTER (WHERE outcome = '\($0.rawValue)')" }
        let row = try HotStatement(
            db,
            """
            SELECT min(started_at), max(started_at), count(outcome), \(counts.joined(separator: ", "))
            FROM \(attempts.rows)
            """)
        row.bind(attempts.numbers)
        defer { row.leave() }
        guard try row.step() else { return }
        summary.firstAttemptAt = StoredValue.moment(try row.storedNumber(0))
        summary.lastAttemptAt = StoredValue.moment(try row.storedNumber(1))
        var others = Int(try row.requiredNumber(2))
        for (index, outcome) in outcomes.enumerated() {
            let count = Int(try row.requiredNumber(Int32(index) + 3))
            others -= count
            if count > 0 { summary.outcomes[outcome] = count }
        }
        guard others == 0 else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(others) attempts have an unknown outcome")
        }
    }

    /// The columns of the campaign's lists, in the order of their first appearance.
    package func ownColumns(campaign: String) throws(StoreError) -> [String] {
        try read { db in try ListColumns(db, campaign: CampaignRows.id(db, named: campaign)).names }
    }

    /// Passes the number of each waiting contact to `body`; memory does not grow with their number.
    package func forEachWaiting(campaign: String, _ body: (PhoneNumber) throws -> Void) throws {
        try readStreaming { db in
            // contact_by_turn finds them; each is read by rowid.
            let phones = try Int64.fetchCursor(
                db, sql: "SELECT phone FROM contact WHERE campaign_id = :campaign AND state = 'ready'",
                arguments: ["campaign": try CampaignRows.id(db, named: campaign)])
            while let phone = try phones.next() { try body(StoredValue.phone(phone)) }
        }
    }

    /// Passes each contact to `body`, in the order of the lists; memory does not grow with their number.
    package func forEachContact(
        campaign: String, in states: Set<CallState> = Set(CallState.allCases), _ body: (ContactRow) throws -> Void
    ) throws {
        try readStreaming { db in
            let campaign = try CampaignRows.id(db, named: campaign)
            let contacts = try StoredContacts(db, campaign: campaign)
            try contacts.forEach(in: states) { _, contact in try body(contact) }
        }
    }

    /// Passes each attempt to `body`, contact by contact, in order.
    package func forEachAttempt(campaign: String, _ body: (AttemptRow) throws -> Void) throws {
        try readStreaming { db in
            // A part of attempt's primary key in its own order, and each contact by row.
            let rows = try HotStatement(
                alone: """
                    \(Self.attempts) WHERE \(ContactRange.condition) ORDER BY attempt.contact_id, attempt.number
                    """, db)
            rows.bind(try ContactRange(db, campaign: CampaignRows.id(db, named: campaign)).numbers)
            while try rows.step() { try body(Self.attempt(rows)) }
        }
    }

    /// The same for chosen contacts.
    ///
    /// - Parameters:
    ///   - states: that they can be in.
    ///   - isChosen: whether a contact is one of them.
    package func forEachAttempt(
        campaign: String, in states: Set<CallState>, of isChosen: (ContactRow) -> Bool,
        _ body: (AttemptRow) throws -> Void
    ) throws {
        try readStreaming { db in
            let contacts = try StoredContacts(db, campaign: try CampaignRows.id(db, named: campaign))
            // By attempt's primary key.
            let rows = try HotStatement(
                alone: "\(Self.attempts) WHERE attempt.contact_id = ? ORDER BY attempt.number", db)
            try contacts.forEach(in: states) { id, contact in
                guard isChosen(contact) else { return }
                rows.bind(id, at: 1)
                while try rows.step() { try body(Self.attempt(rows)) }
            }
        }
    }

    private static let attempts = """
        SELECT ifnull(dialed.phone, contact.phone), attempt.number, instance.name, attempt.started_at, attempt.ended_at,
            attempt.outcome, attempt.http_status, attempt.error, attempt.zaap_id, attempt.message_id,
            attempt.latency_ms, attempt.delivery, attempt.delivery_error, attempt.delivered_at,
            attempt.answer, attempt.answered_at
        FROM attempt
        JOIN contact ON contact.id = attempt.contact_id
        -- A call whose instance is lost is an error, and not left out.
        LEFT JOIN instance ON instance.id = attempt.instance_id
        \(ContactPhones.dialed())
        """

    private static func attempt(_ row: HotStatement) throws -> AttemptRow {
        try StoredValue.attempt(row, from: 1, of: StoredValue.phone(row.requiredNumber(0)))
    }

    /// Passes each rejected row to `body`, list by list, in order.
    ///
    /// - Parameter importedAt: only rows of the import at this time; nil means those that count now: a row that was
    ///   rejected again, when a corrected list was imported, comes once.
    package func forEachReject(
        campaign: String, importedAt: Timestamp? = nil, _ body: (RejectRow) throws -> Void
    ) throws {
        try readStreaming { db in
            let campaign = try CampaignRows.id(db, named: campaign)
            let columns = try ListColumns(db, campaign: campaign)
            let listed = try importedAt == nil ? RowsWithoutContact(db, campaign: campaign).condition : "1"
            let rows = try Row.fetchCursor(
                db,
                sql: """
                    \(Self.rejectedRows)
                    WHERE import.campaign_id = :campaign AND \(listed)
                        AND (:at IS NULL OR import.imported_at = :at)
                    ORDER BY reject.id
                    """,
                arguments: ["campaign": campaign, "at": importedAt?.milliseconds])
            while let row = try rows.next() { try body(Self.reject(row, columns)) }
        }
    }

    /// These rejected rows of a campaign.
    static func rejects(_ db: Database, campaign: Int64, _ ids: [Int64]) throws -> [RejectRow] {
        let columns = try ListColumns(db, campaign: campaign)
        // Each by rowid.
        return try Row.fetchAll(
            db, sql: "\(rejectedRows) WHERE reject.id IN (SELECT value FROM json_each(:ids)) ORDER BY reject.id",
            arguments: ["ids": StoredValue.json(ids)]
        ).map { try reject($0, columns) }
    }

    private static let rejectedRows = """
        SELECT import.file, reject.line, reject.raw, reject.own, reject.reason, reject.suggestion, import.id
        FROM reject JOIN import ON import.id = reject.import_id
        """

    private static func reject(_ row: Row, _ columns: ListColumns) throws -> RejectRow {
        RejectRow(
            file: try row.decode(atIndex: 0), line: try row.decode(atIndex: 1),
            raw: [UInt8](try row.decode(Data.self, atIndex: 2)),
            own: try columns.align(row.decode(atIndex: 3), import: row.decode(atIndex: 6)),
            reason: try row.decode(atIndex: 4), suggestion: try row.decode(atIndex: 5))
    }

    /// Passes each number that did not become a contact to `body`, list by list, in order.
    package func forEachDuplicate(campaign: String, _ body: (DuplicateRow) throws -> Void) throws {
        try readStreaming { db in
            let campaign = try CampaignRows.id(db, named: campaign)
            try Self.forEachDuplicate(
                db, "import.campaign_id = :id ORDER BY duplicate.import_id, duplicate.line, duplicate.id", id: campaign,
                body)
        }
    }

    /// The first numbers of each list of the import at this time that did not become another contact.
    ///
    /// - Parameter reason: only those with this reason; nil means any.
    package func duplicates(
        campaign: String, importedAt: Timestamp, for reason: DuplicateReason? = nil, atMost limit: Int
    ) throws -> [DuplicateRow] {
        try read { db in
            // import_by_campaign; then duplicate_by_import.
            let imports = try Int64.fetchAll(
                db, sql: "SELECT id FROM import WHERE campaign_id = :campaign AND imported_at = :at ORDER BY id",
                arguments: [
                    "campaign": try CampaignRows.id(db, named: campaign), "at": importedAt.milliseconds,
                ])
            let condition = reason.map { " AND duplicate.reason = '\($0.rawValue)'" } ?? ""
            var duplicates: [DuplicateRow] = []
            for list in imports {
                try Self.forEachDuplicate(
                    db, "import.id = :id\(condition) ORDER BY duplicate.line, duplicate.id LIMIT \(limit)", id: list
                ) { duplicates.append($0) }
            }
            return duplicates
        }
    }

    /// Passes the duplicates to `body` for which the SQL `condition` on `id` holds.
    static func forEachDuplicate(
        _ db: Database, _ condition: String, id: Int64, _ body: (DuplicateRow) throws -> Void
    ) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT import.file, duplicate.line, duplicate.phone, duplicate.reason, first.file, contact.line
                FROM duplicate JOIN import ON import.id = duplicate.import_id
                LEFT JOIN contact ON contact.id = duplicate.contact_id
                LEFT JOIN import AS first ON first.id = contact.import_id
                WHERE \(condition)
                """,
            arguments: ["id": id])
        while let row = try rows.next() {
            var duplicate = DuplicateRow(
                file: try row.decode(atIndex: 0), line: try row.decode(atIndex: 1),
                phone: try StoredValue.phone(row.decode(atIndex: 2)),
                reason: try StoredValue.word(row.decode(atIndex: 3)))
            duplicate.firstFile = try row.decode(atIndex: 4)
            duplicate.firstLine = try row.decode(Int?.self, atIndex: 5).flatMap { $0 > 0 ? $0 : nil }
            try body(duplicate)
        }
    }
}
