import CampaignCore

/// What one run knows and has still to do: the board, the counts, the results that wait to be written.
struct RunState {
    var board: Dispatcher
    var counts: StateCounts
    /// Results that are not on disk yet.
    var results: [AttemptResult] = []
    /// Results that neither the database nor the spool could take.
    var lostResults: [AttemptResult] = []
    var storeFailure: StoreError?
    /// What was found in Z-API's queues, by instance, and is to be held against the calls in doubt.
    var found: [Int: [ProviderQueueItem]] = [:]
    /// Whether somebody else changed the queue since the last transaction.
    var mustCount = false
    var stop: StopOrder?
    private(set) var end: RunEnd?
    let campaign: Campaign
    let options: RunOptions
    var schedule: RunSchedule
    var clock: LimitClock
    /// What has been written down for whoever looks from outside.
    var told = LastReported()
    /// Whether the campaign has expired and the last transaction excluded some of those who wait, but not all of them.
    var isExpiring = false
    /// Whether the window was shut at the last look, so that health is asked anew when it opens.
    var wasShut = false
    /// When, counted from the start of the run, the last contact is due that Z-API has put off.
    private(set) var contactsThrottledUntil = Duration.zero
    /// The same, of those that this run dials again after a failure.
    private(set) var contactsRetriedUntil = Duration.zero
    private let finishedAtStart: Int
    private let boot: Uptime
    private var armedWakes: [Duration] = []
    private var brake: BrakeMeter?
    private var canary: BrakeMeter?
    private var brakeReport: BrakeReport?

    /// What the database says already of the run, its instances and its clock.
    struct LastReported {
        var conditions: [Int: InstanceCondition] = [:]
        var activity: RunActivity?
        var offset: Int64?
        var paces = PaceLedger()
    }

    init(_ campaign: Campaign, _ options: RunOptions, opening: RunSnapshot, calendar: WindowCalendar, start: RunStart) {
        self.campaign = campaign
        self.options = options
        boot = start.uptime
        clock = LimitClock(
            wall: start.now, uptime: start.uptime.duration, believedOffset: opening.believedOffset)
        let moment = RunMoment(
            elapsed: .zero, wall: start.now, limit: clock.moment(wall: start.now, uptime: start.uptime.duration),
            uptime: start.uptime)
        board = Dispatcher(campaign, opening: opening, calendar: calendar, at: moment)
        schedule = RunSchedule(campaign, calendar: calendar)
        counts = opening.counts
        told.offset = opening.believedOffset
        finishedAtStart = opening.counts.finished
        brake = campaign.brake.map(BrakeMeter.init)
        canary = options.canary.map {
            BrakeMeter(
                Brake(failuresPercent: campaign.brake?.failuresPercent ?? RunOptions.canaryFailuresPercent, over: $0))
        }
        if counts.ready == 0 { board.supply = .none }
        // Z-API may still hold what an earlier run was in doubt about.
        if counts.inDoubt > 0 { board.instances.indices.forEach { board.wantQueue(of: $0) } }
    }

    /// The present moment on all clocks.
    mutating func moment(elapsed: Duration, wall: Timestamp) -> RunMoment {
        let uptime = boot.advanced(by: elapsed)
        return RunMoment(
            elapsed: elapsed, wall: wall, limit: clock.moment(wall: wall, uptime: uptime.duration), uptime: uptime)
    }

    /// Whether no further call may begin.
    var isStopping: Bool { stop != nil || storeFailure != nil || brakeReport != nil }

    /// How many calls may begin besides those under way, as far as the first calls have to be looked at.
    var most: Int {
        guard let canary, let calls = options.canary, canary.outcomes < calls else { return .max }
        return max(0, calls - canary.outcomes - board.inFlight)
    }

    /// Whether the first calls are under way and the others wait for their outcomes.
    var isWatchingCanary: Bool { most == 0 && board.inFlight > 0 }

    // MARK: What the queue says

    /// What the queue says is left in it.
    mutating func noteRest(_ rest: RemainingContacts, at moment: RunMoment) {
        switch rest {
        case .empty: board.supply = .none
        case .dueAt(let due): board.supply = .dueAt(moment.elapsed(atLimit: due))
        }
    }

    /// The queue was counted, in the transaction that claimed the calls that have just begun.
    mutating func noteCounts(_ counted: StateCounts) {
        counts = counted
        mustCount = false
        board.supply = counts.ready == 0 ? .none : .unknown
    }

    /// Contacts were excluded: their turn came and they may not be called, or the campaign is over.
    mutating func noteExcluded(_ contacts: Int) {
        counts.ready -= contacts
        counts.excluded += contacts
        if counts.ready == 0 { board.supply = .none }
    }

    // MARK: Calls

    mutating func begin(_ call: ClaimedCall, at moment: RunMoment, random: Double) {
        counts.move(from: .ready, to: .dialing)
        board.begin(
            call.instance, seconds: call.callDuration ?? campaign.callDuration, at: moment,
            countedAt: call.count?.at, random: random)
        // Known without asking the queue again, so that the last call is not followed by a wait for nothing.
        if counts.ready == 0 { board.supply = .none }
    }

    /// A call ended: decides what follows and keeps the result for the next transaction.
    mutating func end(
        _ call: ClaimedCall, _ reply: CallReply, _ times: CallTimes, at moment: RunMoment, random: Double
    ) -> AttemptResult {
        let reply = board.judge(reply, to: call)
        let decision = CallDecision(
            verdict: reply.verdict,
            history: CallHistory(
                triesUsed: call.triesUsed, throttlesInARow: call.throttlesInARow,
                instanceFailures: board.instances[call.instance].failuresInARow),
            policy: campaign.retry,
            retriesDoubt: campaign.inDoubt == .retry,
            random: random)
        var result = AttemptResult(call: call, reply: reply, decision: decision.contact, times: times)
        // Not on the wall clock: set back, it would make a retry of seconds wait for a day.
        if case .retry(let after, _) = decision.contact {
            result.dueAt = moment.limit.advanced(by: after)
            contactsRetriedUntil = max(contactsRetriedUntil, moment.elapsed + after)
        }
        if case .retry(let wait, counts: .throttle) = decision.contact {
            contactsThrottledUntil = max(contactsThrottledUntil, moment.elapsed + wait)
        }
        results.append(result)
        counts.move(from: .dialing, to: result.state)
        board.end(call.instance, effect: decision.instance, result: result, at: moment)
        // Whoever goes back to ready changes what is due next; the next transaction tells.
        if result.state == .ready { board.supply = .unknown }
        if result.state == .inDoubt { board.wantQueue(of: call.instance) }
        noteForBrake(result)
        return result
    }

    private mutating func noteForBrake(_ result: AttemptResult) {
        brake?.note(result.outcome, error: result.error)
        canary?.note(result.outcome, error: result.error)
        guard brakeReport == nil else { return }
        if let canary, canary.outcomes == options.canary {
            brakeReport = BrakeReport(canary, isCanary: true)
            // Judged once: the calls after them are the brake's business.
            if brakeReport == nil { self.canary = nil }
        }
        brakeReport = brakeReport ?? brake.flatMap { BrakeReport($0, isCanary: false) }
    }

    // MARK: What next

    /// The moment to wait for, unless a task waits for it or an earlier one already.
    mutating func wakeToArm(after moment: RunMoment) -> Duration? {
        guard !isStopping, let wake = nextWake(after: moment) else { return nil }
        guard !armedWakes.contains(where: { $0 <= wake }) else { return nil }
        armedWakes.append(wake)
        return wake
    }

    /// A moment that a task waited for has come.
    mutating func noteWake(_ moment: Duration) {
        armedWakes.removeAll { $0 == moment }
    }

    /// Decides whether the run is over. Nothing ends while a call is under way or a result is unwritten.
    mutating func decideEnd(at moment: RunMoment) {
        guard board.inFlight == 0, results.isEmpty, !mustCount || storeFailure != nil else { return }
        if let storeFailure {
            end = .queueFailed(storeFailure, lostResults: lostResults)
        } else if let stop {
            // A queue that is being read is read again by the next run: whoever stops one waits for no server.
            end = stop == .halt ? .halted : .drained
        } else if board.isReadingQueues {
            // What is found there is worth the moment, which is bounded.
            return
        } else if let brakeReport {
            end = .braked(brakeReport)
        } else if board.supply == .none {
            end = .finished
        } else if isExpiring {
            return
        } else {
            end = board.hopelessness ?? refusedWait(at: moment)
        }
    }

    mutating func progress(at moment: RunMoment) -> RunProgress {
        RunProgress(
            counts: counts, finishedAtStart: finishedAtStart, elapsed: moment.elapsed,
            waitsFor: isStopping ? .replies(board.inFlight) : waitReason(at: moment),
            wakesAt: isStopping ? nil : nextWake(after: moment),
            troubles: board.instances.compactMap(\.trouble),
            unheard: board.instances.count { $0.condition == .unknown }, isStopping: isStopping)
    }
}
