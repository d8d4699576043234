import CampaignCore

/// Decides which instance may begin a call, and when. A value: it answers, and neither waits nor writes.
///
/// Times are counted from the start of the run, on a monotonic clock.
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

    /// The calls that may begin now, and the state of the paces once they have.
    struct Plan {
        /// The instances to claim contacts for, one entry per call, in the order in which the calls begin.
        var claims: [Int] = []
        /// The paces, on both clocks.
        var paces = PaceLedger()
    }

    /// The calls that may begin at a given time. Tried out on a copy: they begin once their intents are on disk.
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

    /// A call has begun on `instance`.
    ///
    /// - Parameter countedAt: the time for which the limits count it; nil means now.
    mutating func begin(
        _ instance: Int, seconds: Int, at moment: RunMoment, countedAt: Timestamp? = nil, random: Double
    ) {
        instances[instance].begin(
            ringing: .seconds(seconds), at: moment.elapsed, countedAt: countedAt ?? moment.limit, random: random)
        campaign.begin(at: moment.elapsed)
    }

    /// A call has ended on `instance`.
    mutating func end(
        _ instance: Int, effect: CallDecision.Instance, result: AttemptResult, at moment: RunMoment
    ) {
        campaign.end()
        instances[instance].end(effect: effect, result: result, policy: campaign.retry, at: moment)
        guard let count = result.takesBack else { return }
        instances[instance].allowance.takeBack(at: count.at)
        instances[instance].backlog.takeBack(ringing: .seconds(campaign.callDuration))
    }

    /// The instance for the next call: the one with the fewest calls under way, then the one that has been free
    /// longest.
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

    /// How the workers are shared at a given time; nil if there is only one instance.
    ///
    /// As time passes, instances can only want more workers, never fewer: one that may take none now can do so only
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

    /// The state of the paces, on both clocks, without those that are open.
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

    /// Finds the instances whose phones already have as many calls as they can ring before the window closes.
    ///
    /// - Parameter reopening: when the window opens for a call that rings after the given wait; nil when it is open
    ///   then.
    mutating func noteFullBacklogs(at moment: RunMoment, reopening: (Duration) -> Timestamp?) {
        for index in instances.indices where instances[index].isUsable && instances[index].opensAt <= moment.elapsed {
            let wait = instances[index].backlog.wait(at: moment.elapsed)
            guard wait > .zero, let reopens = reopening(wait) else { continue }
            instances[index].noteFullBacklog(until: reopens, at: moment)
        }
    }

    /// How much longer the phones of these instances will ring, without those that are free.
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

    /// After a long time without calls: the health of every instance is checked before its next call.
    mutating func forgetHealth() {
        for index in instances.indices { instances[index].forgetHealth() }
    }

    /// Whether the health of some instance is not known yet. Such an instance is left out; the others do not wait for
    /// it.
    var hasUnknownInstances: Bool { instances.contains { $0.condition == .unknown } }

    /// The condition of each instance, for the store; nil while it is not known.
    mutating func conditions(at moment: RunMoment) -> [InstanceCondition?] {
        instances.indices.map { instances[$0].reportedCondition(at: moment) }
    }

    // MARK: Provider queues

    /// The instances whose provider queue is to be read now; it counts as being read from here on.
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
