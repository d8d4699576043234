import CampaignCore

/// What a run writes, and what it waits for.
extension RunState {
    /// Waits that the wall clock decides are looked at again this often, since it can be set.
    private static let longestWait = Duration.seconds(60)
    /// Both clocks are read one after the other, and a time service corrects one of them.
    private static let smallShift = Duration.milliseconds(100)

    /// What is to be written now: results, and the calls that may begin.
    mutating func batch(at moment: RunMoment) -> CommitBatch {
        let state = schedule.state(at: moment)
        noteState(state)
        let mayBegin = state == .open && !isStopping
        if mayBegin { board.noteFull(at: moment) { schedule.reopening(after: $0, at: moment) } }
        let plan = board.plan(at: moment, most: mayBegin ? most : 0)
        var batch = CommitBatch(
            results: results, claims: plan.orders, paces: moved(plan.paces), now: moment.wall, limitNow: moment.limit)
        if campaign.window?.zone == .contact { batch.backlogs = board.backlogs(of: plan.orders, at: moment) }
        batch.longestWait = max(campaign.retry.longest, CallDecision.longestThrottle)
        batch.wantsCounts = mustCount
        batch.expires = state == .expired && stop == nil && storeFailure == nil && mayHaveReady
        for (index, report) in board.reports(at: moment).enumerated() {
            guard let report, told.conditions[index] != report else { continue }
            batch.conditions[index] = report
        }
        let activity = activity(at: moment, state)
        if activity != told.activity { batch.activity = activity }
        // Small corrections of a time service are not worth a transaction of their own.
        if !batch.claims.isEmpty, clock.offset != told.offset { batch.believedOffset = clock.offset }
        return batch
    }

    /// What a batch said is written down.
    mutating func noteWritten(_ batch: CommitBatch) {
        results.removeAll(keepingCapacity: true)
        told.conditions.merge(batch.conditions) { $1 }
        told.activity = batch.activity ?? told.activity
        told.offset = batch.believedOffset ?? told.offset
        told.paces.instances.merge(batch.paces.instances) { $1 }
        told.paces.campaign = batch.paces.campaign ?? told.paces.campaign
    }

    /// The paces that stand elsewhere than it is written down: most are shut for many commits and move at none of them.
    private func moved(_ paces: PaceLedger) -> PaceLedger {
        func hasMoved(_ mark: PaceLedger.Moment, _ written: PaceLedger.Moment?) -> Bool {
            guard let written, written.uptime == mark.uptime else { return true }
            // The same moment again, unless somebody has set the wall clock.
            let shift = written.at.duration(to: mark.at)
            return shift > Self.smallShift || shift < .zero - Self.smallShift
        }
        var moved = PaceLedger()
        moved.instances = paces.instances.filter { hasMoved($1, told.paces.instances[$0]) }
        moved.campaign = paces.campaign.flatMap { hasMoved($0, told.paces.campaign) ? $0 : nil }
        return moved
    }

    private var mayHaveReady: Bool { counts.ready > 0 || results.contains { $0.state == .ready } }

    private mutating func noteState(_ state: RunSchedule.State) {
        switch state {
        case .open:
            if wasShut { board.forgetHealth() }
            wasShut = false
        case .shut: wasShut = true
        case .expired: wasShut = false
        }
    }

    /// The instances to be asked for their health now: none at night, but for the first time.
    mutating func probes(at moment: RunMoment) -> [Int] {
        guard !isStopping, !wasShut || moment.elapsed == .zero || hasUnknown else { return [] }
        return board.probes(at: moment.elapsed)
    }

    /// The instances whose queue at Z-API is to be read now: once it is written down what may be found there.
    mutating func queueQuestions() -> [Int] {
        isStopping || !results.isEmpty ? [] : board.queueQuestions()
    }

    private var hasUnknown: Bool { board.hasUnknown }

    /// When something may happen by itself; nil when only a reply can change anything.
    mutating func nextWake(after moment: RunMoment) -> Duration? {
        let state = schedule.state(at: moment)
        let change = schedule.nextChange(after: moment)
        let recheck = moment.elapsed + Self.longestWait
        if state == .expired, isExpiring { return moment.elapsed }
        guard state == .open else { return min(change ?? recheck, recheck) }
        let wake = board.nextWake(after: moment, most: most)
        guard change != nil || board.hold(at: moment) != nil else { return wake }
        return [wake, change, recheck].compactMap(\.self).min()
    }

    /// What the run waits for, in words for a display; nil while it dials.
    mutating func waitReason(at moment: RunMoment) -> WaitReason? {
        if case .shut(let until) = schedule.state(at: moment), board.supply != .none {
            return board.inFlight > 0 ? .replies(board.inFlight) : .window(until: until)
        }
        if isWatchingCanary { return .canary(board.inFlight) }
        if let hold = board.hold(at: moment) { return hold }
        if let opening = contactsOpen(at: moment) { return .window(until: opening) }
        return board.waitReason(at: moment)
    }

    /// The end of a run that may not wait, when it would have to; also of one whose window never opens.
    mutating func refusedWait(at moment: RunMoment) -> RunEnd? {
        if case .shut(let until) = schedule.state(at: moment) {
            return options.waits && until != nil ? nil : .notNow(.window(until: until))
        }
        guard !options.waits else { return nil }
        if let absence = board.absence { return absence }
        if let hold = board.hold(at: moment) { return .notNow(hold) }
        if let opening = contactsOpen(at: moment) { return .notNow(.window(until: opening)) }
        return board.contactsAskedUntil(at: moment).map { .notNow(.asked(until: $0, isEarlier: false)) }
    }

    /// When the window opens for the next contact, where each has a clock of its own and nobody may be called now. A wait
    /// that no retry is long enough for, and that Z-API has not asked for, is one for the window; so is a shorter one that
    /// no retry of this run has set and that ends on a whole minute, as windows open.
    private func contactsOpen(at moment: RunMoment) -> Timestamp? {
        guard campaign.window?.zone == .contact, board.inFlight == 0, case .dueAt(let due) = board.supply,
            due > moment.elapsed, due > contactsThrottledUntil
        else { return nil }
        let opens = moment.wall.advanced(by: due - moment.elapsed)
        if due - moment.elapsed > campaign.retry.longest { return opens }
        let second = opens.milliseconds % 60_000
        // The two clocks are read one after the other.
        return due > contactsRetriedUntil && (second < 500 || second > 59_500) ? opens : nil
    }

    private mutating func activity(at moment: RunMoment, _ state: RunSchedule.State) -> RunActivity? {
        guard !isStopping, board.supply != .none else { return told.activity }
        if case .shut(let until) = state { return RunActivity(word: .window, until: until) }
        if isWatchingCanary { return RunActivity(word: .canary) }
        switch board.hold(at: moment) {
        case .cap(let until)?: return RunActivity(word: .cap, until: until)
        case .ringing(let until)?: return RunActivity(word: .window, until: until)
        case .asked(let until, _)?: return RunActivity(word: .instance, until: until)
        case .pace?, .retry?, .replies?, .instance?, .window?, .canary?, nil: break
        }
        if let opening = contactsOpen(at: moment) {
            if let told = told.activity, told.word == .window { return told }
            return RunActivity(word: .window, until: opening)
        }
        guard board.instances.contains(where: \.isUsable) else {
            return hasUnknown ? told.activity : RunActivity(word: .instance)
        }
        if case .dueAt(let due) = board.supply, board.inFlight == 0, due - moment.elapsed > InstanceState.longWait {
            if let told = told.activity, told.word == .retry { return told }
            return RunActivity(word: .retry, until: moment.wall.advanced(by: due - moment.elapsed))
        }
        return RunActivity(word: .dialing)
    }
}
