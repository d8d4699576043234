import CampaignCore

/// What the dispatcher writes in one transaction, and what it learns from the result.
extension DispatcherState {
    /// The two clocks are read one after the other, and a time service corrects one of them.
    private static let smallShift = Duration.milliseconds(100)

    /// A batch, and what must be remembered about it until it has been written.
    struct Turn {
        /// The campaigns that this turn considers.
        var awake: [Int]
        var batch: CommitBatch
        var rivals: Rivals
    }

    /// What to write now: results, and intents for the calls that may begin.
    mutating func turn(at moment: RunMoment) -> Turn {
        let awake = awake(at: moment.elapsed)
        var states: [Int: RunSchedule.State] = [:]
        var candidates: [(campaign: Int, maxCalls: Int)] = []
        for number in awake {
            campaigns[number]?.recountIfDue(at: moment.elapsed)
            guard let (state, hasOpened) = campaigns[number]?.noteSchedule(at: moment) else { continue }
            states[number] = state
            if hasOpened { forgetHealth(besidesUsersOtherThan: number) }
            guard state == .open, let campaign = campaigns[number], !campaign.isStopping else { continue }
            campaigns[number]?.noteFullBacklogs(on: instances, at: moment)
            candidates.append((number, campaign.maxNewCalls))
        }
        let plan = plan(for: candidates, among: awake, at: moment)
        var batch = CommitBatch(
            results: pendingResults.map(\.result), campaigns: [], now: moment.wall, limitNow: moment.limit)
        for number in awake {
            guard let state = states[number] else { continue }
            var own = campaigns[number]?.batch(
                claims: plan.claims[number] ?? [], state, on: &instances, at: moment)
            own?.pace = plan.campaignPaces[number].flatMap {
                hasMoved($0, campaigns[number]?.reportedPace) ? $0 : nil
            }
            if let own, own.isWorthWriting || own.pace != nil { batch.campaigns.append(own) }
            noteConditions(of: number, in: &batch, at: moment)
        }
        batch.paces = plan.instancePaces.filter { hasMoved($1, lastReported.paces[$0]) }
        // Small corrections by a time service are not worth a separate transaction.
        if !plan.claims.isEmpty, believedOffset != lastReported.offset { batch.believedOffset = believedOffset }
        return Turn(awake: awake, batch: batch, rivals: plan.rivals)
    }

    /// After a long time without calls, the health of an instance is checked before its next call; not when other
    /// campaigns have used it meanwhile.
    private mutating func forgetHealth(besidesUsersOtherThan number: Int) {
        for instance in campaigns[number]?.instances ?? [] where !isWatched(instance, besides: number) {
            instances[instance].forgetHealth()
        }
    }

    private mutating func noteConditions(of number: Int, in batch: inout CommitBatch, at moment: RunMoment) {
        for instance in campaigns[number]?.instances ?? [] {
            guard let condition = instances[instance].reportedCondition(at: moment),
                lastReported.conditions[instance] != condition
            else { continue }
            batch.conditions[instance] = condition
        }
    }

    /// Whether a pace has moved since it was last written: most are closed for many commits and do not move.
    private func hasMoved(_ mark: PaceMoment, _ written: PaceMoment?) -> Bool {
        guard let written, written.uptime == mark.uptime else { return true }
        // The same moment as before, unless the wall clock has been set.
        let shift = written.at.duration(to: mark.at)
        return shift > Self.smallShift || shift < .zero - Self.smallShift
    }

    // MARK: Afterwards

    /// Takes note of a committed batch. Its calls begin only after this.
    mutating func note(_ result: CommitResult, of turn: Turn, at moment: RunMoment) {
        noteWritten(turn.batch)
        for (batch, commit) in zip(turn.batch.campaigns, result.campaigns) {
            campaigns[batch.campaign]?.note(commit, of: batch, at: moment)
        }
    }

    /// Remembers what a batch has written, so that it is not written again.
    mutating func noteWritten(_ batch: CommitBatch) {
        for pending in pendingResults { campaigns[pending.campaign]?.hasUnwrittenResults = false }
        pendingResults.removeAll(keepingCapacity: true)
        for own in batch.campaigns { campaigns[own.campaign]?.noteWritten(own) }
        lastReported.conditions.merge(batch.conditions) { $1 }
        lastReported.paces.merge(batch.paces) { $1 }
        lastReported.offset = batch.believedOffset ?? lastReported.offset
    }

    /// The store has failed: no further call begins, and the results that it could not accept are gone from here.
    ///
    /// - Parameter areLost: whether they could not be spooled either.
    mutating func note(_ failure: StoreError, resultsAreLost areLost: Bool) {
        storeFailure = storeFailure ?? failure
        for number in members {
            campaigns[number]?.storeFailure = storeFailure
            campaigns[number]?.hasUnwrittenResults = false
            noteNews(of: number)
        }
        if areLost {
            for pending in pendingResults { campaigns[pending.campaign]?.lostResults.append(pending.result) }
        }
        pendingResults.removeAll()
    }
}
