import CampaignCore

/// What a run knows and still has to do: the dispatcher, the counts, the results to be written.
struct RunState {
    let campaign: Campaign
    let options: RunOptions
    var dispatcher: Dispatcher
    var schedule: RunSchedule
    var counts: StateCounts
    /// Whether the next transaction must count the contacts, because another operation may have changed them.
    var wantsCounts = false
    /// Results not yet on disk.
    var pendingResults: [AttemptResult] = []
    /// Results that neither the store nor its spool could accept.
    var lostResults: [AttemptResult] = []
    var storeFailure: StoreError?
    /// What was found in the provider queues, by instance, and is still to be compared with the calls in doubt.
    var providerQueueItems: [Int: [ProviderQueueItem]] = [:]
    var stop: StopMode?
    var end: RunEnd?
    var lastReported = LastReported()
    /// Whether the campaign has expired and the last transaction excluded some of its ready contacts, but not all.
    var isExpiring = false
    /// Whether the window was closed at the last turn, so that health is checked again when it opens.
    var windowWasShut = false
    /// When the last throttled contact is due, counted from the start of the run.
    private(set) var contactsThrottledUntil = Duration.zero
    /// When the last contact is due that this run will call again, for any reason; counted from the start of the run.
    private(set) var contactsRetriedUntil = Duration.zero
    private(set) var brake: RunBrake
    private var clock: LimitClock
    private let uptimeAtStart: Uptime
    private let finishedAtStart: Int
    private var armedWakes: [Duration] = []

    init(_ campaign: Campaign, _ options: RunOptions, snapshot: RunSnapshot, calendar: WindowCalendar, start: RunStart)
    {
        self.campaign = campaign
        self.options = options
        uptimeAtStart = start.uptime
        clock = LimitClock(wall: start.now, uptime: start.uptime.duration, believedOffset: snapshot.believedOffset)
        let moment = RunMoment(
            elapsed: .zero, wall: start.now, limit: clock.moment(wall: start.now, uptime: start.uptime.duration),
            uptime: start.uptime)
        dispatcher = Dispatcher(campaign, snapshot, calendar: calendar, at: moment)
        schedule = RunSchedule(campaign, calendar: calendar)
        counts = snapshot.counts
        lastReported.offset = snapshot.believedOffset
        finishedAtStart = snapshot.counts.finished
        brake = RunBrake(campaign.brake, canary: options.canary)
        if counts.ready == 0 { dispatcher.campaign.remaining = .none }
        // Z-API may still hold calls that an earlier run left in doubt.
        if counts.inDoubt > 0 {
            for index in dispatcher.instances.indices { dispatcher.instances[index].wantsProviderQueueRead = true }
        }
    }

    /// The current time on all clocks.
    mutating func moment(elapsed: Duration, wall: Timestamp) -> RunMoment {
        let uptime = uptimeAtStart.advanced(by: elapsed)
        return RunMoment(
            elapsed: elapsed, wall: wall, limit: clock.moment(wall: wall, uptime: uptime.duration), uptime: uptime)
    }

    /// The trusted offset of the wall clock.
    var believedOffset: Int64 { clock.offset }

    var inFlight: Int { dispatcher.campaign.inFlight }

    /// Whether no further call may begin.
    var isStopping: Bool { stop != nil || storeFailure != nil || brake.report != nil }

    /// How many calls may begin in addition to those under way, while the canary has not been judged.
    var maxNewCalls: Int { brake.maxNewCalls(inFlight: inFlight) }

    /// Whether the canary calls are under way and the others wait for their outcomes.
    var isWatchingCanary: Bool { maxNewCalls == 0 && inFlight > 0 }

    // MARK: Calls

    mutating func begin(_ call: ClaimedCall, at moment: RunMoment, random: Double) {
        counts.move(from: .ready, to: .dialing)
        dispatcher.begin(
            call.instance, seconds: call.callDuration ?? campaign.callDuration, at: moment,
            countedAt: call.count?.at, random: random)
        // The store need not be asked: otherwise the run would wait for nothing after its last call.
        if counts.ready == 0 { dispatcher.campaign.remaining = .none }
    }

    /// A call has ended: decides what follows, and keeps the result for the next transaction.
    mutating func end(
        _ call: ClaimedCall, _ reply: CallReply, _ times: CallTimes, at moment: RunMoment, random: Double
    ) -> AttemptResult {
        let reply = dispatcher.instances[call.instance].refusals.judge(reply, of: call.attempt.contact)
        let decision = CallDecision(
            verdict: reply.verdict,
            history: CallHistory(
                triesUsed: call.triesUsed, throttlesInARow: call.throttlesInARow,
                instanceFailures: dispatcher.instances[call.instance].failuresInARow),
            policy: campaign.retry,
            retriesDoubt: campaign.inDoubt == .retry,
            random: random)
        var result = AttemptResult(call: call, reply: reply, decision: decision.contact, times: times)
        // Not on the wall clock: if that were set back, a retry due in seconds would wait for a day.
        if case .retry(let after, _) = decision.contact {
            result.dueAt = moment.limit.advanced(by: after)
            contactsRetriedUntil = max(contactsRetriedUntil, moment.elapsed + after)
        }
        if case .retry(let wait, counts: .throttle) = decision.contact {
            contactsThrottledUntil = max(contactsThrottledUntil, moment.elapsed + wait)
        }
        pendingResults.append(result)
        counts.move(from: .dialing, to: result.state)
        dispatcher.end(call.instance, effect: decision.instance, result: result, at: moment)
        // A contact that is ready again may be due next; the next transaction will tell.
        if result.state == .ready { dispatcher.campaign.remaining = .unknown }
        if result.state == .inDoubt { dispatcher.instances[call.instance].wantsProviderQueueRead = true }
        brake.note(result)
        return result
    }

    // MARK: What next

    /// The instances whose health is to be checked now: none while the window is closed, except for their first check.
    mutating func dueHealthChecks(at moment: RunMoment) -> [Int] {
        guard !isStopping, !windowWasShut || moment.elapsed == .zero || dispatcher.hasUnknownInstances else {
            return []
        }
        return dispatcher.dueHealthChecks(at: moment.elapsed)
    }

    /// The instances whose provider queue is to be read now: once the doubts that may be found there have been written.
    mutating func providerQueuesToRead() -> [Int] {
        isStopping || !pendingResults.isEmpty ? [] : dispatcher.providerQueuesToRead()
    }

    /// The time to wake at, unless a timer is already set for that time or an earlier one.
    mutating func wakeToArm(after moment: RunMoment) -> Duration? {
        guard !isStopping, let wake = nextWake(after: moment) else { return nil }
        guard !armedWakes.contains(where: { $0 <= wake }) else { return nil }
        armedWakes.append(wake)
        return wake
    }

    /// A timer fired.
    mutating func noteWake(_ wake: Duration) {
        armedWakes.removeAll { $0 == wake }
    }

    mutating func progress(at moment: RunMoment) -> RunProgress {
        RunProgress(
            counts: counts, finishedAtStart: finishedAtStart, elapsed: moment.elapsed,
            waitsFor: isStopping ? .replies(inFlight) : waitReason(at: moment),
            wakesAt: isStopping ? nil : nextWake(after: moment),
            troubles: dispatcher.instances.compactMap(\.trouble),
            uncheckedInstances: dispatcher.instances.count { $0.condition == .unknown }, isStopping: isStopping)
    }
}
