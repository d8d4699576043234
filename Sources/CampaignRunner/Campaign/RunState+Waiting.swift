import CampaignCore

/// What a run is waiting for, and when it is over.
extension RunState {
    /// Waits that depend on the wall clock are checked again this often, since that clock can be set.
    private static let longestWait = Duration.seconds(60)

    /// Decides whether the run is over. It never is while a call is under way or a result has not been written.
    mutating func decideEnd(at moment: RunMoment) {
        guard inFlight == 0, pendingResults.isEmpty, !wantsCounts || storeFailure != nil else { return }
        if let storeFailure {
            end = .storeFailed(storeFailure, lostResults: lostResults)
        } else if let stop {
            // The next run reads the provider queue again: a stop waits for no server.
            end = stop == .halt ? .halted : .drained
        } else if dispatcher.isReadingProviderQueues {
            // What may be found there is worth the wait, which is bounded.
            return
        } else if let report = brake.report {
            end = .braked(report)
        } else if dispatcher.campaign.remaining == .none {
            end = .finished
        } else if isExpiring {
            return
        } else {
            end = dispatcher.endForGood ?? endWithoutWaiting(at: moment)
        }
    }

    /// Ends a run that may not wait but would have to; also one whose window never opens.
    private mutating func endWithoutWaiting(at moment: RunMoment) -> RunEnd? {
        if case .shut(let until) = schedule.state(at: moment) {
            return options.waits && until != nil ? nil : .notNow(.window(until: until))
        }
        guard !options.waits else { return nil }
        if let end = dispatcher.endForNow { return end }
        if let hold = dispatcher.hold(at: moment) { return .notNow(hold) }
        if let opening = contactsOpen(at: moment) { return .notNow(.window(until: opening)) }
        return dispatcher.campaign.throttledUntil(at: moment).map { .notNow(.asked(until: $0, isEarlier: false)) }
    }

    /// When the passing of time may change something; nil when only an event can.
    mutating func nextWake(after moment: RunMoment) -> Duration? {
        let state = schedule.state(at: moment)
        let change = schedule.nextChange(after: moment)
        let recheck = moment.elapsed + Self.longestWait
        if state == .expired, isExpiring { return moment.elapsed }
        guard state == .open else { return min(change ?? recheck, recheck) }
        let wake = dispatcher.nextWake(after: moment, maxCalls: maxNewCalls)
        guard change != nil || dispatcher.hold(at: moment) != nil else { return wake }
        return [wake, change, recheck].compactMap(\.self).min()
    }

    /// What the run is waiting for, for display; nil while it dials.
    mutating func waitReason(at moment: RunMoment) -> WaitReason? {
        if case .shut(let until) = schedule.state(at: moment), dispatcher.campaign.remaining != .none {
            return inFlight > 0 ? .replies(inFlight) : .window(until: until)
        }
        if isWatchingCanary { return .canary(inFlight) }
        if let hold = dispatcher.hold(at: moment) { return hold }
        if let opening = contactsOpen(at: moment) { return .window(until: opening) }
        return dispatcher.waitReason(at: moment)
    }

    /// When the window opens for the next contact, if each has its own local time and none may be called now. A wait is
    /// for the window if it is longer than any retry and not requested by Z-API, or if no retry of this run has caused
    /// it and it ends on a whole minute, as windows open.
    private func contactsOpen(at moment: RunMoment) -> Timestamp? {
        guard campaign.window?.zone == .contact, inFlight == 0,
            case .dueAt(let due) = dispatcher.campaign.remaining,
            due > moment.elapsed, due > contactsThrottledUntil
        else { return nil }
        let opens = moment.wall.advanced(by: due - moment.elapsed)
        if due - moment.elapsed > campaign.retry.longest { return opens }
        let second = opens.milliseconds % 60_000
        // The two clocks are read one after the other.
        return due > contactsRetriedUntil && (second < 500 || second > 59_500) ? opens : nil
    }

    /// What the run is doing, in the words of `status`.
    mutating func activity(at moment: RunMoment, _ state: RunSchedule.State) -> RunActivity? {
        let last = lastReported.activity
        guard !isStopping, dispatcher.campaign.remaining != .none else { return last }
        if case .shut(let until) = state { return RunActivity(word: .window, until: until) }
        if isWatchingCanary { return RunActivity(word: .canary) }
        switch dispatcher.hold(at: moment) {
        case .cap(let until)?: return RunActivity(word: .cap, until: until)
        case .ringing(let until)?: return RunActivity(word: .window, until: until)
        case .asked(let until, _)?: return RunActivity(word: .instance, until: until)
        case .pace?, .retry?, .replies?, .instance?, .window?, .canary?, nil: break
        }
        // An activity once reported is not recomputed: its time would shift by milliseconds with every turn.
        if let opening = contactsOpen(at: moment) {
            return last?.word == .window ? last : RunActivity(word: .window, until: opening)
        }
        guard dispatcher.instances.contains(where: \.isUsable) else {
            return dispatcher.hasUnknownInstances ? last : RunActivity(word: .instance)
        }
        if case .dueAt(let due) = dispatcher.campaign.remaining, inFlight == 0,
            due - moment.elapsed > InstanceState.longWait
        {
            let until = moment.wall.advanced(by: due - moment.elapsed)
            return last?.word == .retry ? last : RunActivity(word: .retry, until: until)
        }
        return RunActivity(word: .dialing)
    }
}
