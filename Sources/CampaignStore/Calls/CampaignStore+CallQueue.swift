package import CampaignCore
import GRDB
import Synchronization

extension CampaignStore: CallQueue {
    /// See ``CallQueue/begin(_:)``. The spool is recorded first, so that calls with a known result do not become doubts.
    package func begin(_ start: RunStart) async throws(StoreError) -> RunSnapshot {
        do {
            try dialed.join(start)
        } catch {
            throw .unexpected(path: path, detail: "\(error)")
        }
        do throws(StoreError) {
            return try await beginJoined(start)
        } catch {
            dialed.withdraw(start.number)
            throw error
        }
    }

    private func beginJoined(_ start: RunStart) async throws(StoreError) -> RunSnapshot {
        while true {
            let (store, spooled) = try await spooled()
            // A spool with results stays as it is until they are in the database; most starts find none.
            if spooled.isEmpty { try spool.reserve(results: dialed.results) }
            guard let (campaign, opening) = try await open(start, spooled) else {
                // In slices, and not in this transaction: others may want to write in between.
                _ = try await cancel(campaign: start.campaign, isAfterRun: true)
                continue
            }
            // Only after they are in the database. If a crash comes in between, they are recorded twice, which changes
            // nothing.
            try spool.clear(recorded: spooled.count, reserving: dialed.results)
            dialed.enter(campaign, start.number, store: store, boot: start.uptime.boot)
            return opening
        }
    }

    /// - Returns: nil when the campaign is being cancelled, or was when a process was killed: finish that first.
    private func open(
        _ start: RunStart, _ spooled: [AttemptResult]
    ) async throws(StoreError) -> (DialedCampaign, RunSnapshot)? {
        try await write { [self] db in
            let campaign = try CampaignRows.id(db, named: start.campaign)
            try CampaignRows.requireWhole(db, start.campaign, campaign)
            guard try !CancelRows.isUnderWay(db, campaign) else { return nil }
            if try UnfinishedImport.isThere(db) { clearUnfinishedImport() }
            let instances = try start.instances.map { try CampaignRows.enter(db, instance: $0) }
            try CampaignRows.note(db, fallsBack: start.fallsBack, campaign: campaign)
            if start.canary == nil { try CanaryRows.forgetJudged(db, campaign: campaign) }
            // Before the results are recorded: an interrupted run, or one that had to spool, could not save its paces.
            let open = try callsLeftOpen(db)
            try recordSpooled(db, spooled)
            let interrupted = try resolveInterrupted(
                db, campaign: campaign, attempts: start.retriesDoubt ? start.attempts : 0)
            // After them: they are no part of a canary that begins now.
            if let canary = start.canary { try CanaryRows.begin(db, canary, campaign: campaign) }
            try InstanceRows.enterLimits(db, of: start, campaign: campaign, instances: instances)
            try Redials.begin(db, start.redial, campaign: campaign)
            var redials = RedialReview(start.redial)
            // With nobody to call, the run would be over before the others are looked at.
            while try !redials.isDone && redials.reviewNext(db, campaign: campaign) == 0 {}
            var opening = RunSnapshot(
                counts: try KeptCounts.states(db, campaign: campaign),
                instances: try zip(start.instances, instances).map { instance, id in
                    var limits = InstanceLimits(instance)
                    try InstanceRows.tighten(db, &limits, row: id, now: start.now)
                    var opening = InstanceSnapshot(
                        pace: try InstanceRows.pace(db, ofInstance: id, isUncertain: open.instances.contains(id)),
                        limits: limits,
                        uses: try InstanceRows.uses(db, of: id))
                    opening.trouble = try InstanceRows.trouble(db, of: id)
                    let rest = try InstanceRows.rest(db, of: id, at: start.now)
                    opening.quarantinedUntil = rest?.until
                    opening.quarantineReason = rest?.reason
                    return opening
                },
                campaignPace: try InstanceRows.pace(
                    db, ofCampaign: campaign, isUncertain: open.campaigns.contains(campaign)),
                interrupted: interrupted,
                unspooled: spooled.count)
            opening.lastCallAt = try CampaignRows.lastCallAt(db, campaign: campaign)
            opening.outcomes = try KeptCounts.outcomes(db, campaign: campaign)
            opening.canary = try CanaryRows.state(db, campaign: campaign)
            try CampaignRows.note(db, start, finished: opening.counts.finished, campaign: campaign)
            opening.believedOffset = try InstanceRows.believedOffset(db, boot: start.uptime.boot)
            let rows = Dictionary(zip(start.instanceNumbers, instances)) { first, _ in first }
            return (
                DialedCampaign(row: campaign, instances: rows, start, redials), opening
            )
        }
    }

    /// See ``CallQueue/commit(_:)``.
    package func commit(_ batch: CommitBatch) async throws(StoreError) -> CommitResult {
        guard let numbers = dialed.numbers else { throw .unexpected(path: path, detail: "commit before begin") }
        let (result, reviews) = try await write { [sliceLimits, blockFeed] db in
            var tally = CallTally()
            let moved = try batch.results.filter { try CallJournal.record(db, $0, &tally) }.map(\.attempt)
            // Before events that have waited for these results add to it.
            try tally.write(db)
            var result = CommitResult(campaigns: [])
            result.events = try Self.news(db, of: moved)
            result.events += try ParkedEvents.apply(db, after: batch.results.map(\.attempt), blockFeed)
            result.campaigns.reserveCapacity(batch.campaigns.count)
            var reviews: [(DialedCampaign, CampaignWrite)] = []
            for part in batch.campaigns {
                let campaign = try numbers.campaign(part.campaign)
                var writing = CampaignWrite(in: batch, of: campaign, limit: sliceLimits.rows)
                result.campaigns.append(try writing.run(db, part))
                if writing.hasReviewed { reviews.append((campaign, writing)) }
            }
            try CallJournal.keep(db, batch.paces, numbers)
            try InstanceRows.note(db, batch, numbers)
            return (result, reviews)
        }
        for (campaign, writing) in reviews { campaign.note(writing) }
        return result
    }

    /// See ``CallQueue/leave(_:)``.
    package func leave(_ departure: RunDeparture) async throws(StoreError) {
        guard let campaign = dialed.numbers?.campaigns[departure.campaign] else {
            throw .unexpected(path: path, detail: "\(NumberConflict.unknownCampaign(departure.campaign))")
        }
        // Also when it cannot be noted: whoever begins next finds what the last `begin` noted.
        defer { dialed.leave(departure.campaign) }
        try await write { db in try CampaignRows.note(db, departure, campaign: campaign.row) }
    }

    /// See ``CallQueue/spool(_:)``.
    package func spool(_ results: [AttemptResult]) async throws(StoreError) {
        guard let store = dialed.numbers?.store else { throw .unexpected(path: path, detail: "spool before begin") }
        try spool.append(results, store: store)
    }

    /// The database's own name, and the results spooled beside it.
    func spooled() async throws(StoreError) -> (store: String, results: [AttemptResult]) {
        let path = path
        let store = try await write { db in
            try String.fetchOne(db, sql: "SELECT uuid FROM store")
        }
        guard let store else {
            throw .corrupt(
                path: path, detail: Phrase("its table store has no row", "a tabela store dele não tem linha"))
        }
        return (store, try spool.results(store: store))
    }

    /// Records the results that a run had to spool.
    ///
    /// - Throws: when the database does not know a call: it is an older copy, and the results must not be dropped.
    func recordSpooled(_ db: Database, _ spooled: [AttemptResult]) throws {
        var tally = CallTally()
        for result in spooled {
            guard try CallJournal.knows(db, result.attempt) else {
                throw StoreError.io(path: files.spool, detail: Self.unknownResult)
            }
            try CanaryRows.count(db, spooled: result)
            try CallJournal.record(db, result, &tally)
        }
        try tally.write(db)
        _ = try ParkedEvents.apply(db, after: spooled.map(\.attempt), blockFeed)
    }

    static let unknownResult = Phrase(
        "it holds the result of a call that the database does not know, so the database is an older copy: put the newer "
            + "one back, or move this file away to continue without it",
        "ele tem o resultado de uma ligação que o banco de dados não conhece, portanto o banco é uma cópia mais antiga: "
            + "ponha o mais novo de volta, ou tire este arquivo daqui para continuar sem ele")

    /// Turns intents without a result into doubts, or requeues them while fewer than `attempts` attempts are used.
    ///
    /// - Returns: how many there were.
    func resolveInterrupted(_ db: Database, campaign: Int64, attempts: Int) throws -> Int {
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
                    UPDATE attempt SET outcome = 'in_doubt', error = :error, released = :released
                    WHERE contact_id = :contact AND number = :number AND outcome IS NULL
                    """,
                arguments: [
                    "released": goesBack ? CallFacts.Standing.nothing.rawValue : nil,
                    "error": DoubtReason.interrupted.rawValue, "contact": try row.decode(Int64.self, atIndex: 0),
                    "number": try row.decode(Int.self, atIndex: 1),
                ])
            if db.changesCount > 0 {
                try CallTally.noteInterrupted(
                    db, AttemptID(contact: row.decode(atIndex: 0), number: row.decode(atIndex: 1)))
            }
            try db.execute(
                sql: """
                    UPDATE contact_row SET state = :state, reason = :reason, tries_used = :used, due_at = 0,
                        redial_at = iif(:state = 'ready', redial_at, NULL)
                    WHERE id = :contact AND state = 'dialing'
                    """,
                arguments: [
                    "state": (goesBack ? CallState.ready : .inDoubt).rawValue,
                    "reason": goesBack ? nil : DoubtReason.interrupted.rawValue,
                    "used": used, "contact": try row.decode(Int64.self, atIndex: 0),
                ])
            if goesBack { try ContactStandings.settle(db, row.decode(atIndex: 0)) }
        }
        if !interrupted.isEmpty { try CanaryRows.count(db, interrupted: interrupted.count, campaign: campaign) }
        let attempts = try interrupted.map {
            AttemptID(contact: try $0.decode(atIndex: 0), number: try $0.decode(atIndex: 1))
        }
        _ = try ParkedEvents.apply(db, after: attempts, blockFeed)
        return interrupted.count
    }

    /// That contacts have gone elsewhere than the results of their calls said.
    private static func news(_ db: Database, of attempts: [AttemptID]) throws -> [LateEvent] {
        try attempts.compactMap { attempt in
            // All by primary key.
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT instance.zapi_id, campaign.name FROM attempt
                    CROSS JOIN instance ON instance.id = attempt.instance_id
                    CROSS JOIN contact_row AS contact ON contact.id = attempt.contact_id
                    CROSS JOIN campaign_row AS campaign ON campaign.id = contact.campaign_id
                    WHERE attempt.contact_id = :contact AND attempt.number = :number
                    """,
                arguments: ["contact": attempt.contact, "number": attempt.number])
            return try row.map {
                LateEvent(
                    instance: try $0.decode(atIndex: 0),
                    effects: [.contactsChanged(campaign: try $0.decode(atIndex: 1))])
            }
        }
    }

    /// The calls that earlier runs, of any campaign, have left open: which campaigns and instances they leave in the
    /// dark about their paces.
    ///
    /// Campaigns that are being dialed have calls under way, and know their paces and those of their instances.
    private func callsLeftOpen(_ db: Database) throws -> (campaigns: Set<Int64>, instances: Set<Int64>) {
        // contact_by_turn once for each campaign, in this order of the tables; attempt by primary key.
        let rows = try Row.fetchAll(
            db,
            sql: """
                SELECT campaign.id, attempt.instance_id FROM campaign
                CROSS JOIN contact ON contact.campaign_id = campaign.id AND contact.state = 'dialing'
                CROSS JOIN attempt ON attempt.contact_id = contact.id AND attempt.number = contact.attempts
                WHERE campaign.id NOT IN (SELECT value FROM json_each(:dialed))
                """,
            arguments: ["dialed": StoredValue.json(dialed.rows)])
        var open: (campaigns: Set<Int64>, instances: Set<Int64>) = ([], [])
        for row in rows {
            open.campaigns.insert(try row.decode(atIndex: 0))
            open.instances.insert(try row.decode(atIndex: 1))
        }
        for campaign in dialed.campaigns { open.instances.subtract(campaign.instances.values) }
        return open
    }
}
