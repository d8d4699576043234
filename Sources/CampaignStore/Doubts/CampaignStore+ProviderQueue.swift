package import CampaignCore
import GRDB

extension CampaignStore {
    /// The reason of contacts whose doubt the provider queue resolved.
    package static let foundInQueueReason = "found_in_queue"

    /// See ``CallQueue/resolve(_:of:)``.
    package func resolve(_ found: [ProviderQueueItem], of instance: Int) async throws(StoreError) -> Int {
        guard let numbers = dialed.numbers else { throw .unexpected(path: path, detail: "resolve before begin") }
        return try await write { [blockFeed] db in
            let seconds = Dictionary(numbers.campaigns.values.map { ($0.row, $0.callDuration) }) { first, _ in first }
            return try ProviderQueueResolver(
                db, blockFeed, instance: numbers.instance(instance), ringing: seconds
            ).resolve(found)
                .count
        }
    }

    /// Resolves doubts of a campaign as accepted if their call is in the provider queue of an instance.
    ///
    /// - Parameters:
    ///   - found: everything in the instance's provider queue.
    ///   - instance: Z-API's id of the instance.
    ///   - seconds: how long a call of the campaign rings, for contacts without their own duration.
    /// - Returns: the numbers whose doubts were resolved.
    package func resolveDoubts(
        foundIn found: [ProviderQueueItem], instance: String, campaign name: String, ringing seconds: Int
    ) async throws(StoreError) -> [PhoneNumber] {
        try await write { [blockFeed] db in
            let campaign = try CampaignRows.id(db, named: name)
            let row = try Int64.fetchOne(
                db, sql: "SELECT id FROM instance WHERE zapi_id = :id", arguments: ["id": instance])
            guard let row else { return [] }
            return try ProviderQueueResolver(db, blockFeed, instance: row, ringing: [campaign: seconds]).resolve(found)
        }
    }
}

/// Resolves the doubts of some campaigns that one instance's provider queue settles, within one transaction.
private struct ProviderQueueResolver {
    private let db: Database
    private let feed: BlockFeed
    private let instance: Int64
    /// The campaigns, with how long a call of each rings for contacts without their own duration.
    private let seconds: [Int64: Int]

    init(_ db: Database, _ feed: BlockFeed, instance: Int64, ringing seconds: [Int64: Int]) {
        self.db = db
        self.feed = feed
        self.instance = instance
        self.seconds = seconds
    }

    func resolve(_ found: [ProviderQueueItem]) throws -> [PhoneNumber] {
        var matching = ProviderQueueMatcher()
        for item in found {
            guard let phone = item.phone, item.kind != .message else { continue }
            let attempts = try attempts(of: phone)
            // A call id that an attempt already has cannot belong to another attempt.
            guard !attempts.contains(where: { item.hasCallId && $0.zaapId == item.shownId }) else { continue }
            matching.add(item, attempts: attempts.filter { isOpen($0) }.map(\.open))
        }
        for (item, attempt) in matching.evidence { try keep(item, asEvidenceOf: attempt) }
        return try matching.certain.compactMap { try accept($0.item, as: $0.attempt) }
    }

    private struct Attempt {
        var open: OpenAttempt
        var instance: Int64
        var outcome: AttemptOutcome?
        var zaapId: String?
    }

    /// The found call can be an attempt of any campaign, including one that a dead run left without a result.
    private func isOpen(_ attempt: Attempt) -> Bool {
        guard attempt.instance == instance, attempt.zaapId == nil else { return false }
        return attempt.outcome == nil || attempt.outcome == .inDoubt
    }

    /// The attempts of a number, however it was written, in all campaigns.
    private func attempts(of phone: PhoneNumber) throws -> [Attempt] {
        // Once for each campaign, in this order of the tables: each by primary key. So the work depends on the size of
        // the provider queue, not on the number of contacts.
        let statement = try db.cachedStatement(
            sql: """
                SELECT attempt.contact_id, attempt.number, attempt.started_at, attempt.ended_at, attempt.instance_id,
                    attempt.outcome, attempt.zaap_id, contact.call_duration, campaign.id
                FROM campaign
                CROSS JOIN contact_identity AS known
                    ON known.campaign_id = campaign.id AND known.identity = :identity
                CROSS JOIN contact ON contact.id = known.contact_id
                CROSS JOIN attempt ON attempt.contact_id = known.contact_id
                WHERE \(ContactPhones.dialedKnown)
                """)
        return try Row.fetchAll(statement, arguments: ["identity": phone.identity]).map { row in
            Attempt(
                open: OpenAttempt(
                    attempt: AttemptID(contact: try row.decode(atIndex: 0), number: try row.decode(atIndex: 1)),
                    startedAt: Timestamp(milliseconds: try row.decode(atIndex: 2)),
                    endedAt: StoredValue.moment(try row.decode(atIndex: 3)),
                    seconds: try row.decode(Int?.self, atIndex: 7) ?? seconds[try row.decode(atIndex: 8)]),
                instance: try row.decode(atIndex: 4),
                outcome: try row.decode(String?.self, atIndex: 5).map { try StoredValue.word($0) },
                zaapId: try row.decode(atIndex: 6))
        }
    }

    /// Records that an item may be the call of an attempt in doubt. An item that is already recorded changes nothing.
    private func keep(_ item: ProviderQueueItem, asEvidenceOf attempt: AttemptID) throws {
        // By primary keys. An attempt that is under way, or was interrupted, is not in doubt yet.
        try db.execute(
            sql: """
                INSERT INTO queue_evidence (contact_id, number, zaap_id, message_id, created_at, call_duration)
                SELECT contact_id, number, :zaapId, :messageId, :created, :seconds FROM attempt
                WHERE contact_id = :contact AND number = :number AND outcome = 'in_doubt'
                ON CONFLICT DO NOTHING
                """,
            arguments: [
                "zaapId": item.shownId, "messageId": item.messageId, "created": item.createdAt?.milliseconds,
                "seconds": item.seconds, "contact": attempt.contact, "number": attempt.number,
            ])
    }

    /// Records that Z-API has the call. Nil unless that moves a contact of the campaigns.
    private func accept(_ item: ProviderQueueItem, as attempt: AttemptID) throws -> PhoneNumber? {
        // By rowid.
        let ours = try Int64.fetchOne(
            db,
            sql: """
                SELECT phone FROM contact_row
                WHERE id = :contact AND campaign_id IN (SELECT value FROM json_each(:campaigns)) AND state <> 'dialing'
                """,
            arguments: ["contact": attempt.contact, "campaigns": StoredValue.json(Array(seconds.keys))])
        guard let ours else { return nil }
        try enter(item, as: attempt)
        // By rowid.
        let phone = try Int64.fetchOne(
            db,
            sql: """
                UPDATE contact_row SET state = 'accepted', reason = :reason, due_at = 0
                WHERE id = :contact AND attempts = :number AND (state = 'in_doubt' OR state = 'ready')
                RETURNING phone
                """,
            arguments: [
                "reason": CampaignStore.foundInQueueReason, "contact": attempt.contact, "number": attempt.number,
            ])
        let news = try ParkedEvents.effects(db, ofNaming: attempt, feed)
        guard try phone != nil || !news.isEmpty || ContactStandings.settle(db, attempt.contact) != nil else {
            return nil
        }
        return try StoredValue.phone(ours)
    }

    private func enter(_ item: ProviderQueueItem, as attempt: AttemptID) throws {
        try CallTally.noteAccepted(db, attempt)
        // By primary key. With an end time, it no longer counts as interrupted. Its error text stays: it says what
        // happened.
        try db.execute(
            sql: """
                UPDATE attempt SET outcome = 'accepted', zaap_id = :zaapId, message_id = :messageId, released = NULL,
                    ended_at = ifnull(ended_at, max(started_at, :taken))
                WHERE contact_id = :contact AND number = :number
                """,
            arguments: [
                "zaapId": item.shownId, "messageId": item.messageId, "taken": item.createdAt?.milliseconds ?? 0,
                "contact": attempt.contact, "number": attempt.number,
            ])
    }
}

extension ProviderQueueItem {
    /// How many seconds it rings; nil when the item does not say.
    fileprivate var seconds: Int? {
        if case .call(let seconds) = kind { seconds } else { nil }
    }
}
