import CampaignCore

/// What the dispatcher knows and still has to do: the instances, the campaigns that use them, and the results to be
/// written.
///
/// A value: it answers, and neither waits nor writes. Times are counted from the start of the dispatcher, on a monotonic
/// clock. A turn considers only the campaigns for which something has happened or whose time has come, so that hundreds
/// of campaigns cost what those under way cost.
struct DispatcherState {
    /// By number.
    var instances: [InstanceState] = []
    /// By number; nil: the number is free.
    var campaigns: [CampaignState?] = []
    /// Results not yet on disk.
    var pendingResults: [PendingResult] = []
    var storeFailure: StoreError?
    /// What was found in the provider queues, by instance, and is still to be compared with the calls in doubt.
    var providerQueueItems: [Int: [ProviderQueueItem]] = [:]
    var lastReported = LastReported()
    /// Calls under way, of all campaigns.
    private(set) var inFlight = 0
    /// Maximum number of calls under way, of all campaigns.
    let maxInFlight: Int
    private var instanceNumbers: [String: Int] = [:]
    private var clock: LimitClock?
    private let uptimeAtStart: Uptime
    private var armedWakes: [Duration] = []

    struct PendingResult {
        var campaign: Int
        var result: AttemptResult
    }

    /// What the store already has about the instances and the clock; only differences are written.
    struct LastReported {
        var conditions: [Int: InstanceCondition] = [:]
        var paces: [Int: PaceMoment] = [:]
        var offset: Int64?
    }

    init(uptime: Uptime, maxInFlight: Int = .max) {
        uptimeAtStart = uptime
        self.maxInFlight = maxInFlight
    }

    // MARK: Time

    /// The current time on all clocks.
    mutating func moment(elapsed: Duration, wall: Timestamp) -> RunMoment {
        let uptime = uptimeAtStart.advanced(by: elapsed)
        let limit = clock?.moment(wall: wall, uptime: uptime.duration) ?? wall
        return RunMoment(elapsed: elapsed, wall: wall, limit: limit, uptime: uptime)
    }

    /// The trusted offset of the wall clock; nil before the first campaign has joined.
    var believedOffset: Int64? { clock?.offset }

    // MARK: Campaigns

    /// A number that no campaign has.
    var freeNumber: Int { campaigns.firstIndex { $0 == nil } ?? campaigns.count }

    /// The numbers of the campaigns that are being dialed.
    var members: [Int] { campaigns.indices.filter { campaigns[$0]?.number != nil } }

    /// The numbers for these instances, which have different ids; new instances get theirs when their campaign joins.
    func numbers(for instances: [Instance]) -> [Int] {
        var next = self.instances.count
        return instances.map { instance in
            if let number = instanceNumbers[instance.id] { return number }
            defer { next += 1 }
            return next
        }
    }

    /// The number of the instance with this id; nil when no campaign has used it.
    func number(ofInstance id: String) -> Int? { instanceNumbers[id] }

    /// The instances of a campaign that others use with other credentials, by the names that it gives them.
    func contradictions(with campaign: Campaign) -> [String] {
        campaign.instances.filter { instance in
            instanceNumbers[instance.id].map { instances[$0].contradicts(instance) } ?? false
        }.map(\.name)
    }

    /// A campaign joins, with the snapshot that the store has just given.
    ///
    /// - Parameters:
    ///   - number: one that is free.
    ///   - numbers: those of its instances.
    ///   - elapsed: the time, since the start of the dispatcher.
    ///   - wall: the same time.
    mutating func join(
        _ dialed: DialedCampaign, as number: Int, through numbers: [Int], _ snapshot: RunSnapshot, at time: RunMoment
    ) {
        if clock == nil {
            clock = LimitClock(
                wall: time.wall, uptime: time.uptime.duration, believedOffset: snapshot.believedOffset)
            lastReported.offset = snapshot.believedOffset
        }
        let moment = moment(elapsed: time.elapsed, wall: time.wall)
        let campaign = CampaignState(dialed, number: number, instances: numbers, snapshot: snapshot, at: moment)
        for (place, instance) in numbers.enumerated() {
            enter(dialed.campaign.instances[place], instance, snapshot.instances[place], of: dialed, at: moment)
            instances[instance].join(number)
            // Z-API may still hold calls that an earlier run left in doubt.
            if snapshot.counts.inDoubt > 0 { instances[instance].wantsProviderQueueRead = true }
        }
        if number == campaigns.count { campaigns.append(campaign) } else { campaigns[number] = campaign }
        for instance in numbers { noteNews(ofInstance: instance) }
        if let storeFailure { campaigns[number]?.storeFailure = storeFailure }
    }

    private mutating func enter(
        _ instance: Instance, _ number: Int, _ snapshot: InstanceSnapshot, of dialed: DialedCampaign,
        at moment: RunMoment
    ) {
        guard instances.indices.contains(number) else {
            instanceNumbers[instance.id] = number
            instances.append(InstanceState(instance, snapshot, of: dialed, at: moment))
            return
        }
        let isIdle = !isWatched(number)
        instances[number].adopt(instance, snapshot, of: dialed, isIdle: isIdle, at: moment)
    }

    /// A campaign has left: its number is free.
    mutating func remove(_ number: Int) {
        for instance in campaigns[number]?.instances ?? [] {
            instances[instance].leave(number)
            noteNews(ofInstance: instance)
        }
        campaigns[number] = nil
    }

    /// Whether some campaign that may dial now uses an instance, so that its health is being checked.
    func isWatched(_ instance: Int, besides other: Int? = nil) -> Bool {
        instances[instance].users.contains { number in
            number != other && campaigns[number]?.isStopping == false && campaigns[number]?.windowWasShut == false
        }
    }

    /// Something has happened that all campaigns of an instance have to consider.
    mutating func noteNews(ofInstance instance: Int) {
        for number in instances[instance].users { noteNews(of: number) }
    }

    /// A call has begun or ended on an instance: its campaign has to consider that, and those that want to call through
    /// the instance as well. The others sleep on: there may be hundreds.
    private mutating func noteCall(on instance: Int, of number: Int) {
        for user in instances[instance].users where user == number || campaigns[user]?.wantsCalls ?? false {
            noteNews(of: user)
        }
    }

    mutating func noteNews(of number: Int) { campaigns[number]?.isNews = true }

    /// The campaigns to consider at a time.
    func awake(at now: Duration) -> [Int] {
        // Field by field: copying hundreds of campaigns at every turn would cost more than the turn.
        campaigns.indices.filter { number in
            campaigns[number]?.isNews ?? false || (campaigns[number]?.wakesAt).map { $0 <= now } ?? false
        }
    }

    /// Whether a campaign has to consider something, other than that its time has come.
    var hasNews: Bool { campaigns.indices.contains { campaigns[$0]?.isNews ?? false } }

    // MARK: Calls

    /// A call whose intent is on disk begins.
    ///
    /// - Parameters:
    ///   - number: its campaign's.
    ///   - rivals: the campaigns that could have taken the instance as well, this one included.
    mutating func begin(
        _ call: ClaimedCall, of number: Int, rivals: [FairShares.Candidate]?, at moment: RunMoment, random: Double
    ) {
        guard let usual = campaigns[number]?.campaign.callDuration, let share = campaigns[number]?.campaign.share
        else { return }
        let seconds = call.callDuration ?? usual
        instances[call.instance].begin(
            ringing: .seconds(seconds), at: moment.elapsed, countedAt: call.count?.at ?? moment.limit, random: random)
        // One that nobody shares owes nobody a turn.
        if instances[call.instance].users.count > 1 {
            let own = FairShares.Candidate(campaign: number, share: share)
            instances[call.instance].fairness.note(number, among: rivals ?? [own])
        }
        campaigns[number]?.begin(on: call.instance, at: moment)
        inFlight += 1
        // Whoever else uses the instance has to wait longer.
        noteCall(on: call.instance, of: number)
    }

    /// A call has ended: decides what follows, and keeps the result for the next transaction.
    mutating func end(
        _ call: ClaimedCall, of number: Int, _ outcome: CallOutcome, at moment: RunMoment
    ) -> AttemptResult? {
        guard let campaign = campaigns[number]?.campaign else { return nil }
        // Where the next phone of a row is dialed, lists have many numbers that are no use: they say nothing of the instance.
        let isExpected = campaign.fallsBack && outcome.reply.verdict == .refused && outcome.reply.subject == .number
        let reply =
            isExpected
            ? outcome.reply : instances[call.instance].refusals.judge(outcome.reply, of: call.attempt.contact)
        let decision = CallDecision(
            verdict: reply.verdict,
            history: CallHistory(
                triesUsed: call.triesUsed, throttlesInARow: call.throttlesInARow,
                instanceFailures: instances[call.instance].failuresInARow),
            policy: campaign.retry,
            retriesDoubt: campaign.inDoubt == .retry,
            random: outcome.random)
        var result = AttemptResult(call: call, reply: reply, decision: decision.contact, times: outcome.times)
        var wait: Duration?
        // Not on the wall clock: if that were set back, a retry due in seconds would wait for a day.
        if case .retry(let after, _) = decision.contact {
            result.dueAt = moment.limit.advanced(by: after)
            wait = after
        }
        pendingResults.append(PendingResult(campaign: number, result: result))
        if inFlight == maxInFlight { for other in campaigns.indices { noteNews(of: other) } }
        inFlight -= 1
        campaigns[number]?.end(call, result, retriedAfter: wait, at: moment)
        let before = instances[call.instance].condition
        instances[call.instance].end(effect: decision.instance, result: result, policy: campaign.retry, at: moment)
        if let count = result.takesBack {
            instances[call.instance].allowance.takeBack(at: count.at)
            instances[call.instance].backlog.takeBack(ringing: .seconds(campaign.callDuration))
        }
        noteCall(on: call.instance, of: number)
        if instances[call.instance].condition != before { noteNews(ofInstance: call.instance) }
        if result.state == .inDoubt {
            instances[call.instance].wantsProviderQueueRead = true
            noteNews(ofInstance: call.instance)
        }
        return result
    }

    // MARK: Requests

    /// The contacts of a campaign are to be counted: another operation may have changed them.
    mutating func requestCounts(of number: Int) {
        campaigns[number]?.wantsCounts = true
        noteNews(of: number)
    }

    /// The contacts of a campaign were counted, in the transaction that claimed the calls that have just begun.
    mutating func note(_ counts: StateCounts, _ outcomes: OutcomeCounts? = nil, of number: Int) {
        campaigns[number]?.noteCounts(counts, outcomes)
        noteNews(of: number)
    }

    /// A campaign is to stop. A later request counts if it is in more of a hurry; and if it wants that nobody goes on
    /// with the campaign, nobody does.
    mutating func stop(_ number: Int, _ request: StopRequest) {
        let earlier = campaigns[number]?.stop
        campaigns[number]?.stop = StopRequest(
            mode: earlier?.mode == .halt ? .halt : request.mode,
            staysActive: request.staysActive && earlier?.staysActive ?? true)
        noteNews(of: number)
    }

    // MARK: What next

    /// When the passing of time may change something; nil when only an event can.
    var nextWake: Duration? {
        var soonest: Duration?
        for number in campaigns.indices {
            guard let wake = campaigns[number]?.wakesAt else { continue }
            soonest = min(soonest ?? wake, wake)
        }
        return soonest
    }

    /// The time to wake at, unless a timer is already set for that time or an earlier one.
    mutating func wakeToArm() -> Duration? {
        guard let wake = nextWake, !armedWakes.contains(where: { $0 <= wake }) else { return nil }
        armedWakes.append(wake)
        return wake
    }

    /// A timer fired.
    mutating func noteWake(_ wake: Duration) {
        armedWakes.removeAll { $0 == wake }
    }
}

/// How a call ended, and a random number for what follows.
struct CallOutcome {
    var reply: CallReply
    var times: CallTimes
    /// In 0..<1.
    var random: Double
}
