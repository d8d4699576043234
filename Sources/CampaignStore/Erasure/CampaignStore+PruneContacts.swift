package import CampaignCore
import GRDB

/// What was removed of contacts because of its age.
package struct PrunedContacts: Hashable, Sendable, Codable {
    package var contacts = 0
    /// Rejected rows of lists of that age.
    package var rejected = 0
    /// Whether bytes of it may still be in unused parts of the file, until nothing is dialed any more.
    package var hasTraces = false

    package init() {}
}

extension CampaignStore {
    /// Forgets what is about people in contacts whose last happening, and in rejected rows whose import, is older than
    /// `moment`, as ``forget(_:blocks:now:)`` does: totals stay, and hashes.
    ///
    /// Nothing of a campaign that is active, and no contact that waits, may have been called, or is held, is touched. If
    /// it is interrupted, or its task is cancelled, calling it again does the rest. Files of rejected rows that may have
    /// what was removed are marked until ``endErasing(_:of:)``.
    ///
    /// - Parameter moment: nil: what each campaign's file says (`retention`); nothing of those that say nothing.
    package func pruneContacts(before moment: Timestamp?, now: Timestamp) async throws -> PrunedContacts {
        var pruned = PrunedContacts()
        if moment == nil {
            guard try await readSnapshot({ db in try PruneRule.isAny(db) }) else { return pruned }
        }
        let rule = PruneRule(moment: moment, now: now, dialed: dialed.rows)
        let (entriesInMemory, folder) = (sliceLimits.entriesInMemory, folder)
        var contacts = try await readSnapshot { db in
            try rule.contacts(db, ExternalSorter(maxInMemory: entriesInMemory, folder: folder))
        }
        var rejects = try await readSnapshot { db in
            try rule.rejects(db, ExternalSorter(maxInMemory: entriesInMemory, folder: folder))
        }
        let (haveContacts, haveRejects) = (!contacts.isEmpty, !rejects.isEmpty)
        if haveContacts || haveRejects {
            try await beginErasing()
            let files = haveRejects ? try await readSnapshot { db in try rule.rejectsFiles(db) } : []
            // Before anything is removed, since it tells which files are meant.
            try await write { db in
                try ContactEraser.begin(db)
                try MarkedFileRows.mark(db, rejects: files)
            }
        }
        while !contacts.isEmpty, !Task.isCancelled {
            let slice = try contacts.next(sliceLimits.scattered)
            pruned.contacts += try await writeSlice { [self] db in
                try PruneRule(moment: moment, now: now, dialed: dialed.rows).erase(db, slice)
            }
        }
        while !rejects.isEmpty, !Task.isCancelled {
            let slice = try rejects.next(sliceLimits.rows)
            pruned.rejected += slice.count
            try await writeSlice { db in
                // By id.
                try db.execute(
                    sql: """
                        UPDATE reject SET raw = x'', own = '[]', suggestion = ''
                        WHERE id IN (SELECT value FROM json_each(:rows))
                        """, arguments: ["rows": StoredValue.json(slice)])
            }
        }
        pruned.hasTraces = try await !removeTraces()
        return pruned
    }
}

extension StoreReader {
    /// How much ``CampaignStore/pruneContacts(before:now:)`` would remove.
    package func prunableContacts(before moment: Timestamp?, now: Timestamp) throws(StoreError) -> PrunedContacts {
        try read { db in
            let rule = PruneRule(moment: moment, now: now, dialed: [])
            var counts = PrunedContacts()
            counts.contacts = try rule.countContacts(db)
            counts.rejected = try rule.countRejects(db)
            return counts
        }
    }
}

/// What is old enough to be forgotten.
private struct PruneRule {
    let moment: Timestamp?
    let now: Timestamp
    /// The campaigns that are being dialed.
    let dialed: [Int64]

    /// Whether any campaign says how long it keeps what is about people.
    static func isAny(_ db: Database) throws -> Bool {
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM retention)") ?? false
    }

    private var arguments: StatementArguments {
        [
            "moment": moment?.milliseconds, "now": now.milliseconds, "dialed": StoredValue.json(dialed),
            "hashes": PhoneNumber.forgotten.lowerBound,
        ]
    }

    /// SQL: until when what has happened is old in a campaign; NULL: nothing is.
    private static let end = """
        ifnull(:moment, :now - (SELECT keeps_ms FROM retention WHERE retention.campaign_id = campaign.id))
        """

    /// Once over the contacts, each attempt by primary key.
    private static let contacts = """
        FROM contact_row AS contact
        CROSS JOIN campaign ON campaign.id = contact.campaign_id
        CROSS JOIN import_row AS list ON list.id = contact.import_id
        WHERE contact.phone < :hashes
            AND (contact.state = 'accepted' OR contact.state = 'failed'
                OR contact.state = 'excluded' AND contact.reason <> 'held')
            AND campaign.is_active = 0 AND campaign.id NOT IN (SELECT value FROM json_each(:dialed))
            AND NOT EXISTS (SELECT 1 FROM hold WHERE hold.identity = contact.identity)
            AND max(list.imported_at, ifnull(contact.called_back_at, 0), ifnull(contact.replied_at, 0), ifnull(
                (SELECT max(max(started_at, ifnull(ended_at, 0), ifnull(delivered_at, 0), ifnull(answered_at, 0)))
                    FROM attempt WHERE contact_id = contact.id), 0)) < \(end)
        """

    private static let rejects = """
        FROM reject
        CROSS JOIN import_row AS list ON list.id = reject.import_id
        CROSS JOIN campaign ON campaign.id = list.campaign_id
        WHERE reject.raw <> x'' AND campaign.is_active = 0
            AND campaign.id NOT IN (SELECT value FROM json_each(:dialed)) AND list.imported_at < \(end)
            AND :hashes > 0
        """

    func contacts(_ db: Database, _ sorter: ExternalSorter<Int64>) throws -> SortedEntries<Int64> {
        try ids(db, "SELECT contact.id \(Self.contacts)", sorter)
    }

    func rejects(_ db: Database, _ sorter: ExternalSorter<Int64>) throws -> SortedEntries<Int64> {
        try ids(db, "SELECT reject.id \(Self.rejects)", sorter)
    }

    func countContacts(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) \(Self.contacts)", arguments: arguments) ?? 0
    }

    func countRejects(_ db: Database) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT count(*) \(Self.rejects)", arguments: arguments) ?? 0
    }

    func rejectsFiles(_ db: Database) throws -> [String] {
        try String.fetchAll(
            db,
            sql: """
                SELECT path FROM rejects_file WHERE campaign_id IN (SELECT list.campaign_id \(Self.rejects)) ORDER BY path
                """, arguments: arguments)
    }

    private func ids(_ db: Database, _ sql: String, _ sorter: ExternalSorter<Int64>) throws -> SortedEntries<Int64> {
        var found = sorter
        let rows = try Int64.fetchCursor(db, sql: sql, arguments: arguments)
        while let row = try rows.next() { try found.append(row) }
        return try found.sorted()
    }

    /// Erases those of these contacts to which the rule still applies.
    ///
    /// - Returns: how many.
    func erase(_ db: Database, _ contacts: [Int64]) throws -> Int {
        let old = try Row.fetchAll(
            db,
            sql: """
                SELECT contact.id, \(Self.end) \(Self.contacts) AND contact.id IN (SELECT value FROM json_each(:contacts))
                """, arguments: arguments + ["contacts": StoredValue.json(contacts)])
        let eraser = try ContactEraser(db, at: now)
        for row in old {
            let end = Timestamp(milliseconds: try row.decode(atIndex: 1))
            let numbers = try eraser.erase(try row.decode(atIndex: 0))
            // Phones first: an `@lid` is free when no phone is linked with it any more.
            for number in PersonNumbers.sorted(numbers) where try eraser.isFree(number) {
                let lids = try eraser.erase(number: number, before: end)
                for number in [number] + lids { try eraser.hashBlock(number, before: end) }
            }
        }
        return old.count
    }
}
