import CampaignCore

/// What a run writes in one transaction, and what it learns from the result.
extension RunState {
    /// The two clocks are read one after the other, and a time service corrects one of them.
    private static let smallShift = Duration.milliseconds(100)

    /// What the store already has about the run, its instances and its clock; only differences are written.
    struct LastReported {
        var conditions: [Int: InstanceCondition] = [:]
        var activity: RunActivity?
        var offset: Int64?
        var paces = PaceLedger()
    }

    /// What to write now: results, and intents for the calls that may begin.
    mutating func batch(at moment: RunMoment) -> CommitBatch {
        let state = schedule.state(at: moment)
        noteSchedule(state)
        let mayBegin = state == .open && !isStopping
        if mayBegin { dispatcher.noteFullBacklogs(at: moment) { schedule.reopening(after: $0, at: moment) } }
        let plan = dispatcher.plan(at: moment, maxCalls: mayBegin ? maxNewCalls : 0)
        var batch = CommitBatch(
            results: pendingResults, claims: plan.claims, paces: moved(plan.paces), now: moment.wall,
            limitNow: moment.limit)
        if campaign.window?.zone == .contact { batch.backlogs = dispatcher.backlogs(of: plan.claims, at: moment) }
        batch.longestWait = max(campaign.retry.longest, CallDecision.longestThrottle)
        batch.wantsCounts = wantsCounts
        batch.expires = state == .expired && stop == nil && storeFailure == nil && mayHaveReadyContacts
        for (index, condition) in dispatcher.conditions(at: moment).enumerated() {
            guard let condition, lastReported.conditions[index] != condition else { continue }
            batch.conditions[index] = condition
        }
        let activity = activity(at: moment, state)
        if activity != lastReported.activity { batch.activity = activity }
        // Small corrections by a time service are not worth a separate transaction.
        if !batch.claims.isEmpty, believedOffset != lastReported.offset { batch.believedOffset = believedOffset }
        return batch
    }

    private var mayHaveReadyContacts: Bool { counts.ready > 0 || pendingResults.contains { $0.state == .ready } }

    private mutating func noteSchedule(_ state: RunSchedule.State) {
        switch state {
        case .open:
            if windowWasShut { dispatcher.forgetHealth() }
            windowWasShut = false
        case .shut: windowWasShut = true
        case .expired: windowWasShut = false
        }
    }

    /// The paces that have moved since they were last written: most are closed for many commits and do not move.
    private func moved(_ paces: PaceLedger) -> PaceLedger {
        func hasMoved(_ mark: PaceLedger.Moment, _ written: PaceLedger.Moment?) -> Bool {
            guard let written, written.uptime == mark.uptime else { return true }
            // The same moment as before, unless the wall clock has been set.
            let shift = written.at.duration(to: mark.at)
            return shift > Self.smallShift || shift < .zero - Self.smallShift
        }
        var moved = PaceLedger()
        moved.instances = paces.instances.filter { hasMoved($1, lastReported.paces.instances[$0]) }
        moved.campaign = paces.campaign.flatMap { hasMoved($0, lastReported.paces.campaign) ? $0 : nil }
        return moved
    }

    // MARK: Afterwards

    /// Takes note of a committed batch. Its calls begin only after this, and its counts apply only then.
    mutating func note(_ commit: CommitResult, of batch: CommitBatch, at moment: RunMoment) {
        noteWritten(batch)
        noteExcluded(commit.excluded)
        for (instance, reopens) in commit.full {
            dispatcher.instances[instance].noteFullBacklog(until: reopens, at: moment)
        }
        if let remaining = commit.rest { noteRemaining(remaining, at: moment) }
        isExpiring = batch.expires && commit.excluded > 0 && commit.rest.map { $0 != .empty } ?? false
    }

    /// Remembers what a batch has written, so that it is not written again.
    mutating func noteWritten(_ batch: CommitBatch) {
        pendingResults.removeAll(keepingCapacity: true)
        lastReported.conditions.merge(batch.conditions) { $1 }
        lastReported.activity = batch.activity ?? lastReported.activity
        lastReported.offset = batch.believedOffset ?? lastReported.offset
        lastReported.paces.instances.merge(batch.paces.instances) { $1 }
        lastReported.paces.campaign = batch.paces.campaign ?? lastReported.paces.campaign
    }

    /// Contacts were excluded, because they were due but must not be called, or because the campaign is over.
    private mutating func noteExcluded(_ contacts: Int) {
        counts.ready -= contacts
        counts.excluded += contacts
        if counts.ready == 0 { dispatcher.campaign.remaining = .none }
    }

    mutating func noteRemaining(_ remaining: RemainingContacts, at moment: RunMoment) {
        switch remaining {
        case .empty: dispatcher.campaign.remaining = .none
        case .dueAt(let due): dispatcher.campaign.remaining = .dueAt(moment.elapsed(atLimit: due))
        }
    }

    /// The contacts were counted, in the same transaction that claimed the calls that have just begun.
    mutating func noteCounts(_ counted: StateCounts) {
        counts = counted
        wantsCounts = false
        dispatcher.campaign.remaining = counts.ready == 0 ? .none : .unknown
    }
}
