import CampaignCore

/// What a campaign is waiting for, and when its run is over.
extension CampaignState {
    /// Waits that depend on the wall clock are checked again this often, since that clock can be set.
    private static let longestWait = Duration.seconds(60)

    /// Decides whether its run is over. It never is while a call is under way or a result has not been written.
    mutating func decideEnd(on instances: inout [InstanceState], at moment: RunMoment) {
        guard inFlight == 0, !hasUnwrittenResults, !wantsCounts || storeFailure != nil else { return }
        if recountAt != nil, storeFailure == nil, isStopping || demand.remaining == .none {
            // Events may have made somebody ready, and the report has the figures.
            recountIfDue(at: moment.elapsed, ends: true)
            isNews = true
            return
        }
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
        } else if hasBadAudio {
            end = .badAudio
        } else if demand.remaining == .none {
            end = isFollowing(at: moment) || mayHearAnswers(at: moment) ? nil : .finished
        } else if isExpiring {
            return
        } else {
            end = endForGood(on: instances) ?? endWithoutWaiting(on: &instances, at: moment)
        }
    }

    /// Whether events may still tell that somebody did not answer who is then called again. None is called once it has
    /// expired.
    private mutating func mayHearAnswers(at moment: RunMoment) -> Bool {
        answersComeUntil.map { moment.elapsed < $0 } ?? false && schedule.state(at: moment) != .expired
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
        if let until = demand.heldBackUntil(at: moment) { return .notNow(.heldBack(until: until)) }
        if let wait = demand.wait(at: moment) { return .notNow(wait) }
        if let opening = contactsOpen(at: moment) { return .notNow(.window(until: opening)) }
        return demand.throttledUntil(at: moment).map { .notNow(.asked(until: $0, isEarlier: false)) }
    }

    /// Whether it stays active after its end, so that a service goes on with it.
    var staysActive: Bool {
        switch end {
        case .drained?, .halted?: stop?.staysActive ?? false
        case .storeFailed?: true
        case .misconfigured?, .unreachable?: options.keepsTrying
        case .finished?, .braked?, .badAudio?, .notNow?, .away?, .contradicts?, nil: false
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
        let wake = nextWakeApartFromEvents(on: &instances, isFull: isFull, after: moment)
        let answers = demand.remaining == .none ? answersComeUntil.flatMap { $0 > moment.elapsed ? $0 : nil } : nil
        return [wake, recountAt, answers].compactMap(\.self).min()
    }

    private mutating func nextWakeApartFromEvents(
        on instances: inout [InstanceState], isFull: Bool, after moment: RunMoment
    ) -> Duration? {
        let state = schedule.state(at: moment)
        let change = schedule.nextChange(after: moment)
        let recheck = moment.elapsed + Self.longestWait
        if state == .expired, isExpiring { return moment.elapsed }
        guard state == .open else { return min(change ?? recheck, recheck) }
        let wake = nextWakeWhileOpen(on: &instances, isFull: isFull, after: moment)
        guard
            change != nil || demand.waitsForWallClock(campaign.window, at: moment.elapsed)
                || hold(on: &instances, at: moment) != nil
        else { return wake }
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

    /// Until when events may tell who did not answer, by the wall clock; nil when none are waited for.
    private mutating func answersEnd(at moment: RunMoment) -> Timestamp? {
        guard let answersComeUntil, mayHearAnswers(at: moment) else { return nil }
        return moment.wall.advanced(by: answersComeUntil - moment.elapsed)
    }

    /// When the first of its instances has rested, if none can be used before one has; nil otherwise.
    private func restEnd(on instances: [InstanceState], at moment: RunMoment) -> Timestamp? {
        var soonest: Timestamp?
        for number in self.instances where !instances[number].isMisconfigured {
            guard let end = instances[number].restEnd(at: moment) else { return nil }
            soonest = min(soonest ?? end, end)
        }
        return soonest
    }

    /// What it is waiting for, for display; nil while it dials.
    mutating func waitReason(on instances: inout [InstanceState], at moment: RunMoment) -> WaitReason? {
        if isWatchingCanary { return .canary(inFlight) }
        if demand.remaining == .none {
            if inFlight > 0 { return .replies(inFlight) }
            if let until = answersEnd(at: moment) { return .answers(until: until) }
            return options.follows ? .contacts : nil
        }
        if case .shut(let until) = schedule.state(at: moment) {
            return inFlight > 0 ? .replies(inFlight) : .window(until: until)
        }
        if let hold = hold(on: &instances, at: moment) { return hold }
        if let until = demand.heldBackUntil(at: moment) { return .heldBack(until: until) }
        if let wait = demand.wait(at: moment) { return wait }
        if let opening = contactsOpen(at: moment) { return .window(until: opening) }
        if let until = demand.throttledUntil(at: moment) { return .asked(until: until, isEarlier: false) }
        guard let open = nextOpening(on: &instances, after: moment) else {
            if let until = restEnd(on: instances, at: moment) { return .rest(until: until) }
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
        guard campaign.window?.zone == .contact, inFlight == 0, demand.cause == .other,
            case .dueAt(let due) = demand.remaining,
            due > moment.elapsed, due > contactsThrottledUntil, let opens = demand.dueByWall
        else { return nil }
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
        if demand.remaining == .none {
            guard inFlight == 0 else { return last }
            if let until = answersEnd(at: moment) {
                return last?.word == .answers ? last : RunActivity(word: .answers, until: until)
            }
            return options.follows ? RunActivity(word: .contacts) : last
        }
        if case .shut(let until) = state { return RunActivity(word: .window, until: until) }
        if isWatchingCanary { return RunActivity(word: .canary) }
        switch hold(on: &instances, at: moment) {
        case .cap(let until)?: return RunActivity(word: .cap, until: until)
        case .ringing(let until)?: return RunActivity(word: .window, until: until)
        case .asked(let until, _)?: return RunActivity(word: .instance, until: until)
        case .pace?, .retry?, .heldBack?, .replies?, .instance?, .window?, .canary?, .contacts?, .rest?,
            .redial?, .person?, .events?, .answers?, nil:
            break
        }
        // An activity once reported is not recomputed: its time would shift by milliseconds with every turn.
        if let until = demand.heldBackUntil(at: moment) { return last.updated(.heldBack, until: until) }
        if let opening = contactsOpen(at: moment) { return last.updated(.window, until: opening) }
        guard self.instances.contains(where: { instances[$0].isUsable }) else {
            guard !hasUnknownInstances(among: instances) else { return last }
            return RunActivity(word: .instance, until: restEnd(on: instances, at: moment))
        }
        if case .dueAt(let due) = demand.remaining, inFlight == 0,
            due - moment.elapsed > InstanceState.longWait
        {
            let until = moment.wall.advanced(by: due - moment.elapsed)
            let word: RunActivity.Word =
                switch demand.cause {
                case .events: .answers
                case .person: .perPerson
                case .redial, .other: .retry
                }
            return last?.word == word ? last : RunActivity(word: word, until: until)
        }
        return RunActivity(word: .dialing)
    }
}

extension RunActivity? {
    /// Smaller changes come from clocks that are read one after the other.
    private static var smallShift: Duration { .seconds(10) }

    /// The activity to report: this one where its word is the same and its time almost so.
    fileprivate func updated(_ word: RunActivity.Word, until: Timestamp) -> RunActivity {
        guard let self, self.word == word, let known = self.until,
            known.advanced(by: .zero - Self.smallShift) <= until, until <= known.advanced(by: Self.smallShift)
        else { return RunActivity(word: word, until: until) }
        return self
    }
}
