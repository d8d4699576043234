package import CampaignCore
import GRDB

extension CampaignStore: CallQueue {
    /// See ``CallQueue/begin(_:)``. The spool is recorded first, so that calls with a known result do not become doubts.
    package func begin(_ start: RunStart) async throws(StoreError) -> RunSnapshot {
        while true {
            let (store, spooled) = try await spooled()
            guard let (rows, opening) = try await open(start, store: store, spooled) else {
                // In slices, and not in this transaction: others may want to write in between.
                _ = try await cancel(campaign: start.campaign, isAfterRun: true)
                continue
            }
            // Only after they are in the database. If a crash comes in between, they are recorded twice, which changes
            // nothing.
            try spool.clear()
            try spool.reserve(results: start.workers)
            currentRun.enter(rows)
            return opening
        }
    }

    /// - Returns: nil when the campaign is being cancelled, or was when a process was killed: finish that first.
    private func open(
        _ start: RunStart, store: String, _ spooled: [AttemptResult]
    ) async throws(StoreError) -> (CurrentRun.Rows, RunSnapshot)? {
        try await write { [self] db in
            let campaign = try CampaignRows.id(db, named: start.campaign)
            guard try !CancelRows.isUnderWay(db, campaign) else { return nil }
            if try UnfinishedImport.isThere(db) { clearUnfinishedImport() }
            let instances = try start.instances.map { try CampaignRows.enter(db, instance: $0) }
            let rows = CurrentRun.Rows(
                campaign: campaign, instances: instances, store: store, boot: start.uptime.boot,
                callDuration: start.callDuration)
            // Before the results are recorded: an interrupted run, or one that had to spool, could not save its paces.
            let open = try Self.callsUnderWay(db)
            try recordSpooled(db, spooled)
            let interrupted = try Self.resolveInterrupted(
                db, campaign: campaign, attempts: start.retriesDoubt ? start.attempts : 0)
            try InstanceRows.enterLimits(db, of: start, rows: rows)
            var opening = RunSnapshot(
                counts: try CampaignRows.counts(db, campaign: campaign),
                instances: try zip(start.instances, instances).map { instance, id in
                    var limits = InstanceLimits(instance)
                    try InstanceRows.tighten(db, &limits, row: id, now: start.now)
                    var opening = InstanceSnapshot(
                        pace: try InstanceRows.pace(
                            db, ofInstance: id, isUncertain: open.contains { $0.instance == id }),
                        limits: limits,
                        uses: try InstanceRows.uses(db, of: id))
                    opening.trouble = try InstanceRows.trouble(db, of: id)
                    return opening
                },
                campaignPace: try InstanceRows.pace(
                    db, ofCampaign: campaign, isUncertain: open.contains { $0.campaign == campaign }),
                interrupted: interrupted,
                unspooled: spooled.count)
            try CampaignRows.note(db, start, finished: opening.counts.finished, campaign: campaign)
            opening.believedOffset = try InstanceRows.believedOffset(db, boot: rows.boot)
            return (rows, opening)
        }
    }

    /// See ``CallQueue/commit(_:)``.
    package func commit(_ batch: CommitBatch) async throws(StoreError) -> CommitResult {
        guard let rows = currentRun.rows else { throw .unexpected(path: path, detail: "commit before begin") }
        return try await write { [currentRun, sliceLimits] db in
            for result in batch.results { try CallJournal.record(db, result) }
            // The contacts of a cancelled campaign are being excluded. The results are still written.
            let isOver = try batch.expires || !batch.claims.isEmpty && CancelRows.isUnderWay(db, rows.campaign)
            var excluded = 0
            if batch.expires {
                excluded = try CampaignRows.exclude(db, .expired, limit: sliceLimits.rows, campaign: rows.campaign)
            }
            var admitted = batch
            if isOver { admitted.claims = [] }
            let admission = try Admission(db, of: admitted, campaign: rows.campaign)
            var commit = CommitResult(
                calls: try CallJournal.claim(db, for: admission.claims, in: batch, rows: rows), rest: nil)
            commit.excluded = excluded + admission.blocked
            commit.deferred = admission.deferred
            commit.full = admission.full
            try CallJournal.keep(db, batch.paces, rows: rows)
            try InstanceRows.note(db, batch, rows: rows)
            if batch.wantsCounts { commit.counts = try CampaignRows.counts(db, campaign: rows.campaign) }
            if batch.expires {
                commit.rest = RemainingContacts(nextDue: try ContactTurn.nextDue(db, campaign: rows.campaign))
            } else if isOver {
                commit.rest = .empty
            } else if commit.calls.count < batch.claims.count {
                let isReviewed = try currentRun.reviewDeferred(db, batch, campaign: rows.campaign)
                let rest = RemainingContacts(nextDue: try ContactTurn.nextDue(db, campaign: rows.campaign))
                commit.rest = isReviewed || rest == .empty ? rest : .dueAt(batch.limitNow)
            }
            return commit
        }
    }

    /// See ``CallQueue/spool(_:)``.
    package func spool(_ results: [AttemptResult]) async throws(StoreError) {
        guard let rows = currentRun.rows else { throw .unexpected(path: path, detail: "spool before begin") }
        try spool.append(results, store: rows.store)
    }

    /// The database's own name, and the results spooled beside it.
    func spooled() async throws(StoreError) -> (store: String, results: [AttemptResult]) {
        let path = path
        let store = try await write { db in
            try String.fetchOne(db, sql: "SELECT uuid FROM store")
        }
        guard let store else { throw .corrupt(path: path, detail: "its table store has no row") }
        return (store, try spool.results(store: store))
    }

    /// Records the results that a run had to spool.
    ///
    /// - Throws: when the database does not know a call: it is an older copy, and the results must not be dropped.
    func recordSpooled(_ db: Database, _ spooled: [AttemptResult]) throws {
        for result in spooled {
            guard try CallJournal.knows(db, result.attempt) else {
                throw StoreError.io(path: files.spool, detail: Self.unknownResult)
            }
            try CallJournal.record(db, result)
        }
    }

    static let unknownResult =
        "it holds the result of a call that the database does not know, so the database is an older copy: put the newer "
        + "one back, or move this file away to continue without it"

    /// Turns intents without a result into doubts, or requeues them while fewer than `attempts` attempts are used.
    ///
    /// - Returns: how many there were.
    static func resolveInterrupted(_ db: Database, campaign: Int64, attempts: Int) throws -> Int {
        // contact_by_turn finds contacts in `dialing`: at most as many as the last run had workers.
        let interrupted = try Row.fetchAll(
            db,
            sql: """
                SELECT id, attempts, tries_used FROM contact WHERE campaign_id = :campaign AND state = 'dialing'
                """,
            arguments: ["campaign": campaign])
        for row in interrupted {
            let used = try row.decode(Int.self, atIndex: 2) + 1
            let goesBack = used < attempts
            try db.execute(
                sql: """
                    UPDATE attempt SET outcome = 'in_doubt', error = :error
                    WHERE contact_id = :contact AND number = :number AND outcome IS NULL
                    """,
                arguments: [
                    "error": DoubtReason.interrupted.rawValue, "contact": try row.decode(Int64.self, atIndex: 0),
                    "number": try row.decode(Int.self, atIndex: 1),
                ])
            try db.execute(
                sql: """
                    UPDATE contact_row SET state = :state, reason = :reason, tries_used = :used, due_at = 0
                    WHERE id = :contact AND state = 'dialing'
                    """,
                arguments: [
                    "state": (goesBack ? CallState.ready : .inDoubt).rawValue,
                    "reason": goesBack ? nil : DoubtReason.interrupted.rawValue,
                    "used": used, "contact": try row.decode(Int64.self, atIndex: 0),
                ])
        }
        return interrupted.count
    }

    /// The campaign and the instance of every call left open by a run of any campaign.
    private static func callsUnderWay(_ db: Database) throws -> [(campaign: Int64, instance: Int64)] {
        // contact_by_turn once for each campaign, in this order of the tables; attempt by primary key.
        try Row.fetchAll(
            db,
            sql: """
                SELECT campaign.id, attempt.instance_id FROM campaign
                CROSS JOIN contact ON contact.campaign_id = campaign.id AND contact.state = 'dialing'
                CROSS JOIN attempt ON attempt.contact_id = contact.id AND attempt.number = contact.attempts
                """
        ).map { (try $0.decode(atIndex: 0), try $0.decode(atIndex: 1)) }
    }
}

extension RemainingContacts {
    fileprivate init(nextDue: Timestamp?) {
        self = nextDue.map { .dueAt($0) } ?? .empty
    }
}
