package import CampaignCore
import GRDB

extension CampaignStore {
    /// Excludes every contact of a campaign whose turn has not come. Calls that a run left open when it was killed become
    /// doubts, so that no later run puts them back.
    ///
    /// The first transaction resolves it: from then on nobody of the campaign is claimed. The contacts are excluded in slices,
    /// and should this be stopped in between, whoever writes to the campaign next excludes the others first.
    ///
    /// - Parameters:
    ///   - isBeingDialed: whether calls of the campaign are under way: they are left alone, and the campaign goes on being
    ///     cancelled until they are over and this is called again.
    ///   - isAfterRun: whether it is called again for that: contacts are counted with those before.
    /// - Returns: how many were excluded.
    package func cancel(
        campaign name: String, isBeingDialed: Bool = false, isAfterRun: Bool = false
    ) async throws(StoreError) -> Int {
        // Those whom an import is bringing in were to be called as well when this was asked: they are waited for, while
        // nobody of the campaign is claimed any more.
        try await write { db in
            guard let campaign = try CampaignRows.find(db, named: name) else { return }
            try CancelRows.begin(campaign, addsUp: isAfterRun, db)
        }
        await waitForImports()
        // Left where they are: the next run finds that it knows them, and nobody else may be adding to them now.
        let spooled = try await isBeingDialed ? [] : spooled().results
        let most = slices.rows
        var (campaign, progress) = try await writeSlice { [self] db in
            let campaign = try CampaignRows.id(db, named: name)
            if !isBeingDialed {
                try takeIn(spooled, db)
                try InstanceRows.forgetWhen(callsOf: campaign, db)
                _ = try Self.resolveInterrupted(db, campaign: campaign, attempts: 0)
            }
            try CancelRows.begin(campaign, addsUp: isAfterRun, db)
            return (campaign, try CancelRows.goOn(campaign, most: most, stays: isBeingDialed, db))
        }
        while !progress.isOver {
            progress = try await writeSlice { [campaign] db in
                try CancelRows.goOn(campaign, most: most, stays: isBeingDialed, db)
            }
        }
        return progress.excluded
    }

    /// Excludes whoever was to be excluded already when cancelling was interrupted, before somebody else of the campaign
    /// may be called.
    ///
    /// - Parameter name: nil means every campaign.
    package func finishCancels(of name: String? = nil) async throws(StoreError) {
        while true {
            // A campaign that is being dialed is waited for by whoever cancels it.
            let dialed = run.current?.campaign
            let next = try await write { db in
                try Row.fetchOne(
                    db,
                    sql: """
                        SELECT name, id IS :dialed FROM campaign
                        WHERE is_cancelling = 1 AND (:name IS NULL OR name = :name)
                            AND (id IS NOT :dialed OR EXISTS (
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

    /// Finishes what cancelling has left of a campaign whose contacts are to be put back, or which is to get others.
    ///
    /// - Returns: how often it was cancelled; nil when there is no such campaign.
    /// - Throws: ``StoreError`` or ``InterruptedWork/beingCancelled(campaign:)``: calls are under way, with whose end the
    ///   cancelling ends.
    func cancelsBefore(changing name: String) async throws -> (campaign: Int64, cancels: Int)? {
        try await finishCancels(of: name)
        let found = try await write { db in
            try CampaignRows.find(db, named: name).map { campaign in
                (campaign, try CancelRows.count(campaign, db), try CancelRows.isUnderWay(campaign, db))
            }
        }
        guard let (campaign, cancels, isUnderWay) = found else { return nil }
        guard !isUnderWay else { throw InterruptedWork.beingCancelled(campaign: name) }
        return (campaign, cancels)
    }

    /// The same for a campaign that there must be.
    func readyToRequeue(_ name: String) async throws -> (campaign: Int64, cancels: Int) {
        if let ready = try await cancelsBefore(changing: name) { return ready }
        throw try reader().unknown(campaign: name)
    }
}

extension StoreReader {
    /// Whether a campaign is being cancelled, or was when a process was killed: nobody of it will be called who waits.
    package func isBeingCancelled(campaign name: String) throws(StoreError) -> Bool {
        try read { db in
            try Bool.fetchOne(
                db, sql: "SELECT is_cancelling FROM campaign WHERE name = :name", arguments: ["name": name]) ?? false
        }
    }
}
