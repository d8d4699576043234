import CampaignCore

/// Everything that decides which instance may begin a call and when. A value: it answers, and neither waits nor writes.
///
/// Times are counted from the start of the run on a clock that cannot be set.
struct Dispatcher {
    /// What is known of the queue.
    enum Supply: Equatable {
        /// There may be contacts that are due.
        case unknown
        /// The next contact is due at this time.
        case dueAt(Duration)
        /// No contact is ready.
        case none
    }

    private(set) var instances: [InstanceState]
    private(set) var campaignGate: PaceGate
    private(set) var inFlight = 0
    var supply = Supply.unknown
    private let campaignGap: Duration?
    private let callDuration: Int
    private let healthInterval: Duration
    private let retry: RetryPolicy
    private let workers: Int
    /// How long a call can take.
    private let timeout: Duration

    init(_ campaign: Campaign, opening: RunSnapshot, calendar: WindowCalendar, at moment: RunMoment) {
        campaignGap = campaign.pace?.gap
        callDuration = campaign.callDuration
        healthInterval = campaign.healthInterval
        retry = campaign.retry
        workers = campaign.workers
        timeout = campaign.timeout
        let ringing = Duration.seconds(campaign.callDuration)
        instances = zip(campaign.instances, opening.instances).map {
            InstanceState($0, $1, calendar: calendar, ringing: ringing, at: moment)
        }
        campaignGate = PaceGate(
            opensAt: opening.campaignPace.wait(
                now: moment.wall, uptime: moment.uptime, gap: campaignGap ?? .zero))
    }

    // MARK: Calls

    /// What may begin now, and where the paces stand once it has.
    struct Plan {
        /// The instances, one entry for each call, the one that has been free longest first.
        var orders: [Int] = []
        /// The paces, on both clocks.
        var paces = PaceLedger()
    }

    /// What may begin at a moment, `most` calls at most.
    func plan(at moment: RunMoment, most: Int) -> Plan {
        var board = self
        var plan = Plan()
        if most > 0, hasSupply(at: moment.elapsed) {
            while plan.orders.count < most, board.inFlight < workers,
                board.campaignGate.isOpen(at: moment.elapsed), let next = board.freeInstance(at: moment)
            {
                plan.orders.append(next)
                board.begin(next, seconds: callDuration, at: moment, random: 1)
            }
        }
        plan.paces = board.ledger(at: moment)
        return plan
    }

    private func hasSupply(at now: Duration) -> Bool {
        switch supply {
        case .none: false
        case .dueAt(let due): due <= now
        case .unknown: true
        }
    }

    /// A call began on `instance`.
    ///
    /// - Parameter countedAt: when it counts for the limits; nil is now.
    mutating func begin(
        _ instance: Int, seconds: Int, at moment: RunMoment, countedAt: Timestamp? = nil, random: Double
    ) {
        let gap = instances[instance].limits.gap(ringing: .seconds(seconds), random: random)
        instances[instance].gate.pass(at: moment.elapsed, gap: gap)
        instances[instance].backlog.note(at: moment.elapsed, ringing: .seconds(seconds), gap: gap)
        instances[instance].allowance.note(at: countedAt ?? moment.limit)
        instances[instance].inFlight += 1
        if let campaignGap { campaignGate.pass(at: moment.elapsed, gap: campaignGap) }
        inFlight += 1
    }

    /// What the reply to a call means, those before it considered.
    mutating func judge(_ reply: CallReply, to call: ClaimedCall) -> CallReply {
        instances[call.instance].judge(reply, of: call.attempt.contact)
    }

    /// A call ended on `instance`.
    mutating func end(
        _ instance: Int, effect: CallDecision.Instance, result: AttemptResult, at moment: RunMoment
    ) {
        inFlight -= 1
        instances[instance].end(effect: effect, result: result, policy: retry, at: moment)
        guard let count = result.takesBack else { return }
        instances[instance].allowance.takeBack(at: count.at)
        instances[instance].backlog.takeBack(ringing: .seconds(callDuration))
    }

    private mutating func freeInstance(at moment: RunMoment) -> Int? {
        let shares = workerShares(at: moment)
        var best: Int?
        for index in instances.indices
        where instances[index].takesAnother && instances[index].opensAt <= moment.elapsed {
            guard instances[index].allowance.left(at: moment.limit) != 0, shares?.mayTake(index) ?? true else {
                continue
            }
            guard let rival = best else {
                best = index
                continue
            }
            let (one, other) = (instances[index], instances[rival])
            if (one.inFlight, one.gate.opensAt) < (other.inFlight, other.gate.opensAt) { best = index }
        }
        return best
    }

    /// The shares of the workers at a moment; nil while there is nobody to share them with.
    ///
    /// With time alone instances come to want more workers and never fewer: whoever may take none may so only after an
    /// event, and nobody has to be woken for it.
    private mutating func workerShares(at moment: RunMoment) -> WorkerShares? {
        guard instances.count > 1 else { return nil }
        let claims = instances.indices.map { index in
            let gap = instances[index].limits.gap(ringing: .seconds(callDuration), random: 0)
            return instances[index].workerClaim(within: timeout, gap: max(gap, campaignGap ?? .zero), at: moment)
        }
        return WorkerShares(workers: workers, claims)
    }

    /// Looks which instances have as many calls as their phones can ring before the window shuts.
    ///
    /// - Parameter reopening: when the window opens for a call that rings after so long; nil when it is open then.
    mutating func noteFull(at moment: RunMoment, reopening: (Duration) -> Timestamp?) {
        for index in instances.indices where instances[index].isUsable && instances[index].opensAt <= moment.elapsed {
            let wait = instances[index].backlog.wait(at: moment.elapsed)
            if wait > .zero, let reopens = reopening(wait) { instances[index].fill(until: reopens, at: moment) }
        }
    }

    /// The phone of an instance rings until the window of the next contact shuts.
    mutating func fill(_ instance: Int, until reopens: Timestamp, at moment: RunMoment) {
        instances[instance].fill(until: reopens, at: moment)
    }

    /// How long the phones of some instances ring yet; none of those that are free.
    func backlogs(of indices: [Int], at moment: RunMoment) -> [Int: Duration] {
        let waits = Set(indices).map { ($0, instances[$0].backlog.wait(at: moment.elapsed)) }
        return Dictionary(uniqueKeysWithValues: waits.filter { $0.1 > .zero })
    }

    // MARK: Health

    /// The instances to be asked for their health now.
    mutating func probes(at now: Duration) -> [Int] {
        let due = instances.indices.filter { instances[$0].probeIsDue(at: now) }
        for index in due { instances[index].isBeingProbed = true }
        return due
    }

    /// An instance said how it is.
    mutating func note(_ health: InstanceHealth, of instance: Int, at moment: RunMoment) {
        instances[instance].note(health, at: moment, interval: healthInterval)
    }

    /// The instances whose queue at Z-API is to be read now.
    mutating func queueQuestions() -> [Int] {
        let asked = instances.indices.filter { instances[$0].wantsQueue && !instances[$0].queueIsBeingRead }
        for index in asked {
            instances[index].wantsQueue = false
            instances[index].queueIsBeingRead = true
        }
        return asked
    }

    /// Whether the answer of some queue is still to come.
    var isReadingQueues: Bool { instances.contains(where: \.queueIsBeingRead) }

    /// The queue of an instance was read; nil when it could not be.
    mutating func note(queued items: Int?, of instance: Int) {
        instances[instance].queueIsBeingRead = false
        if let items, !instances[instance].isUsable { instances[instance].queuedItems = items }
    }

    /// Calls of an instance are in doubt: its queue may tell of them.
    mutating func wantQueue(of instance: Int) {
        instances[instance].wantsQueue = true
    }

    /// No call was begun for a long time: every instance is asked how it is before the next one.
    mutating func forgetHealth() {
        for index in instances.indices { instances[index].forget() }
    }

    // MARK: What next

    /// When something may happen by itself; nil when only a reply can change anything. While no call may begin (`most`),
    /// no opening is worth waking for: it would be past, and nothing would come of it.
    mutating func nextWake(after moment: RunMoment, most: Int) -> Duration? {
        var moments = instances.compactMap { $0.nextProbe }
        if most > 0, supply != .none, inFlight < workers, let open = nextOpening(after: moment) {
            if case .dueAt(let due) = supply {
                moments.append(max(open, due))
            } else {
                moments.append(open)
            }
        }
        return moments.min()
    }

    /// Whether some instance has not said yet how it is. It is left out, and keeps none of the others waiting.
    var hasUnknown: Bool { instances.contains { $0.condition == .unknown } }

    /// When the paces and the caps let the next call begin; nil while no instance is usable, or those whose turn it is
    /// have to leave the workers to others.
    private mutating func nextOpening(after moment: RunMoment) -> Duration? {
        let shares = workerShares(at: moment)
        var soonest: Duration?
        for index in instances.indices where instances[index].takesAnother {
            var opens = instances[index].opensAt
            if instances[index].allowance.left(at: moment.limit) == 0 {
                opens = max(opens, moment.elapsed(atLimit: instances[index].allowance.nextDay(after: moment.limit)))
            }
            guard opens > moment.elapsed || shares?.mayTake(index) ?? true else { continue }
            soonest = min(soonest ?? opens, opens)
        }
        return soonest.map { max($0, campaignGate.opensAt) }
    }

    /// How each instance is, for whoever looks from outside.
    mutating func reports(at moment: RunMoment) -> [InstanceCondition?] {
        instances.indices.map { instances[$0].report(at: moment) }
    }

    /// What all usable instances wait for, if there are any and each has to: another day, which brings new calls, or the
    /// moment until which Z-API asked to wait; whichever is first. Nil while one has not said how it is, since it may
    /// have calls left.
    mutating func hold(at moment: RunMoment) -> WaitReason? {
        guard !hasUnknown else { return nil }
        var soonest: (until: Timestamp, reason: WaitReason)?
        for index in instances.indices where instances[index].isUsable {
            let until: Timestamp
            let reason: WaitReason
            if instances[index].allowance.left(at: moment.limit) == 0 {
                let day = instances[index].allowance.nextDay(after: moment.limit)
                // The limits' own time line may lie behind the wall clock.
                until = moment.wall.advanced(by: max(moment.limit.duration(to: day), .zero))
                reason = .cap(until: until)
            } else if let reopens = instances[index].reopening(at: moment) {
                (until, reason) = (reopens, .ringing(until: reopens))
            } else if let hold = instances[index].hold(at: moment) {
                (until, reason) = (hold.until, .asked(until: hold.until, isEarlier: hold.isEarlier))
            } else {
                return nil
            }
            if soonest.map({ until < $0.until }) ?? true { soonest = (until, reason) }
        }
        return soonest?.reason
    }

    /// When the next contact is due, if no retry of ours makes it wait for so long: Z-API asked for that.
    func contactsAskedUntil(at moment: RunMoment) -> Timestamp? {
        guard inFlight == 0, case .dueAt(let due) = supply else { return nil }
        let wait = due - moment.elapsed
        return wait > max(retry.longest, InstanceState.longWait) ? moment.wall.advanced(by: wait) : nil
    }

    /// What the run waits for; the window is not its business.
    mutating func waitReason(at moment: RunMoment) -> WaitReason? {
        if supply == .none { return inFlight > 0 ? .replies(inFlight) : nil }
        if let until = contactsAskedUntil(at: moment) { return .asked(until: until, isEarlier: false) }
        guard let open = nextOpening(after: moment) else {
            return instances.contains(where: \.isUsable) ? .replies(inFlight) : .instance
        }
        if inFlight >= workers { return .replies(inFlight) }
        let now = moment.elapsed
        if case .dueAt(let due) = supply, due > max(open, now) { return .retry(due - now) }
        return open > now ? .pace(open - now) : nil
    }

    /// Why a run that may not wait ends: no instance can be used, and none will be for longer than a hiccup lasts.
    var absence: RunEnd? {
        guard instances.allSatisfy({ $0.isAway }) else { return nil }
        let lines = instances.compactMap(\.trouble)
        return instances.allSatisfy(\.isUnreachable) ? .unreachable(lines) : .away(lines)
    }

    /// Why no instance will ever be usable again in this run; nil while one is or may become so.
    var hopelessness: RunEnd? {
        guard instances.allSatisfy({ $0.isLost }) else { return nil }
        let lines = instances.compactMap(\.trouble)
        return instances.contains { $0.isStopped } ? .misconfigured(lines) : .unreachable(lines)
    }

    /// Where the paces stand, on both clocks.
    private func ledger(at moment: RunMoment) -> PaceLedger {
        func mark(_ opensAt: Duration) -> PaceLedger.Moment? {
            let wait = opensAt - moment.elapsed
            guard wait > .zero else { return nil }
            return PaceLedger.Moment(at: moment.wall.advanced(by: wait), uptime: moment.uptime.advanced(by: wait))
        }
        var ledger = PaceLedger()
        for (index, instance) in instances.enumerated() { ledger.instances[index] = mark(instance.gate.opensAt) }
        if campaignGap != nil { ledger.campaign = mark(campaignGate.opensAt) }
        return ledger
    }
}
