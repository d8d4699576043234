import CampaignCore

/// What a campaign is waiting for, and when its run is over.
extension CampaignState {
    /// Waits that depend on the wall clock are checked again this often, since that clock can be set.
    private static let longestWait = Duration.seconds(60)

    /// Decides whether its run is over. It never is while a call is under way or a result has not been written.
    mutating func decideEnd(on instances: inout [InstanceState], at moment: RunMoment) {
        guard inFlight == 0, !hasUnwrittenResults, !wantsCounts || storeFailure != nil else { return }
        if let storeFailure {
            end = .storeFailed(storeFailure, lostResults: lostResults)
        } else if let stop {
            // The next run reads the provider queue again: a stop waits for no server.
            end = stop.mode == .halt ? .halted : .drained
        } else if isReadingProviderQueues(of: instances) {
            // What may be found there is worth the wait, which is bounded.
            return
        } else if let report = brake.report {
            end = .braked(report)
        } else if demand.remaining == .none {
            end = isFollowing(at: moment) ? nil : .finished
        } else if isExpiring {
            return
        } else {
            end = endForGood(on: instances) ?? endWithoutWaiting(on: &instances, at: moment)
        }
    }

    /// Whether it stays open for contacts that come later: not once it has expired, since nobody may be called any more.
    private mutating func isFollowing(at moment: RunMoment) -> Bool {
        options.follows && schedule.state(at: moment) != .expired
    }

    /// Ends a run that may not wait but would have to; also one whose window never opens.
    private mutating func endWithoutWaiting(on instances: inout [InstanceState], at moment: RunMoment) -> RunEnd? {
        if case .shut(let until) = schedule.state(at: moment) {
            return options.waits && until != nil ? nil : .notNow(.window(until: until))
        }
        guard !options.waits else { return nil }
        if let end = endForNow(on: instances) { return end }
        if let hold = hold(on: &instances, at: moment) { return .notNow(hold) }
        if let opening = contactsOpen(at: moment) { return .notNow(.window(until: opening)) }
        return demand.throttledUntil(at: moment).map { .notNow(.asked(until: $0, isEarlier: false)) }
    }

    /// Whether it stays active after its end, so that a service goes on with it.
    var staysActive: Bool {
        switch end {
        case .drained?, .halted?: stop?.staysActive ?? false
        case .storeFailed?: true
        case .misconfigured?, .unreachable?: options.keepsTrying
        case .finished?, .braked?, .notNow?, .away?, .contradicts?, nil: false
        }
    }

    // MARK: Wakes

    /// When the passing of time may change something; nil when only an event can.
    ///
    /// - Parameter isFull: whether no call of any campaign may begin before another one has ended.
    mutating func nextWake(
        on instances: inout [InstanceState], isFull: Bool = false, after moment: RunMoment
    ) -> Duration? {
        guard !isStopping else { return nil }
        let state = schedule.state(at: moment)
        let change = schedule.nextChange(after: moment)
        let recheck = moment.elapsed + Self.longestWait
        if state == .expired, isExpiring { return moment.elapsed }
        guard state == .open else { return min(change ?? recheck, recheck) }
        let wake = nextWakeWhileOpen(on: &instances, isFull: isFull, after: moment)
        guard change != nil || hold(on: &instances, at: moment) != nil else { return wake }
        return [wake, change, recheck].compactMap(\.self).min()
    }

    /// While no call may begin, openings do not count: they may lie in the past, and the dispatcher would wake for
    /// nothing.
    private func nextWakeWhileOpen(
        on instances: inout [InstanceState], isFull: Bool, after moment: RunMoment
    ) -> Duration? {
        var moments = self.instances.compactMap { instances[$0].nextHealthCheck }
        if !isFull, maxNewCalls > 0, demand.remaining != .none, inFlight < demand.workers,
            let open = nextOpening(on: &instances, after: moment)
        {
            if case .dueAt(let due) = demand.remaining {
                moments.append(max(open, due))
            } else {
                moments.append(open)
            }
        }
        return moments.min()
    }

    // MARK: Reasons

    /// What all usable instances are waiting for, if there are any and all have to wait: the next day, which brings new
    /// calls; the window; or the end of the wait that Z-API asked for; whichever comes first. Nil while the health of
    /// one is not known, since it may have calls left.
    func hold(on instances: inout [InstanceState], at moment: RunMoment) -> WaitReason? {
        guard !hasUnknownInstances(among: instances) else { return nil }
        var soonest: (until: Timestamp, reason: WaitReason)?
        for number in self.instances where instances[number].isUsable {
            let until: Timestamp
            let reason: WaitReason
            if instances[number].callsLeft(at: moment) == 0 {
                let day = instances[number].allowance.nextDay(after: moment.limit)
                // The limits' clock may be behind the wall clock.
                until = moment.wall.advanced(by: max(moment.limit.duration(to: day), .zero))
                reason = .cap(until: until)
            } else if let reopens = reopening(of: number, at: moment) {
                (until, reason) = (reopens, .ringing(until: reopens))
            } else if let hold = instances[number].hold(at: moment) {
                (until, reason) = (hold.until, .asked(until: hold.until, isEarlier: hold.isEarlier))
            } else {
                return nil
            }
            if soonest.map({ until < $0.until }) ?? true { soonest = (until, reason) }
        }
        return soonest?.reason
    }

    /// What it is waiting for, for display; nil while it dials.
    mutating func waitReason(on instances: inout [InstanceState], at moment: RunMoment) -> WaitReason? {
        if isWatchingCanary { return .canary(inFlight) }
        if demand.remaining == .none { return inFlight > 0 ? .replies(inFlight) : options.follows ? .contacts : nil }
        if case .shut(let until) = schedule.state(at: moment) {
            return inFlight > 0 ? .replies(inFlight) : .window(until: until)
        }
        if let hold = hold(on: &instances, at: moment) { return hold }
        if let opening = contactsOpen(at: moment) { return .window(until: opening) }
        if let until = demand.throttledUntil(at: moment) { return .asked(until: until, isEarlier: false) }
        guard let open = nextOpening(on: &instances, after: moment) else {
            return self.instances.contains { instances[$0].isUsable } ? .replies(inFlight) : .instance
        }
        if inFlight >= demand.workers { return .replies(inFlight) }
        let now = moment.elapsed
        if case .dueAt(let due) = demand.remaining, due > max(open, now) { return .retry(due - now) }
        return open > now ? .pace(open - now) : nil
    }

    /// When the window opens for the next contact, if each has its own local time and none may be called now. A wait is
    /// for the window if it is longer than any retry and not requested by Z-API, or if no retry of this run has caused
    /// it and it ends on a whole minute, as windows open.
    private func contactsOpen(at moment: RunMoment) -> Timestamp? {
        guard campaign.window?.zone == .contact, inFlight == 0,
            case .dueAt(let due) = demand.remaining,
            due > moment.elapsed, due > contactsThrottledUntil
        else { return nil }
        let opens = moment.wall.advanced(by: due - moment.elapsed)
        if due - moment.elapsed > campaign.retry.longest { return opens }
        let second = opens.milliseconds % 60_000
        // The two clocks are read one after the other.
        return due > contactsRetriedUntil && (second < 500 || second > 59_500) ? opens : nil
    }

    /// What it is doing, in the words of `status`.
    mutating func activity(
        on instances: inout [InstanceState], _ state: RunSchedule.State, at moment: RunMoment
    ) -> RunActivity? {
        let last = reportedActivity
        guard !isStopping else { return last }
        if demand.remaining == .none { return options.follows && inFlight == 0 ? RunActivity(word: .contacts) : last }
        if case .shut(let until) = state { return RunActivity(word: .window, until: until) }
        if isWatchingCanary { return RunActivity(word: .canary) }
        switch hold(on: &instances, at: moment) {
        case .cap(let until)?: return RunActivity(word: .cap, until: until)
        case .ringing(let until)?: return RunActivity(word: .window, until: until)
        case .asked(let until, _)?: return RunActivity(word: .instance, until: until)
        case .pace?, .retry?, .replies?, .instance?, .window?, .canary?, .contacts?, nil: break
        }
        // An activity once reported is not recomputed: its time would shift by milliseconds with every turn.
        if let opening = contactsOpen(at: moment) {
            return last?.word == .window ? last : RunActivity(word: .window, until: opening)
        }
        guard self.instances.contains(where: { instances[$0].isUsable }) else {
            return hasUnknownInstances(among: instances) ? last : RunActivity(word: .instance)
        }
        if case .dueAt(let due) = demand.remaining, inFlight == 0,
            due - moment.elapsed > InstanceState.longWait
        {
            let until = moment.wall.advanced(by: due - moment.elapsed)
            return last?.word == .retry ? last : RunActivity(word: .retry, until: until)
        }
        return RunActivity(word: .dialing)
    }
}
