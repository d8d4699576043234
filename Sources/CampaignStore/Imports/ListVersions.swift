import CampaignCore
import GRDB

/// An import as the current version of a file.
struct ListVersion {
    /// The import's row id.
    let list: Int64
    let origin: ListOrigin
}

/// The versions of the files that lists were read from. A campaign has few lists, each with few versions.
struct ListVersions {
    let campaign: Int64
    /// An empty sorter, copied wherever contacts are collected.
    let gathering: ExternalSorter<Int64>

    /// Makes a version the current one of its file.
    ///
    /// - Parameter file: the list's name as the user gave it.
    func enter(_ db: Database, _ version: ListVersion, file: String) throws {
        let path = version.origin.path
        // Imports whose path was not stored are matched by their file name alone. By primary key and
        // import_by_campaign.
        try db.execute(
            sql: """
                INSERT INTO list_version (campaign_id, path, import_id, is_current)
                SELECT :campaign, :path, id, 0 FROM import_row
                WHERE campaign_id = :campaign AND id < :list AND (file = :file OR file = :path)
                    AND accepted + duplicates > 0 AND is_export = 0
                    AND NOT EXISTS (
                        SELECT 1 FROM list_version WHERE campaign_id = :campaign AND import_id = import_row.id)
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

    // MARK: Not listed any more

    /// SQL condition for contacts that an earlier version of the same file had, and that are no longer in any list; nil
    /// when the file has no earlier version.
    func notListedCondition(_ db: Database, _ version: ListVersion) throws -> String? {
        let earlier = try Int64.fetchAll(
            db,
            sql: """
                SELECT import_id FROM list_version
                WHERE campaign_id = :campaign AND path = :path AND import_id <> :list
                """, arguments: ["campaign": campaign, "path": version.origin.path, "list": version.list])
        guard !earlier.isEmpty else { return nil }
        // Imports that are versions of a file, but not the current version of any, do not count.
        let outdated = try Int64.fetchAll(
            db,
            sql: """
                SELECT import_id FROM list_version WHERE campaign_id = :campaign
                GROUP BY import_id HAVING max(is_current) = 0
                """, arguments: ["campaign": campaign])
        let (ofFile, gone) = (Self.list(earlier), Self.list(outdated))
        // contact_by_turn by its first column, and for each contact its few rows by duplicate_by_contact.
        return """
            campaign_id = \(campaign) AND import_id IN (\(gone))
            AND (import_id IN (\(ofFile)) OR EXISTS (
                SELECT 1 FROM duplicate WHERE contact_id = contact_row.id AND import_id IN (\(ofFile))))
            AND NOT EXISTS (
                SELECT 1 FROM duplicate WHERE contact_id = contact_row.id AND import_id NOT IN (\(gone)))
            AND NOT \(StandingBack.isListed { "\($0) NOT IN (\(gone))" })
            """
    }

    /// Contacts that are no longer listed, except those that are excluded already.
    struct NotListed {
        /// By state.
        var counts = StateCounts()
        /// Those that wait to be called, or are held; only if they are to be excluded.
        var waiting = SortedEntries<Int64>()
        /// The others, which must not wait to be called again; only if those that wait are to be excluded.
        var others = SortedEntries<Int64>()
    }

    /// The contacts that meet such a condition.
    ///
    /// - Parameter excludes: whether the waiting ones are to be excluded.
    func contacts(_ db: Database, where condition: String, excludes: Bool) throws -> NotListed {
        var found = NotListed()
        var (waiting, others) = (gathering, gathering)
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT id, state, is_delisted, reason IS 'held' FROM contact_row
                WHERE \(condition) AND (state <> 'excluded' OR is_delisted = 0)
                """)
        while let row = try rows.next() {
            let state: CallState = try StoredValue.word(row.decode(atIndex: 1))
            let (isKnown, isHeld): (Bool, Bool) = try (row.decode(atIndex: 2), row.decode(atIndex: 3))
            if excludes, state == .ready || state == .excluded && isHeld {
                try waiting.append(row.decode(atIndex: 0))
                continue
            }
            if excludes, !isKnown { try others.append(row.decode(atIndex: 0)) }
            if state != .excluded { found.counts[state] += 1 }
        }
        found.waiting = try waiting.sorted()
        found.others = try others.sorted()
        return found
    }

    /// Excludes those of them that still wait to be called.
    ///
    /// - Returns: how many contacts there are in all, by the state they were in.
    func exclude(_ db: Database, _ contacts: NotListed) throws -> StateCounts {
        var counts = contacts.counts
        var (waiting, others) = (contacts.waiting, contacts.others)
        while !others.isEmpty { try delist(db, try others.next(Self.atOnce)) }
        while true {
            let part = try waiting.next(Self.atOnce)
            guard !part.isEmpty else { return counts }
            try delist(db, part)
            let ids = "[\(Self.list(part))]"
            // All by id.
            try db.execute(
                sql: """
                    UPDATE contact_row SET state = 'excluded', reason = :reason
                    WHERE id IN (SELECT value FROM json_each(:ids))
                        AND (state = 'ready' OR state = 'excluded' AND reason = 'held')
                    """, arguments: ["ids": ids, "reason": ExclusionReason.notListed.rawValue])
            let excluded = db.changesCount
            counts[.ready] += excluded
            guard excluded < part.count else { continue }
            // The rest were claimed by the run, or excluded by another list of this import.
            let others = try Row.fetchCursor(
                db,
                sql: """
                    SELECT state, count(*) FROM contact_row
                    WHERE id IN (SELECT value FROM json_each(:ids)) AND state <> 'excluded' GROUP BY state
                    """, arguments: ["ids": ids])
            while let row = try others.next() {
                counts[try StoredValue.word(row.decode(atIndex: 0))] += try row.decode(atIndex: 1)
            }
        }
    }

    /// Notes that contacts are not listed any more, so that nothing but a person or a list makes them wait again. By id.
    private func delist(_ db: Database, _ contacts: [Int64]) throws {
        try db.execute(
            sql: "UPDATE contact_row SET is_delisted = 1 WHERE id IN (SELECT value FROM json_each(:ids))",
            arguments: ["ids": StoredValue.json(contacts)])
    }

    // MARK: Listed again

    /// Contacts that were no longer listed, and that this list contains.
    func excludedAndListed(_ db: Database, in list: Int64) throws -> SortedEntries<Int64> {
        // contact_delisted finds the contacts; duplicate_by_contact the list's other rows.
        let contacts = try Int64.fetchCursor(
            db,
            sql: """
                SELECT id FROM contact_row
                WHERE campaign_id = :campaign AND is_delisted = 1
                    AND (import_id = :list OR EXISTS (
                        SELECT 1 FROM duplicate WHERE contact_id = contact_row.id AND import_id = :list)
                        OR \(StandingBack.isListed { "\($0) = :list" }))
                """,
            arguments: ["campaign": campaign, "list": list])
        var found = gathering
        while let contact = try contacts.next() { try found.append(contact) }
        return try found.sorted()
    }

    /// Requeues those of them that were excluded for it. Contacts that have been blocked since, in any form of their
    /// number, are excluded for that reason from now on.
    ///
    /// - Returns: how many can be called again.
    func requeue(_ db: Database, _ contacts: [Int64], _ blocked: BlockedContacts) throws -> Int {
        try blocked.catchUp(db)
        let update = try db.cachedStatement(
            sql: """
                UPDATE contact_row SET is_delisted = 0, cancels = iif(
                    state = 'excluded' AND reason = :notListed,
                    (SELECT cancels FROM campaign_row WHERE id = campaign_id), cancels)
                WHERE id = :contact RETURNING state = 'excluded' AND reason = :notListed
                """)
        var count = 0
        for contact in contacts {
            let wasExcluded = try Bool.fetchOne(
                update, arguments: ["contact": contact, "notListed": ExclusionReason.notListed.rawValue])
            guard wasExcluded == true else { continue }
            let isBlocked = try blocked.contains(db, contact)
            if try ContactStandings.putBack(db, contact, isBlocked: isBlocked) == .ready { count += 1 }
        }
        return count
    }

    /// Contacts per statement.
    private static let atOnce = 1000

    private static func list(_ rows: [Int64]) -> String { rows.map { "\($0)" }.joined(separator: ", ") }
}
