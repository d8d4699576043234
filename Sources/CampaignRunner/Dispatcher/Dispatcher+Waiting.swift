import CampaignCore

/// When the next call can begin, what it is waiting for, and whether any ever can.
extension Dispatcher {
    /// When the passing of time may change something; nil when only an event can. While no call may begin (`maxCalls`
    /// is 0), openings do not count: they may lie in the past, and the run would wake for nothing.
    mutating func nextWake(after moment: RunMoment, maxCalls: Int) -> Duration? {
        var moments = instances.compactMap(\.nextHealthCheck)
        if maxCalls > 0, campaign.remaining != .none, campaign.inFlight < campaign.workers,
            let open = nextOpening(after: moment)
        {
            if case .dueAt(let due) = campaign.remaining {
                moments.append(max(open, due))
            } else {
                moments.append(open)
            }
        }
        return moments.min()
    }

    /// When the paces and the caps let the next call begin; nil while no instance is usable, or those whose turn it is
    /// have to leave the workers to others.
    private mutating func nextOpening(after moment: RunMoment) -> Duration? {
        let shares = workerShares(at: moment)
        var soonest: Duration?
        for index in instances.indices where instances[index].mayTakeAnotherCall {
            var opens = instances[index].opensAt
            if instances[index].allowance.left(at: moment.limit) == 0 {
                opens = max(opens, moment.elapsed(atLimit: instances[index].allowance.nextDay(after: moment.limit)))
            }
            guard opens > moment.elapsed || shares?.mayTake(index) ?? true else { continue }
            soonest = min(soonest ?? opens, opens)
        }
        return soonest.map { max($0, campaign.gate.opensAt) }
    }

    /// What all usable instances are waiting for, if there are any and all have to wait: the next day, which brings new
    /// calls; the window; or the end of the wait that Z-API asked for; whichever comes first. Nil while the health of
    /// one is not known, since it may have calls left.
    mutating func hold(at moment: RunMoment) -> WaitReason? {
        guard !hasUnknownInstances else { return nil }
        var soonest: (until: Timestamp, reason: WaitReason)?
        for index in instances.indices where instances[index].isUsable {
            let until: Timestamp
            let reason: WaitReason
            if instances[index].allowance.left(at: moment.limit) == 0 {
                let day = instances[index].allowance.nextDay(after: moment.limit)
                // The limits' clock may be behind the wall clock.
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

    /// What the next call is waiting for, apart from the window.
    mutating func waitReason(at moment: RunMoment) -> WaitReason? {
        let inFlight = campaign.inFlight
        if campaign.remaining == .none { return inFlight > 0 ? .replies(inFlight) : nil }
        if let until = campaign.throttledUntil(at: moment) { return .asked(until: until, isEarlier: false) }
        guard let open = nextOpening(after: moment) else {
            return instances.contains(where: \.isUsable) ? .replies(inFlight) : .instance
        }
        if inFlight >= campaign.workers { return .replies(inFlight) }
        let now = moment.elapsed
        if case .dueAt(let due) = campaign.remaining, due > max(open, now) { return .retry(due - now) }
        return open > now ? .pace(open - now) : nil
    }

    /// The end of a run that may not wait, if no instance can be used for more than a passing failure; nil otherwise.
    var endForNow: RunEnd? {
        guard instances.allSatisfy(\.isAway) else { return nil }
        let troubles = instances.compactMap(\.trouble)
        return instances.allSatisfy(\.isUnreachable) ? .unreachable(troubles) : .away(troubles)
    }

    /// The end of a run in which no instance will ever be usable again; nil while one is, or may be later.
    var endForGood: RunEnd? {
        guard instances.allSatisfy(\.isLost) else { return nil }
        let troubles = instances.compactMap(\.trouble)
        return instances.contains(where: \.isMisconfigured) ? .misconfigured(troubles) : .unreachable(troubles)
    }
}
