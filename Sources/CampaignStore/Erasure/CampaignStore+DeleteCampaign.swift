package import CampaignCore
import GRDB

/// What was deleted with a campaign.
package struct DeletedCampaign: Hashable, Sendable, Codable {
    /// Its contacts, by state.
    package var counts: StateCounts
    package var calls = 0
    /// People who are on the do-not-call list now, because a reply of theirs waited for a decision.
    package var blocked = 0
    /// Whether bytes of it may still be in unused parts of the file, until nothing is dialed any more.
    package var hasTraces = false
}

extension CampaignStore {
    /// Deletes a campaign with its contacts, calls, events, replies, rejected rows and history. Its totals stay; so does,
    /// by hashes, who was called when, and the do-not-call list.
    ///
    /// If it is interrupted, calling it again deletes the rest. The files that may have what was deleted are marked
    /// (``StoreReader/markedFiles()``) until ``endErasing(_:of:)``, which the caller calls once they are dealt with.
    ///
    /// - Parameter withDoubts: whether calls that may have rung do not matter.
    /// - Throws: ``ErasureError``, or ``StoreError``.
    package func deleteCampaign(
        _ name: String, withDoubts: Bool, now: Timestamp
    ) async throws -> DeletedCampaign {
        if var deleted = try await transaction({ db in try DeletionRows.ended(db, named: name) }) {
            deleted.hasTraces = try await !removeTraces()
            return deleted
        }
        try await requireIdle(name)
        // Nobody is called any more, and calls that a killed run has left open are doubts.
        _ = try await cancel(campaign: name)
        try await beginErasing()
        let limit = sliceLimits.scattered
        var (campaign, deleted) = try await transaction { [self] db in
            try requireIdle(db, name)
            return try DeletionRows.begin(db, named: name, in: path, withDoubts: withDoubts, now: now)
        }
        while true {
            let slice = try await writeSlice { [blockFeed, campaign] db in
                try DeletionRows(db, campaign: campaign, now: now, blockFeed).deleteContacts(atMost: limit)
            }
            deleted.blocked += slice.blocked
            guard slice.contacts > 0 else { break }
        }
        while try await writeSlice({ [blockFeed, campaign] db in
            try DeletionRows(db, campaign: campaign, now: now, blockFeed).deleteRows(atMost: limit)
        }) {}
        try await write { [campaign] db in try DeletionRows.end(db, campaign: campaign) }
        deleted.hasTraces = try await !removeTraces()
        return deleted
    }

    private func requireIdle(_ name: String) async throws {
        try await transaction { [self] db in try requireIdle(db, name) }
    }

    private func requireIdle(_ db: Database, _ name: String) throws {
        let campaign = try CampaignRows.id(db, named: name)
        let isActive = try Bool.fetchOne(
            db, sql: "SELECT is_active FROM campaign_row WHERE id = :campaign", arguments: ["campaign": campaign])
        guard isActive != true, !dialed.rows.contains(campaign) else {
            throw ErasureError.active(campaign: name, database: path)
        }
    }
}

/// The rows of a campaign that is being deleted.
private struct DeletionRows {
    private let db: Database
    private let campaign: Int64
    private let now: Timestamp
    private let feed: BlockFeed
    private let eraser: ContactEraser

    init(_ db: Database, campaign: Int64, now: Timestamp, _ feed: BlockFeed) throws {
        self.db = db
        self.campaign = campaign
        self.now = now
        self.feed = feed
        eraser = try ContactEraser(db, at: now)
    }

    /// Keeps the totals, once: after an interruption there are fewer contacts.
    static func begin(
        _ db: Database, named name: String, in database: String, withDoubts: Bool, now: Timestamp
    ) throws -> (Int64, DeletedCampaign) {
        let campaign = try CampaignRows.id(db, named: name)
        let counts = try KeptCounts.states(db, campaign: campaign)
        guard counts.inDoubt == 0 || withDoubts else {
            throw ErasureError.inDoubt(campaign: name, calls: counts.inDoubt, database: database)
        }
        try ContactEraser.begin(db)
        try db.execute(
            sql: """
                INSERT INTO deleted_campaign (campaign_id, name, file, created_at, deleted_at, accepted, failed, in_doubt,
                    excluded, attempts)
                SELECT :campaign, name, file, created_at, :now, :accepted, :failed, :inDoubt, :excluded,
                    (SELECT ifnull(sum(attempts), 0) FROM contact_row WHERE campaign_id = :campaign)
                FROM campaign_row WHERE id = :campaign
                ON CONFLICT (campaign_id) DO NOTHING
                """,
            arguments: [
                "campaign": campaign, "now": now.milliseconds, "accepted": counts.accepted, "failed": counts.failed,
                "inDoubt": counts.inDoubt, "excluded": counts.excluded,
            ])
        try MarkedFileRows.mark(db, campaign: campaign)
        guard let deleted = try totals(db, "campaign_id = :value", campaign) else {
            throw DatabaseError(message: "the totals of a campaign were not kept")
        }
        return (campaign, deleted)
    }

    /// What was deleted with a campaign of which only traces are left; nil when there is none.
    static func ended(_ db: Database, named name: String) throws -> DeletedCampaign? {
        guard try UnfinishedDeletion.all(db).contains(where: { $0.name == name }) else { return nil }
        return try totals(db, "campaign_id IS NULL AND name = :value ORDER BY id DESC LIMIT 1", name)
    }

    private static func totals(
        _ db: Database, _ condition: String, _ value: some DatabaseValueConvertible
    ) throws -> DeletedCampaign? {
        let row = try Row.fetchOne(
            db, sql: "SELECT \(DeletedTotals.columns) FROM deleted_campaign WHERE \(condition)",
            arguments: ["value": value])
        guard let row else { return nil }
        let totals = try DeletedTotals(row)
        return DeletedCampaign(counts: totals.counts, calls: totals.calls)
    }

    /// Deletes the next contacts with all that hangs on them.
    func deleteContacts(atMost limit: Int) throws -> (contacts: Int, blocked: Int) {
        // The left end of contact_by_turn.
        let next = try Int64.fetchAll(
            db, sql: "SELECT id FROM contact_row WHERE campaign_id = :campaign LIMIT :limit",
            arguments: ["campaign": campaign, "limit": limit])
        var blocked = 0
        for contact in next { blocked += try delete(contact) ? 1 : 0 }
        return (next.count, blocked)
    }

    /// - Returns: whether the person is on the do-not-call list because of this.
    private func delete(_ contact: Int64) throws -> Bool {
        let phones = try ContactPhones.all(db, of: contact)
        let row = try HotStatement(db, "SELECT identity, lid, import_id FROM contact_row WHERE id = ?")
        row.bind(contact, at: 1)
        guard try row.step(), let identity = row.number(0), let list = row.number(2) else { return false }
        let lid = row.number(1)
        row.leave()
        let numbers = Set([identity] + phones.map(\.identity))
        let isBlocked = try blockUndecided(numbers.union([lid].compactMap(\.self)))
        let isExcluded = try ids(
            "SELECT 1 FROM contact_row WHERE id = ? AND reason = '\(ExclusionReason.doNotCall.rawValue)'", contact)
        let isStopped = try !isExcluded.isEmpty || phones.contains { try BlockRows.contains(db, $0.identity) }
        try keepCalls(of: contact, identity, phones)
        for event in try ids("SELECT id FROM event WHERE contact_id = ?", contact) { try eraser.erase(event: event) }
        for number in numbers {
            // reply_by_person.
            for reply in try ids("SELECT id FROM reply WHERE identity = ? AND contact_id = ?", number, contact) {
                try eraser.erase(reply: reply)
            }
        }
        // Each by primary key, or an index by contact.
        for sql in [
            "DELETE FROM pending_phone WHERE contact_id = ?", "DELETE FROM queue_evidence WHERE contact_id = ?",
            "DELETE FROM attempt WHERE contact_id = ?", "DELETE FROM duplicate WHERE contact_id = ?",
            "DELETE FROM contact_phone WHERE contact_id = ?",
        ] { try run(sql, contact) }
        for number in numbers {
            try run(
                "DELETE FROM contact_identity WHERE campaign_id = ? AND identity = ? AND contact_id = ?", campaign,
                number, contact)
        }
        try run("DELETE FROM contact_row WHERE id = ?", contact)
        // The contacts still add up to what was imported.
        try run("UPDATE import_row SET accepted = max(accepted - 1, 0) WHERE id = ?", list)
        for number in numbers.union([lid].compactMap(\.self)) where try eraser.isFree(number) {
            let lids = try eraser.erase(number: number, before: Timestamp(milliseconds: .max))
            for number in [number] + lids { try eraser.removeRestoredBlock(number) }
            // It was not to be called because it stood beside one on the list, and there is no row any more to tell.
            if isStopped, try !BlockRows.contains(db, number) { try eraser.blockHash(of: number) }
        }
        return isBlocked
    }

    /// Whoever waits for a decision about a reply may have asked not to be called.
    private func blockUndecided(_ numbers: Set<Int64>) throws -> Bool {
        guard try numbers.contains(where: { try BlockRows.isHeld(db, $0) }) else { return false }
        let all = try PersonNumbers(db).all(of: numbers.sorted())
        try ReplyRows(db, feed).block(all, "a reply that was not decided when its campaign was deleted", at: now)
        return true
    }

    private func keepCalls(of contact: Int64, _ identity: Int64, _ phones: [ContactPhone]) throws {
        let hasCalls = try ids("SELECT number FROM attempt WHERE contact_id = ? LIMIT 1", contact).first != nil
        guard hasCalls else { return }
        for number in [identity] + phones.map(\.identity) { _ = try eraser.forgotten.enter(db, number, at: now) }
        try DeletedCalls.keep(db, of: contact) { place in
            let dialed = phones.first { $0.place == place }?.identity
            return eraser.forgotten.hash(of: dialed ?? identity)
        }
    }

    /// Deletes some rows that hang on no contact.
    ///
    /// - Returns: whether there may be more.
    func deleteRows(atMost limit: Int) throws -> Bool {
        for table in ["reject", "duplicate"] {
            // reject_by_import, duplicate_by_import.
            try db.execute(
                sql: """
                    DELETE FROM \(table) WHERE id IN (
                        SELECT id FROM \(table) WHERE import_id IN (
                            SELECT id FROM import_row WHERE campaign_id = :campaign) LIMIT :limit)
                    """, arguments: ["campaign": campaign, "limit": limit])
            if db.changesCount > 0 { return true }
        }
        // The left end of a range of the primary key.
        try db.execute(
            sql: """
                DELETE FROM call_series WHERE (campaign_id, span, start, instance_id) IN (
                    SELECT campaign_id, span, start, instance_id FROM call_series WHERE campaign_id = :campaign
                    LIMIT :limit)
                """, arguments: ["campaign": campaign, "limit": limit])
        return db.changesCount > 0
    }

    /// Deletes the campaign itself.
    static func end(_ db: Database, campaign: Int64) throws {
        // By primary key.
        let name = try String.fetchOne(
            db, sql: "SELECT name FROM campaign_row WHERE id = ?", arguments: [campaign])
        if let name { try ActionRows.forget(db, campaign: name) }
        for table in [
            "list_version", "rejects_file", "import_row", "instance_limit", "campaign_history", "retention",
        ] {
            try db.execute(sql: "DELETE FROM \(table) WHERE campaign_id = ?", arguments: [campaign])
        }
        try db.execute(sql: "DELETE FROM campaign_row WHERE id = ?", arguments: [campaign])
        try db.execute(
            sql: "UPDATE deleted_campaign SET campaign_id = NULL WHERE campaign_id = ?", arguments: [campaign])
    }

    private func run(_ sql: String, _ values: Int64...) throws {
        let statement = try HotStatement(db, sql)
        statement.bind(values)
        try statement.run()
    }

    private func ids(_ sql: String, _ values: Int64...) throws -> [Int64] {
        let statement = try HotStatement(db, sql)
        statement.bind(values)
        var ids: [Int64] = []
        while try statement.step() { if let id = statement.number(0) { ids.append(id) } }
        return ids
    }
}
