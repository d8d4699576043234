import CampaignCore

/// Everything that decides which instance may begin a call and when. A value: it answers, and neither waits nor writes.
///
/// Times are counted from the start of the run on a clock that cannot be set.
struct Dispatcher {
    var instances: [InstanceState]
    var campaign: CampaignDemand

    init(_ campaign: Campaign, _ snapshot: RunSnapshot, calendar: WindowCalendar, at moment: RunMoment) {
        instances = zip(campaign.instances, snapshot.instances).map {
            InstanceState($0, $1, of: campaign, calendar: calendar, at: moment)
        }
        self.campaign = CampaignDemand(campaign, pace: snapshot.campaignPace, at: moment)
    }

    // MARK: Calls

    /// What may begin now, and where the paces stand once it has.
    struct Plan {
        /// The instances to claim contacts for, one entry for each call, in the order in which the calls begin.
        var claims: [Int] = []
        /// The paces, on both clocks.
        var paces = PaceLedger()
    }

    /// What may begin at a moment. Tried out on a copy: calls begin once their intents are on disk.
    func plan(at moment: RunMoment, maxCalls: Int) -> Plan {
        var trial = self
        var plan = Plan()
        if campaign.mayHaveDueContacts(at: moment.elapsed) {
            while plan.claims.count < maxCalls, trial.campaign.mayBegin(at: moment.elapsed),
                let next = trial.freeInstance(at: moment)
            {
                plan.claims.append(next)
                trial.begin(next, seconds: campaign.callDuration, at: moment, random: 1)
            }
        }
        plan.paces = trial.paces(at: moment)
        return plan
    }

    /// A call began on `instance`.
    ///
    /// - Parameter countedAt: when it counts for the limits; nil is now.
    mutating func begin(
        _ instance: Int, seconds: Int, at moment: RunMoment, countedAt: Timestamp? = nil, random: Double
    ) {
        instances[instance].begin(
            ringing: .seconds(seconds), at: moment.elapsed, countedAt: countedAt ?? moment.limit, random: random)
        campaign.begin(at: moment.elapsed)
    }

    /// A call ended on `instance`.
    mutating func end(
        _ instance: Int, effect: CallDecision.Instance, result: AttemptResult, at moment: RunMoment
    ) {
        campaign.end()
        instances[instance].end(effect: effect, result: result, policy: campaign.retry, at: moment)
        guard let count = result.takesBack else { return }
        instances[instance].allowance.takeBack(at: count.at)
        instances[instance].backlog.takeBack(ringing: .seconds(campaign.callDuration))
    }

    /// The instance that the next call begins on: with the fewest calls under way, then free for longest.
    private mutating func freeInstance(at moment: RunMoment) -> Int? {
        let shares = workerShares(at: moment)
        var best: Int?
        for index in instances.indices
        where instances[index].mayTakeAnotherCall && instances[index].opensAt <= moment.elapsed {
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
    /// As time passes, instances can only come to want more workers, never fewer: one that may take none now can do so only
    /// after an event, so it needs no timer.
    mutating func workerShares(at moment: RunMoment) -> WorkerShares? {
        guard instances.count > 1 else { return nil }
        let claims = instances.indices.map { index in
            let gap = instances[index].limits.gap(ringing: .seconds(campaign.callDuration), random: 0)
            return instances[index].workerClaim(
                within: campaign.timeout, gap: max(gap, campaign.gap ?? .zero), at: moment)
        }
        return WorkerShares(workers: campaign.workers, claims)
    }

    /// Where the paces stand, on both clocks; those that are open are left out.
    private func paces(at moment: RunMoment) -> PaceLedger {
        func mark(_ opensAt: Duration) -> PaceLedger.Moment? {
            let wait = opensAt - moment.elapsed
            guard wait > .zero else { return nil }
            return PaceLedger.Moment(at: moment.wall.advanced(by: wait), uptime: moment.uptime.advanced(by: wait))
        }
        var paces = PaceLedger()
        for (index, instance) in instances.enumerated() { paces.instances[index] = mark(instance.gate.opensAt) }
        if campaign.gap != nil { paces.campaign = mark(campaign.gate.opensAt) }
        return paces
    }

    // MARK: Backlogs

    /// Finds the instances that have as many calls as their phones can ring before the window shuts.
    ///
    /// - Parameter reopening: when the window opens for a call that rings after a wait; nil when it is open then.
    mutating func noteFullBacklogs(at moment: RunMoment, reopening: (Duration) -> Timestamp?) {
        for index in instances.indices where instances[index].isUsable && instances[index].opensAt <= moment.elapsed {
            let wait = instances[index].backlog.wait(at: moment.elapsed)
            guard wait > .zero, let reopens = reopening(wait) else { continue }
            instances[index].noteFullBacklog(until: reopens, at: moment)
        }
    }

    /// How much longer the phones of some instances ring; those that are free are left out.
    func backlogs(of indices: [Int], at moment: RunMoment) -> [Int: Duration] {
        let waits = Set(indices).map { ($0, instances[$0].backlog.wait(at: moment.elapsed)) }
        return Dictionary(uniqueKeysWithValues: waits.filter { $0.1 > .zero })
    }

    // MARK: Health

    /// The instances whose health is to be checked now; they count as being checked from here on.
    mutating func dueHealthChecks(at now: Duration) -> [Int] {
        let due = instances.indices.filter { instances[$0].nextHealthCheck.map { $0 <= now } ?? false }
        for index in due { instances[index].isBeingChecked = true }
        return due
    }

    /// No call has begun for a long time: the health of every instance is checked before the next one.
    mutating func forgetHealth() {
        for index in instances.indices { instances[index].forgetHealth() }
    }

    /// Whether the health of some instance is not known yet. It is left out, and keeps no other one waiting.
    var hasUnknownInstances: Bool { instances.contains { $0.condition == .unknown } }

    /// How each instance is, for the store; nil while that is not known.
    mutating func conditions(at moment: RunMoment) -> [InstanceCondition?] {
        instances.indices.map { instances[$0].reportedCondition(at: moment) }
    }

    // MARK: Provider queues

    /// The instances whose queue at Z-API is to be read now; it counts as being read from here on.
    mutating func providerQueuesToRead() -> [Int] {
        let wanted = instances.indices.filter {
            instances[$0].wantsProviderQueueRead && !instances[$0].isReadingProviderQueue
        }
        for index in wanted {
            instances[index].wantsProviderQueueRead = false
            instances[index].isReadingProviderQueue = true
        }
        return wanted
    }

    /// Whether some provider queue is still being read.
    var isReadingProviderQueues: Bool { instances.contains(where: \.isReadingProviderQueue) }
}
