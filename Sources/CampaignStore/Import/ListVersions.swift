import CampaignCore
import GRDB

/// An import as the present version of a file.
struct ListVersion {
    /// The import's row.
    let list: Int64
    let origin: ListOrigin
}

/// The versions of the files that lists were read from. A campaign has few lists, and they have few versions.
struct ListVersions {
    let db: Database
    let campaign: Int64

    /// Makes a version the present one of its file.
    ///
    /// - Parameter file: how the operator called the list.
    func enter(_ version: ListVersion, file: String) throws {
        let path = version.origin.path
        // Imports from before versions were kept are known by the name of their file alone. By primary key and
        // import_by_campaign.
        try db.execute(
            sql: """
                INSERT INTO list_version (campaign_id, path, import_id, is_current)
                SELECT :campaign, :path, id, 0 FROM import
                WHERE campaign_id = :campaign AND id < :list AND (file = :file OR file = :path)
                    AND accepted + duplicates > 0 AND is_export = 0
                    AND NOT EXISTS (SELECT 1 FROM list_version WHERE campaign_id = :campaign AND import_id = import.id)
                    AND NOT EXISTS (SELECT 1 FROM list_version WHERE campaign_id = :campaign AND path = :path)
                """, arguments: ["campaign": campaign, "path": path, "list": version.list, "file": file])
        try db.execute(
            sql: "UPDATE list_version SET is_current = 0 WHERE campaign_id = :campaign AND path = :path",
            arguments: ["campaign": campaign, "path": path])
        try db.execute(
            sql: """
                INSERT INTO list_version (campaign_id, path, import_id, modified_ns, is_current)
                VALUES (:campaign, :path, :list, :modified, 1)
                ON CONFLICT DO UPDATE SET modified_ns = excluded.modified_ns, is_current = 1
                """,
            arguments: [
                "campaign": campaign, "path": path, "list": version.list, "modified": version.origin.modified,
            ])
    }

    /// Contacts that an earlier version of the same file had, and that no list has any more, by state. Those that are
    /// excluded already are not counted.
    func notListed(since version: ListVersion) throws -> StateCounts {
        var counts = StateCounts()
        guard let condition = try notListedCondition(version) else { return counts }
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT state, count(*) FROM contact WHERE \(condition) AND state <> 'excluded' GROUP BY state",
            arguments: ["campaign": campaign])
        while let row = try rows.next() {
            counts[try StoredValue.word(row.decode(atIndex: 0))] = try row.decode(atIndex: 1)
        }
        return counts
    }

    /// Excludes those of them that wait to be called.
    func excludeNotListed(since version: ListVersion) throws {
        guard let condition = try notListedCondition(version) else { return }
        try db.execute(
            sql: "UPDATE contact SET state = 'excluded', reason = :reason WHERE \(condition) AND state = 'ready'",
            arguments: ["campaign": campaign, "reason": ExclusionReason.notListed.rawValue])
    }

    /// Lets those be called after all who were excluded since no list had them, and whom this one has; whoever has asked
    /// meanwhile not to be called, in whatever form of the number, is excluded for that from now on.
    ///
    /// - Returns: how many can be called again.
    func putBackListed(in list: Int64) throws -> Int {
        // contact_by_turn finds the excluded; duplicate_by_contact the list's other rows.
        let condition = """
            campaign_id = :campaign AND state = 'excluded' AND reason = :reason
                AND (import_id = :list OR EXISTS (
                    SELECT 1 FROM duplicate WHERE contact_id = contact.id AND import_id = :list))
            """
        let arguments: StatementArguments = [
            "campaign": campaign, "reason": ExclusionReason.notListed.rawValue, "list": list,
        ]
        if try BlockRows.isAny(db) {
            // Once for each number of the do-not-call list, as in BlockedContacts.
            try db.execute(
                sql: """
                    UPDATE contact SET reason = :blocked
                    WHERE \(condition) AND +id IN (
                        SELECT known.contact_id FROM block
                        CROSS JOIN contact_identity AS known
                            ON known.campaign_id = :campaign AND known.identity = block.identity)
                    """, arguments: arguments + ["blocked": ExclusionReason.doNotCall.rawValue])
        }
        try db.execute(
            sql: "UPDATE contact SET state = 'ready', reason = NULL WHERE \(condition)", arguments: arguments)
        return db.changesCount
    }

    /// Nil when the file has no earlier version.
    private func notListedCondition(_ version: ListVersion) throws -> String? {
        let earlier = try Int64.fetchAll(
            db,
            sql: """
                SELECT import_id FROM list_version
                WHERE campaign_id = :campaign AND path = :path AND import_id <> :list
                """, arguments: ["campaign": campaign, "path": version.origin.path, "list": version.list])
        guard !earlier.isEmpty else { return nil }
        // What is a version of some file, and no file's present one, counts no more.
        let outdated = try Int64.fetchAll(
            db,
            sql: """
                SELECT import_id FROM list_version WHERE campaign_id = :campaign
                GROUP BY import_id HAVING max(is_current) = 0
                """, arguments: ["campaign": campaign])
        let (ofFile, gone) = (Self.list(earlier), Self.list(outdated))
        // contact_by_turn by its first column, and for each contact its few rows by duplicate_by_contact.
        return """
            campaign_id = :campaign AND import_id IN (\(gone))
            AND (import_id IN (\(ofFile)) OR EXISTS (
                SELECT 1 FROM duplicate WHERE contact_id = contact.id AND import_id IN (\(ofFile))))
            AND NOT EXISTS (
                SELECT 1 FROM duplicate WHERE contact_id = contact.id AND import_id NOT IN (\(gone)))
            """
    }

    private static func list(_ rows: [Int64]) -> String { rows.map { "\($0)" }.joined(separator: ", ") }
}
