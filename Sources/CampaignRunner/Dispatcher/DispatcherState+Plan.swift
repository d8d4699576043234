import CampaignCore

/// Which campaign may begin a call on which instance.
extension DispatcherState {
    /// The calls that may begin now.
    struct Plan {
        /// The instances to claim contacts for, by campaign, one entry per call, in the order in which the calls begin.
        var claims: [Int: [Int]] = [:]
        /// The campaigns that could take a shared instance, at each claim.
        var rivals = Rivals()
        /// The paces once these calls have begun, by instance and by campaign.
        var instancePaces: [Int: PaceMoment] = [:]
        var campaignPaces: [Int: PaceMoment] = [:]
    }

    /// The campaigns that could have taken an instance instead of the one that claimed a contact for it, claim by claim.
    struct Rivals {
        private struct Claim: Hashable {
            var campaign: Int
            var instance: Int
        }

        private var rivals: [Claim: [[FairShares.Candidate]]] = [:]

        mutating func note(_ candidates: [FairShares.Candidate], of campaign: Int, on instance: Int) {
            rivals[Claim(campaign: campaign, instance: instance), default: []].append(candidates)
        }

        /// The candidates at the first claim that was not taken yet, the campaign included; nil when it uses the instance
        /// alone.
        mutating func take(of campaign: Int, on instance: Int) -> [FairShares.Candidate]? {
            let claim = Claim(campaign: campaign, instance: instance)
            guard rivals[claim]?.isEmpty == false else { return nil }
            return rivals[claim]?.removeFirst()
        }
    }

    /// A campaign that may begin a call, while a plan is being made.
    private struct Bid {
        var shares: WorkerShares?
        /// The instance that it would take next.
        var instance: Int
    }

    /// What a trial has changed, to be put back: the calls begin only once their intents are on disk.
    private struct Trial {
        var instances: [Int: InstanceState.Plannable] = [:]
        var campaigns: [Int: (demand: CampaignDemand, inFlightOn: [Int])] = [:]
    }

    /// The calls that these campaigns may begin now.
    ///
    /// - Parameters:
    ///   - candidates: campaigns whose schedule is open, with how many calls each may begin at most.
    ///   - awake: all campaigns that the turn considers. Their paces may have moved since they were last written, also
    ///     where no call may begin any more.
    mutating func plan(
        for candidates: [(campaign: Int, maxCalls: Int)], among awake: [Int], at moment: RunMoment
    ) -> Plan {
        var plan = Plan()
        var trial = Trial()
        var left = Dictionary(uniqueKeysWithValues: candidates.map { ($0.campaign, $0.maxCalls) })
        var bids: [Int: Bid] = [:]
        for (number, _) in candidates { bids[number] = bid(of: number, left, at: moment) }
        var free = maxInFlight - inFlight
        while free > 0, let instance = firstInstance(of: bids) {
            let rivals = rivals(for: instance, bids, at: moment)
            let winner = rivals.count == 1 ? rivals[0].campaign : instances[instance].fairness.next(among: rivals)
            plan.claims[winner, default: []].append(instance)
            if instances[instance].users.count > 1 { plan.rivals.note(rivals, of: winner, on: instance) }
            begin(on: instance, of: winner, rivals, &trial, at: moment)
            left[winner, default: 0] -= 1
            free -= 1
            bids[winner] = bid(of: winner, left, at: moment)
            for other in instances[instance].users where other != winner && bids[other] != nil {
                bids[other] = bid(of: other, left, at: moment)
            }
        }
        notePaces(of: awake, in: &plan, at: moment)
        restore(trial)
        return plan
    }

    private mutating func bid(of number: Int, _ left: [Int: Int], at moment: RunMoment) -> Bid? {
        guard left[number] ?? 0 > 0, let demand = campaigns[number]?.demand,
            demand.mayHaveDueContacts(at: moment.elapsed), demand.mayBegin(at: moment.elapsed),
            let campaign = campaigns[number]
        else { return nil }
        let shares = campaign.workerShares(on: &instances, at: moment)
        return campaign.freeInstance(on: &instances, shares, at: moment).map { Bid(shares: shares, instance: $0) }
    }

    /// The instance whose turn it is.
    private func firstInstance(of bids: [Int: Bid]) -> Int? {
        var best: Int?
        for bid in bids.values {
            guard let rival = best else {
                best = bid.instance
                continue
            }
            let (own, others) = (instances[bid.instance].precedence, instances[rival].precedence)
            if (own.0, own.1, bid.instance) < (others.0, others.1, rival) { best = bid.instance }
        }
        return best
    }

    /// The campaigns that could take an instance now.
    private mutating func rivals(
        for instance: Int, _ bids: [Int: Bid], at moment: RunMoment
    ) -> [FairShares.Candidate] {
        if instances[instance].users.count == 1, let only = instances[instance].users.first {
            return [FairShares.Candidate(campaign: only, share: 1)]
        }
        return instances[instance].users.compactMap { number in
            guard let bid = bids[number], let campaign = campaigns[number],
                bid.instance == instance
                    || campaign.mayCall(through: instance, on: &instances, bid.shares, at: moment)
            else { return nil }
            return FairShares.Candidate(campaign: number, share: campaign.campaign.share)
        }
    }

    private mutating func begin(
        on instance: Int, of number: Int, _ rivals: [FairShares.Candidate], _ trial: inout Trial, at moment: RunMoment
    ) {
        guard let seconds = campaigns[number]?.campaign.callDuration else { return }
        if trial.instances[instance] == nil { trial.instances[instance] = instances[instance].plannable }
        if trial.campaigns[number] == nil, let demand = campaigns[number]?.demand,
            let inFlightOn = campaigns[number]?.inFlightOn
        {
            trial.campaigns[number] = (demand, inFlightOn)
        }
        instances[instance].plan(ringing: .seconds(seconds), at: moment.elapsed)
        if instances[instance].users.count > 1 { instances[instance].fairness.note(number, among: rivals) }
        campaigns[number]?.noteBegin(on: instance, at: moment.elapsed)
    }

    private mutating func restore(_ trial: Trial) {
        for (number, before) in trial.instances { instances[number].restore(before) }
        for (number, before) in trial.campaigns { campaigns[number]?.restore(before) }
    }

    /// Notes the paces that will not be open once the calls have begun, on both clocks.
    private func notePaces(of numbers: [Int], in plan: inout Plan, at moment: RunMoment) {
        func mark(_ opensAt: Duration) -> PaceMoment? {
            let wait = opensAt - moment.elapsed
            guard wait > .zero else { return nil }
            return PaceMoment(at: moment.wall.advanced(by: wait), uptime: moment.uptime.advanced(by: wait))
        }
        for number in numbers {
            guard let campaign = campaigns[number] else { continue }
            if campaign.demand.gap != nil { plan.campaignPaces[number] = mark(campaign.demand.gate.opensAt) }
            for instance in campaign.instances where plan.instancePaces[instance] == nil {
                plan.instancePaces[instance] = mark(instances[instance].gate.opensAt)
            }
        }
    }
}
