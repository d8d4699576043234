import CampaignCore

/// When the next call can begin, what it waits for, and whether any ever can.
extension Dispatcher {
    /// When time alone may change something; nil when only an event can. While no call may begin (`maxCalls` is 0), no
    /// opening is worth waking for: it may lie in the past, and the run would wake for nothing.
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

    /// What all usable instances wait for, if there are any and each has to: another day, which brings new calls, the
    /// window, or the moment until which Z-API asked to wait; whichever comes first. Nil while the health of one is not
    /// known, since it may have calls left.
    mutating func hold(at moment: RunMoment) -> WaitReason? {
        guard !hasUnknownInstances else { return nil }
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

    /// What the next call waits for, the window aside.
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

    /// The end of a run that may not wait, when no instance can be used and that is more than a passing failure; nil
    /// otherwise.
    var endForNow: RunEnd? {
        guard instances.allSatisfy(\.isAway) else { return nil }
        let troubles = instances.compactMap(\.trouble)
        return instances.allSatisfy(\.isUnreachable) ? .unreachable(troubles) : .away(troubles)
    }

    /// The end of a run in which no instance can be used any more; nil while one can, or may be later.
    var endForGood: RunEnd? {
        guard instances.allSatisfy(\.isLost) else { return nil }
        let troubles = instances.compactMap(\.trouble)
        return instances.contains(where: \.isMisconfigured) ? .misconfigured(troubles) : .unreachable(troubles)
    }
}
