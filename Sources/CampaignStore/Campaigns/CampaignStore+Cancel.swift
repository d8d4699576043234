package import CampaignCore
import GRDB

extension CampaignStore {
    /// Excludes every `ready` contact of a campaign. Calls that a killed run left open become doubts, so that no later
    /// run requeues them.
    ///
    /// It takes effect with the first transaction: from then on no contact of the campaign is claimed. The contacts
    /// are excluded in slices; if that is interrupted, the next write to the campaign excludes the rest first.
    ///
    /// - Parameters:
    ///   - isBeingDialed: whether calls of the campaign are under way, which is also known from `begin` and `leave`.
    ///     They are left alone, and the campaign stays marked as being cancelled until they have ended and this is
    ///     called again.
    ///   - isAfterRun: whether this is that second call; its count then includes the contacts excluded before.
    /// - Returns: how many were excluded.
    package func cancel(
        campaign name: String, isBeingDialed: Bool = false, isAfterRun: Bool = false
    ) async throws(StoreError) -> Int {
        // Contacts of an import under way were to be called as well when the cancel was requested. So the cancel waits
        // for the import, while no contact of the campaign is claimed.
        try await write { db in
            guard let campaign = try CampaignRows.find(db, named: name) else { return }
            try CancelRows.begin(db, campaign, addsUp: isAfterRun)
        }
        await waitForImports()
        // During a run the spool is not touched: the run may be adding to it, and the next run records it.
        let spooled = try await isBeingDialed ? [] : spooled().results
        let limit = sliceLimits.rows
        var (campaign, isDialed, progress) = try await writeSlice { [self] db in
            let campaign = try CampaignRows.id(db, named: name)
            // It may have begun while this waited.
            let isBeingDialed = isBeingDialed || dialed.rows.contains(campaign)
            if !isBeingDialed {
                try recordSpooled(db, spooled)
                try InstanceRows.forgetWhen(db, callsOf: campaign)
                _ = try resolveInterrupted(db, campaign: campaign, attempts: 0)
            }
            try CancelRows.begin(db, campaign, addsUp: isAfterRun)
            return (
                campaign, isBeingDialed, try CancelRows.excludeNext(db, campaign, limit: limit, stays: isBeingDialed)
            )
        }
        while !progress.isOver {
            progress = try await writeSlice { [campaign, isDialed] db in
                try CancelRows.excludeNext(db, campaign, limit: limit, stays: isDialed)
            }
        }
        return progress.excluded
    }

    /// Finishes interrupted cancellations, before any other contact of the campaign may be called.
    ///
    /// - Parameter name: nil means every campaign.
    package func finishCancels(of name: String? = nil) async throws(StoreError) {
        while true {
            // A campaign being dialed is left to the command that cancels it, which waits for the run.
            let dialed = StoredValue.json(dialed.rows)
            let next = try await write { db in
                try Row.fetchOne(
                    db,
                    sql: """
                        SELECT name, id IN (SELECT value FROM json_each(:dialed)) AS is_dialed FROM campaign
                        WHERE is_cancelling = 1 AND (:name IS NULL OR name = :name)
                            AND (NOT is_dialed OR EXISTS (
                                SELECT 1 FROM contact WHERE campaign_id = campaign.id AND state = 'ready'))
                        """,
                    arguments: ["name": name, "dialed": dialed]
                ).map {
                    (name: try $0.decode(String.self, atIndex: 0), isDialed: try $0.decode(Bool.self, atIndex: 1))
                }
            }
            guard let next else { return }
            _ = try await cancel(campaign: next.name, isBeingDialed: next.isDialed, isAfterRun: true)
        }
    }

    /// Finishes an interrupted cancellation of a campaign whose contacts are to be requeued, or which is about to get
    /// more.
    ///
    /// - Returns: how often the campaign was cancelled; nil when there is no such campaign.
    /// - Throws: ``StoreError``, or ``InterruptedOperation/beingCancelled(campaign:)`` when calls are under way, whose
    ///   end completes the cancellation.
    func cancelsBefore(changing name: String) async throws -> (campaign: Int64, cancels: Int)? {
        try await finishCancels(of: name)
        let found = try await write { db in
            try CampaignRows.find(db, named: name).map { campaign in
                (campaign, try CancelRows.count(db, campaign), try CancelRows.isUnderWay(db, campaign))
            }
        }
        guard let (campaign, cancels, isUnderWay) = found else { return nil }
        guard !isUnderWay else { throw InterruptedOperation.beingCancelled(campaign: name) }
        return (campaign, cancels)
    }

    /// The same, for a campaign that must exist.
    func readyToRequeue(_ name: String) async throws -> (campaign: Int64, cancels: Int) {
        if let ready = try await cancelsBefore(changing: name) { return ready }
        throw try reader().unknown(campaign: name)
    }
}

extension StoreReader {
    /// Whether a campaign is being cancelled, or was when a process was killed: its waiting contacts will not be
    /// called.
    package func isBeingCancelled(campaign name: String) throws(StoreError) -> Bool {
        try read { db in
            try Bool.fetchOne(
                db, sql: "SELECT is_cancelling FROM campaign WHERE name = :name", arguments: ["name": name]) ?? false
        }
    }
}

/// What a campaign's row says about its cancellation. All by rowid.
enum CancelRows {
    /// Whether the waiting contacts are being excluded, or were when a process was killed: none may be claimed.
    static func isUnderWay(_ db: Database, _ campaign: Int64) throws -> Bool {
        let statement = try HotStatement(db, "SELECT is_cancelling FROM campaign_row WHERE id = ?")
        statement.bind(campaign, at: 1)
        return try statement.firstNumber() == 1
    }

    /// How often the campaign was cancelled.
    static func count(_ db: Database, _ campaign: Int64) throws -> Int {
        try Int.fetchOne(db, sql: "SELECT cancels FROM campaign_row WHERE id = :id", arguments: ["id": campaign]) ?? 0
    }

    /// Records that the campaign is cancelled; from then on none of its contacts is claimed, and it is not active. A
    /// cancellation in progress continues.
    ///
    /// - Parameter addsUp: whether the count continues from the contacts excluded the last time; whoever asked for the
    ///   campaign to be dialed since then is not refused.
    static func begin(_ db: Database, _ campaign: Int64, addsUp: Bool) throws {
        try db.execute(
            sql: """
                UPDATE campaign_row SET cancels = cancels + 1, is_cancelling = 1, last_call_at = NULL, cancelled = iif(:addsUp, cancelled, 0)
                WHERE id = :campaign AND is_cancelling = 0
                """,
            arguments: ["addsUp": addsUp, "campaign": campaign])
        guard !addsUp else { return }
        try CampaignRows.deactivate(db, campaign: campaign)
    }

    /// Excludes some of the waiting contacts of a campaign being cancelled; the cancellation ends with the last of
    /// them.
    ///
    /// - Parameters:
    ///   - limit: the maximum number.
    ///   - stays: whether the campaign stays marked as being cancelled because calls are under way that may be
    ///     requeued.
    /// - Returns: whether no waiting contact is left, and how many have been excluded in all.
    static func excludeNext(
        _ db: Database, _ campaign: Int64, limit: Int, stays: Bool
    ) throws -> (isOver: Bool, excluded: Int) {
        var isOver = true
        if try isUnderWay(db, campaign) {
            let (excluded, isLast) = try CampaignRows.exclude(db, .cancelled, limit: limit, campaign: campaign)
            isOver = isLast
            try db.execute(
                sql: """
                    UPDATE campaign_row SET cancelled = cancelled + :excluded, is_cancelling = :isUnderWay,
                        cancelled_to = ifnull((SELECT max(id) FROM contact_row), 0)
                    WHERE id = :campaign
                    """,
                arguments: ["excluded": excluded, "isUnderWay": !isOver || stays, "campaign": campaign])
        }
        let all = try Int.fetchOne(
            db, sql: "SELECT cancelled FROM campaign_row WHERE id = :campaign", arguments: ["campaign": campaign])
        return (isOver, all ?? 0)
    }
}
