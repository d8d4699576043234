import CampaignCore

/// What a campaign writes in the dispatcher's transaction, and what it learns from the result.
extension CampaignState {
    /// Takes note of the schedule at the beginning of a turn.
    ///
    /// - Returns: its state, and whether the window has opened since the last turn.
    mutating func noteSchedule(at moment: RunMoment) -> (state: RunSchedule.State, hasOpened: Bool) {
        let state = schedule.state(at: moment)
        demand.recheckWallClock(campaign.window, at: moment)
        defer {
            switch state {
            case .open, .expired: windowWasShut = false
            case .shut: windowWasShut = true
            }
        }
        return (state, state == .open && windowWasShut)
    }

    /// What to write now, apart from results.
    ///
    /// - Parameters:
    ///   - claims: the instances for its next calls.
    ///   - state: of its schedule.
    mutating func batch(
        claims: [Int], _ state: RunSchedule.State, on instances: inout [InstanceState], at moment: RunMoment
    ) -> CampaignBatch {
        var batch = CampaignBatch(campaign: number, claims: claims)
        if campaign.window?.zone == .contact { batch.backlogs = backlogs(of: claims, on: instances, at: moment) }
        batch.longestWait = max(campaign.retry.longest, CallDecision.longestThrottle)
        batch.wantsCounts = wantsCounts
        batch.expires = state == .expired && stop == nil && storeFailure == nil && counts.ready > 0
        let activity = activity(on: &instances, state, at: moment)
        if activity != reportedActivity { batch.activity = activity }
        let canary = brake.canaryProgress
        if canary != reportedCanary { batch.canary = canary }
        return batch
    }

    /// Takes note of a committed batch. Its calls begin only after this, and its counts apply only then.
    mutating func note(
        _ commit: CampaignCommit, of batch: CampaignBatch, at moment: RunMoment
    ) {
        noteWritten(batch)
        counts.ready -= commit.excluded
        counts.excluded += commit.excluded
        counts.ready += commit.redials - commit.withdrawn
        counts.accepted += commit.withdrawn - commit.redials
        if counts.ready == 0 { demand.remaining = .none }
        for (instance, reopens) in commit.full { noteFullBacklog(of: instance, until: reopens, at: moment) }
        switch commit.rest {
        case .empty?: demand.remaining = .none
        case .dueAt(let due)?:
            demand.note(due: due, at: moment)
            demand.isNextHeldBack = commit.isNextHeldBack
            demand.cause = commit.cause
            isActivityOutdated =
                commit.calls.isEmpty && inFlight == 0
                && moment.limit.duration(to: due) > InstanceState.longWait
        case nil: break
        }
        isExpiring = batch.expires && commit.excluded > 0 && commit.rest.map { $0 != .empty } ?? false
    }

    /// Whether another turn has to write its activity.
    mutating func takeOutdatedActivity() -> Bool {
        defer { isActivityOutdated = false }
        return isActivityOutdated
    }

    /// Remembers what a batch has written, so that it is not written again.
    mutating func noteWritten(_ batch: CampaignBatch) {
        reportedActivity = batch.activity ?? reportedActivity
        reportedCanary = batch.canary ?? reportedCanary
        reportedPace = batch.pace ?? reportedPace
    }

    /// The contacts were counted, in the same transaction that claimed the calls that have just begun.
    mutating func noteCounts(_ counted: StateCounts, _ outcomes: OutcomeCounts?) {
        counts = counted
        self.outcomes = outcomes ?? self.outcomes
        wantsCounts = false
        demand.remaining = counts.ready == 0 ? .none : .unknown
    }
}
