import CampaignCore

/// A campaign and the instances that it uses: which of them it may call through now, and their health.
extension CampaignState {
    // MARK: Calls

    /// The instance for its next call: the one with the fewest calls under way, then the one that has been free longest.
    func freeInstance(on instances: inout [InstanceState], _ shares: WorkerShares?, at moment: RunMoment) -> Int? {
        var best: Int?
        for number in self.instances where mayCall(through: number, on: &instances, shares, at: moment) {
            guard let rival = best else {
                best = number
                continue
            }
            if instances[number].precedence < instances[rival].precedence { best = number }
        }
        return best
    }

    /// When the pace of an instance, and its phone, let the next call of this campaign begin.
    func opensAt(_ number: Int, on instances: [InstanceState]) -> Duration {
        max(instances[number].gate.opensAt, fullBacklogs[number]?.recheckAt ?? .zero)
    }

    /// Whether the instance is free for a call of this campaign.
    func mayCall(
        through number: Int, on instances: inout [InstanceState], _ shares: WorkerShares?, at moment: RunMoment
    ) -> Bool {
        instances[number].mayTakeAnotherCall && opensAt(number, on: instances) <= moment.elapsed
            && instances[number].callsLeft(at: moment) != 0
            && shares.map { shares in places[number].map(shares.mayTake) ?? false } ?? true
    }

    /// How its workers are shared at a given time; nil if it has only one instance.
    ///
    /// As time passes, instances can only want more workers, never fewer: one that may take none now can do so only
    /// after an event, so it needs no timer.
    func workerShares(on instances: inout [InstanceState], at moment: RunMoment) -> WorkerShares? {
        guard self.instances.count > 1 else { return nil }
        let ringing = Duration.seconds(campaign.callDuration)
        var claims: [WorkerShares.Claim] = []
        claims.reserveCapacity(self.instances.count)
        for (place, number) in self.instances.enumerated() {
            let gap = instances[number].limits.gap(ringing: ringing, random: 0)
            claims.append(
                instances[number].workerClaim(
                    holding: inFlightOn[place], within: campaign.timeout, gap: max(gap, demand.gap ?? .zero),
                    opensAt: opensAt(number, on: instances), at: moment))
        }
        return WorkerShares(workers: campaign.workers, claims)
    }

    /// When the paces and the caps let its next call begin; nil while no instance is usable, or those whose turn it is
    /// have to leave the workers to others.
    func nextOpening(on instances: inout [InstanceState], after moment: RunMoment) -> Duration? {
        let shares = workerShares(on: &instances, at: moment)
        var soonest: Duration?
        for (place, number) in self.instances.enumerated() where instances[number].mayTakeAnotherCall {
            var opens = opensAt(number, on: instances)
            if instances[number].callsLeft(at: moment) == 0 {
                opens = max(opens, moment.elapsed(atLimit: instances[number].allowance.nextDay(after: moment.limit)))
            }
            guard opens > moment.elapsed || shares?.mayTake(place) ?? true else { continue }
            soonest = min(soonest ?? opens, opens)
        }
        return soonest.map { max($0, demand.gate.opensAt) }
    }

    // MARK: Backlogs

    /// Finds the instances whose phones already have as many calls as they can ring before the window closes.
    mutating func noteFullBacklogs(on instances: [InstanceState], at moment: RunMoment) {
        for number in self.instances
        where instances[number].isUsable && opensAt(number, on: instances) <= moment.elapsed {
            let wait = instances[number].backlog.wait(at: moment.elapsed)
            guard wait > .zero, let reopens = schedule.reopening(after: wait, at: moment) else { continue }
            noteFullBacklog(of: number, until: reopens, at: moment)
        }
    }

    /// The calls that Z-API has accepted for an instance ring until this campaign's window closes; other campaigns may
    /// have more time. Checked again after a minute, since the wall clock can be set.
    mutating func noteFullBacklog(of number: Int, until reopens: Timestamp, at moment: RunMoment) {
        fullBacklogs[number] = (reopens, min(moment.elapsed(atWall: reopens), moment.elapsed + .seconds(60)))
    }

    /// When its window opens again, if the phone of an instance rings until it closes; nil while there is time for
    /// another call.
    func reopening(of number: Int, at moment: RunMoment) -> Timestamp? {
        fullBacklogs[number].flatMap { moment.elapsed < $0.recheckAt ? $0.reopens : nil }
    }

    /// How much longer the phones of these instances will ring, without those that are free.
    func backlogs(of numbers: [Int], on instances: [InstanceState], at moment: RunMoment) -> [Int: Duration] {
        let waits = Set(numbers).map { ($0, instances[$0].backlog.wait(at: moment.elapsed)) }
        return Dictionary(uniqueKeysWithValues: waits.filter { $0.1 > .zero })
    }

    // MARK: Health

    /// Its instances whose health is to be checked now: none while the window is closed, except for their first check.
    func dueHealthChecks(on instances: [InstanceState], at now: Duration) -> [Int] {
        guard !isStopping, !windowWasShut || hasUnknownInstances(among: instances) else { return [] }
        return self.instances.filter { instances[$0].nextHealthCheck.map { $0 <= now } ?? false }
    }

    /// Whether the health of some instance is not known yet. Such an instance is left out; the others do not wait for
    /// it.
    func hasUnknownInstances(among instances: [InstanceState]) -> Bool {
        self.instances.contains { instances[$0].condition == .unknown }
    }

    func uncheckedInstances(of instances: [InstanceState]) -> Int {
        self.instances.count { instances[$0].condition == .unknown }
    }

    /// Why instances are not in use, by the names that this campaign gives them.
    func troubles(of instances: [InstanceState]) -> [String] {
        self.instances.enumerated().compactMap { place, number in
            instances[number].trouble.map { "\(campaign.instances[place].name): \($0)" }
        }
    }

    /// The end of a run that may not wait, if no instance can be used for more than a passing failure; nil otherwise.
    func endForNow(on instances: [InstanceState]) -> RunEnd? {
        guard self.instances.allSatisfy({ instances[$0].isAway }) else { return nil }
        let troubles = troubles(of: instances)
        return self.instances.allSatisfy { instances[$0].isUnreachable } ? .unreachable(troubles) : .away(troubles)
    }

    /// The end of a run in which no instance will ever be usable again; nil while one is, or may be later.
    func endForGood(on instances: [InstanceState]) -> RunEnd? {
        let isLost = self.instances.allSatisfy {
            instances[$0].isMisconfigured || !options.keepsTrying && instances[$0].wasNeverReached
        }
        guard isLost else { return nil }
        let troubles = troubles(of: instances)
        return self.instances.contains { instances[$0].isMisconfigured }
            ? .misconfigured(troubles) : .unreachable(troubles)
    }

    // MARK: Provider queues

    func isReadingProviderQueues(of instances: [InstanceState]) -> Bool {
        self.instances.contains { instances[$0].isReadingProviderQueue }
    }
}
