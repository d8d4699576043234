package import CampaignCore
import Logging

/// One run of a campaign: claims contacts, paces and places their calls, and records what came of each.
///
/// A single loop decides and writes. It takes all that has happened since its last turn, writes those results together
/// with the next intents in one transaction, and only then lets the claimed calls leave. Replies that arrive while a
/// transaction is being written go into the next one, so commits are shared by as many calls as the disk is slow.
package struct CampaignRun<WaitClock: Clock>: Sendable where WaitClock.Duration == Duration {
    /// An instance that has not said how it is by then counts as unreachable.
    private static var longestHealthCheck: Duration { .seconds(15) }
    /// A queue that is not read to its end by then is read again another time. The end of a run waits for it.
    private static var longestQueueReading: Duration { .seconds(15) }

    private let campaign: Campaign
    private let queue: any CallQueue
    private let line: any CallProvider
    private let control: RunControl
    private let dependencies: Dependencies
    private let options: RunOptions

    /// A run of `campaign` that has not begun.
    package init(
        campaign: Campaign,
        queue: any CallQueue,
        line: any CallProvider,
        control: RunControl,
        dependencies: Dependencies,
        options: RunOptions = RunOptions()
    ) {
        self.campaign = campaign
        self.queue = queue
        self.line = line
        self.control = control
        self.dependencies = dependencies
        self.options = options
    }

    /// Dials until nobody is left, somebody stops it, or it cannot go on.
    ///
    /// - Throws: ``StoreError`` when it could not even begin; later failures of the queue are a ``RunEnd``.
    package func run() async throws(StoreError) -> RunReport {
        let begins = dependencies.clock.now
        let start = RunStart(campaign: campaign, now: dependencies.now(), uptime: dependencies.uptime())
        let opening = try await queue.begin(start)
        dependencies.logger.info(
            "run begins",
            metadata: [
                "ready": "\(opening.counts.ready)", "interrupted": "\(opening.interrupted)",
                "unspooled": "\(opening.unspooled)",
            ])
        let state = RunState(campaign, options, opening: opening, calendar: dependencies.calendar, start: start)
        return await withTaskGroup { group in
            // Every call waits for the loop: it must not stand in line behind the calls' own work.
            group.addTask(priority: .high) { await loop(state, since: begins, opening) }
            return await group.next() ?? RunReport(end: .finished, counts: opening.counts, opening: opening)
        }
    }

    /// Turns until the run is over.
    private func loop(_ first: RunState, since start: WaitClock.Instant, _ opening: RunSnapshot) async -> RunReport {
        var state = first
        await withDiscardingTaskGroup { group in
            while state.end == nil {
                await turn(&state, start: start, group: &group)
            }
            // Only waits are left; or, after a halt, requests that were given up and have reported so.
            group.cancelAll()
        }
        return RunReport(end: state.end ?? .finished, counts: state.counts, opening: opening)
    }

    /// One turn of the loop: decide, write, let calls leave, wait for news.
    private func turn(
        _ state: inout RunState, start: WaitClock.Instant, group: inout DiscardingTaskGroup
    ) async {
        if !state.found.isEmpty { await resolveFound(&state) }
        await write(&state, start: start, group: &group)
        let moment = moment(&state, since: start)
        for instance in state.probes(at: moment) {
            group.addTask { [line, control, clock = dependencies.clock] in
                let health = await clock.within(Self.longestHealthCheck) { await line.health(of: instance) }
                let limit = Self.longestHealthCheck.components.seconds
                await control.mailbox.post(
                    .health(instance, health ?? .unreachable("no answer within \(limit) s")))
            }
        }
        if let queueLine = dependencies.queueLine { read(state.queueQuestions(), of: queueLine, group: &group) }
        dependencies.onProgress(state.progress(at: moment))
        state.decideEnd(at: moment)
        guard state.end == nil else { return }
        if let wake = state.wakeToArm(after: moment) {
            group.addTask { [control, clock = dependencies.clock] in
                // A cancelled wait ends with the run: nobody needs to be woken.
                guard (try? await clock.sleep(until: start.advanced(by: wake), tolerance: nil)) != nil else { return }
                await control.mailbox.post(.woke(wake))
            }
        }
        for event in await control.mailbox.take() {
            note(event, &state, at: self.moment(&state, since: start), group: &group)
        }
    }

    /// Writes results and intents, then lets the calls leave whose intents are on disk.
    private func write(
        _ state: inout RunState, start: WaitClock.Instant, group: inout DiscardingTaskGroup
    ) async {
        let claimed = moment(&state, since: start)
        var batch = state.batch(at: claimed)
        batch.gate = dependencies.gate
        let rule = state.schedule.departureRule(claimedAt: claimed, gate: dependencies.gate)
        guard batch.isWorthWriting else { return }
        do throws(StoreError) {
            let commit = try await queue.commit(batch)
            let moment = moment(&state, since: start)
            state.noteWritten(batch)
            state.noteExcluded(commit.excluded)
            for (instance, reopens) in commit.full {
                state.board.fill(instance, until: reopens, at: moment)
            }
            if let rest = commit.rest { state.noteRest(rest, at: moment) }
            state.isExpiring = batch.expires && commit.excluded > 0 && commit.rest.map { $0 != .empty } ?? false
            for call in commit.calls {
                state.begin(call, at: moment, random: dependencies.random())
                let departure = Departure(
                    call: call, rule: rule, claimedAt: start.advanced(by: claimed.elapsed), dependencies: dependencies)
                group.addTask(priority: .medium) { await place(call, departure) }
            }
            if let counts = commit.counts { state.noteCounts(counts) }
        } catch {
            dependencies.logger.error("results cannot be written", metadata: ["reason": "\(error)"])
            await spool(&state, because: error)
        }
    }

    /// Asks for the queues of instances, one task each.
    private func read(_ instances: [Int], of queueLine: any ProviderQueue, group: inout DiscardingTaskGroup) {
        for instance in instances {
            group.addTask { [control, logger = dependencies.logger, clock = dependencies.clock] in
                let reading = await clock.within(Self.longestQueueReading) {
                    await Self.queued(of: instance, queueLine)
                }
                switch reading {
                case .success(let items)?:
                    await control.mailbox.post(.queueRead(instance, items))
                case .failure(let error)?:
                    logger.info("Z-API's queue cannot be read", metadata: ["reason": "\(error)"])
                    await control.mailbox.post(.queueRead(instance, nil))
                case nil:
                    logger.info("Z-API's queue was not read to its end in time")
                    await control.mailbox.post(.queueRead(instance, nil))
                }
            }
        }
    }

    private static func queued(
        of instance: Int, _ queueLine: any ProviderQueue
    ) async -> Result<[ProviderQueueItem], ProviderError> {
        do throws(ProviderError) {
            return .success(try await queueLine.queued(of: instance))
        } catch {
            return .failure(error)
        }
    }

    /// Resolves the doubts that were found in Z-API's queues. They are on disk by now: the queues were read after that.
    private func resolveFound(_ state: inout RunState) async {
        for (instance, items) in state.found {
            do throws(StoreError) {
                let resolved = try await queue.resolve(items, of: instance)
                guard resolved > 0 else { continue }
                state.mustCount = true
                dependencies.logger.info(
                    "calls in doubt were found in Z-API's queue", metadata: ["resolved": "\(resolved)"])
            } catch {
                await spool(&state, because: error)
            }
        }
        state.found = [:]
    }

    /// Keeps results that the database cannot take, and lets nothing more begin.
    private func spool(_ state: inout RunState, because failure: StoreError) async {
        state.storeFailure = state.storeFailure ?? failure
        do throws(StoreError) {
            try await queue.spool(state.results)
        } catch {
            dependencies.logger.critical("results cannot be spooled either", metadata: ["reason": "\(error)"])
            state.lostResults += state.results
        }
        state.results.removeAll()
    }

    /// Takes note of something that happened.
    private func note(
        _ event: RunEvent, _ state: inout RunState, at moment: RunMoment, group: inout DiscardingTaskGroup
    ) {
        switch event {
        case .ended(let call, let reply, let times):
            let result = state.end(call, reply, times, at: moment, random: dependencies.random())
            dependencies.logger.debug(
                "call ended",
                metadata: [
                    "phone": "\(call.phone.masked)", "attempt": "\(call.attempt.number)",
                    "outcome": "\(result.outcome.rawValue)", "state": "\(result.state.rawValue)",
                    "httpStatus": "\(result.httpStatus.map(String.init) ?? "-")",
                ])
        case .health(let instance, let health):
            let was = state.board.instances[instance].condition
            state.board.note(health, of: instance, at: moment)
            let instance = state.board.instances[instance]
            guard instance.condition != was else { break }
            dependencies.logger.info(
                "instance changed",
                metadata: ["instance": "\(instance.name)", "trouble": "\(instance.trouble ?? "none")"])
        case .queueRead(let instance, let items):
            state.board.note(queued: items?.count, of: instance)
            if let items, !items.isEmpty { state.found[instance] = items }
        case .woke(let wake):
            state.noteWake(wake)
        case .contactsChanged:
            state.mustCount = true
        case .stop(.drain):
            state.stop = state.stop ?? .drain
        case .stop(.halt):
            state.stop = .halt
            group.cancelAll()
        }
    }

    /// Places one call and reports how it ended; the one task that a call is.
    private func place(_ call: ClaimedCall, _ departure: Departure) async {
        let startedAt = dependencies.now()
        let start = dependencies.clock.now
        let reply: CallReply
        if let refusal = departure.refusal {
            reply = CallReply(heldBack: refusal)
        } else {
            reply = await line.call(
                call.phone, seconds: call.callDuration ?? campaign.callDuration, through: call.instance
            ) { departure.refusal }
        }
        let times = CallTimes(
            startedAt: startedAt, endedAt: dependencies.now(), latency: start.duration(to: dependencies.clock.now))
        await control.mailbox.post(.ended(call, reply, times))
    }

    /// One call that is about to leave: whether it still may.
    private struct Departure: Sendable {
        let call: ClaimedCall
        let rule: DepartureRule
        let claimedAt: WaitClock.Instant
        let dependencies: Dependencies

        /// Why it must not leave at this very moment; nil when it may.
        var refusal: DepartureRefusal? {
            rule.refusal(
                of: call.phone, at: dependencies.now(), after: claimedAt.duration(to: dependencies.clock.now))
        }
    }

    private func moment(_ state: inout RunState, since start: WaitClock.Instant) -> RunMoment {
        state.moment(elapsed: start.duration(to: dependencies.clock.now), wall: dependencies.now())
    }
}
