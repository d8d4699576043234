public import CampaignCore
public import Logging

/// One run of a campaign: claims contacts, paces and places their calls, and records what came of each.
///
/// A single loop decides and writes. It takes all that has happened since its last turn, writes those results together
/// with the next intents in one transaction, and only then lets the claimed calls leave. Replies that arrive while a
/// transaction is being written go into the next one, so commits are shared by as many calls as the disk is slow.
public struct CampaignRun<WaitClock: Clock>: Sendable where WaitClock.Duration == Duration {
    private let campaign: Campaign
    private let queue: any CallQueue
    private let line: any PhoneLine
    private let control: RunControl
    private let surroundings: Surroundings

    /// What a run takes from the world around it.
    public struct Surroundings: Sendable {
        /// The clock that waits are measured on.
        public var clock: WaitClock
        /// The wall clock, for stamps.
        public var now: @Sendable () -> Timestamp
        /// Numbers in 0..<1.
        public var random: @Sendable () -> Double
        /// Where the run says what it does; stderr in practice.
        public var logger: Logger
        /// Called after each change; must return at once.
        public var onProgress: @Sendable (RunProgress) -> Void
        /// By what a contact whose turn has come may have to wait, apart from pace and window; nil is by nothing.
        public var gate: (any ClaimGate)?

        /// The surroundings of a run.
        public init(
            clock: WaitClock,
            now: @escaping @Sendable () -> Timestamp,
            random: @escaping @Sendable () -> Double,
            logger: Logger,
            onProgress: @escaping @Sendable (RunProgress) -> Void
        ) {
            self.clock = clock
            self.now = now
            self.random = random
            self.logger = logger
            self.onProgress = onProgress
        }
    }

    /// A run of `campaign` that has not begun.
    public init(
        campaign: Campaign,
        queue: any CallQueue,
        line: any PhoneLine,
        control: RunControl,
        surroundings: Surroundings
    ) {
        self.campaign = campaign
        self.queue = queue
        self.line = line
        self.control = control
        self.surroundings = surroundings
    }

    /// Dials until nobody is left, somebody stops it, or it cannot go on.
    ///
    /// - Throws: ``QueueError`` when it could not even begin; later failures of the queue are a ``RunEnd``.
    public func run() async throws(QueueError) -> RunReport {
        let opening = try await queue.begin(RunStart(campaign: campaign, now: surroundings.now()))
        surroundings.logger.info(
            "run begins",
            metadata: [
                "ready": "\(opening.counts.ready)", "interrupted": "\(opening.interrupted)",
                "unspooled": "\(opening.unspooled)",
            ])
        return await withTaskGroup { group in
            // Every call waits for the loop: it must not stand in line behind the calls' own work.
            group.addTask(priority: .high) { await loop(opening) }
            return await group.next() ?? RunReport(end: .finished, counts: opening.counts, opening: opening)
        }
    }

    /// Turns until the run is over.
    private func loop(_ opening: RunOpening) async -> RunReport {
        let start = surroundings.clock.now
        var state = RunState(campaign: campaign, opening: opening, now: surroundings.now())
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
        await write(&state, start: start, group: &group)
        let now = elapsed(since: start)
        for instance in state.board.probes(at: now) where !state.isStopping {
            group.addTask { [line, control] in
                await control.mailbox.post(.health(instance, await line.health(of: instance)))
            }
        }
        surroundings.onProgress(state.progress(at: now))
        state.settleEnd()
        guard state.end == nil else { return }
        if let wake = state.wakeToArm(after: now) {
            group.addTask { [control, clock = surroundings.clock] in
                // A cancelled wait ends with the run: nobody needs to be woken.
                guard (try? await clock.sleep(until: start.advanced(by: wake), tolerance: nil)) != nil else { return }
                await control.mailbox.post(.woke(wake))
            }
        }
        for event in await control.mailbox.take() { note(event, &state, at: elapsed(since: start), group: &group) }
    }

    /// Writes results and intents, then lets the calls leave whose intents are on disk.
    private func write(
        _ state: inout RunState, start: WaitClock.Instant, group: inout DiscardingTaskGroup
    ) async {
        let before = elapsed(since: start)
        let wall = surroundings.now()
        let plan = state.plan(at: before, wall: wall)
        guard !plan.orders.isEmpty || !state.results.isEmpty || state.mustCount else { return }
        var batch = QueueBatch(results: state.results, claims: plan.orders, paces: plan.paces, now: wall)
        batch.wantsCounts = state.mustCount
        batch.gate = surroundings.gate
        do throws(QueueError) {
            let commit = try await queue.commit(batch)
            let now = elapsed(since: start)
            state.results.removeAll(keepingCapacity: true)
            state.noteBlocked(commit.blocked)
            if let rest = commit.rest { state.noteRest(rest, wall: surroundings.now(), now: now) }
            for call in commit.calls {
                state.begin(call, at: now, random: surroundings.random())
                group.addTask(priority: .medium) { await place(call) }
            }
            if let counts = commit.counts { state.noteCounts(counts) }
        } catch {
            surroundings.logger.error("results cannot be written", metadata: ["reason": "\(error)"])
            await spool(&state, because: error)
        }
    }

    /// Keeps results that the database cannot take, and lets nothing more begin.
    private func spool(_ state: inout RunState, because failure: QueueError) async {
        state.queueFailure = state.queueFailure ?? failure
        do throws(QueueError) {
            try await queue.spool(state.results)
        } catch {
            surroundings.logger.critical("results cannot be spooled either", metadata: ["reason": "\(error)"])
            state.unkept += state.results
        }
        state.results.removeAll()
    }

    /// Takes note of something that happened.
    private func note(
        _ event: RunEvent, _ state: inout RunState, at now: Duration, group: inout DiscardingTaskGroup
    ) {
        switch event {
        case .ended(let call, let reply, let times):
            let result = state.end(call, reply, times, at: now, random: surroundings.random())
            surroundings.logger.debug(
                "call ended",
                metadata: [
                    "phone": "\(call.phone.masked)", "attempt": "\(call.attempt.number)",
                    "outcome": "\(result.outcome.rawValue)", "state": "\(result.state.rawValue)",
                    "httpStatus": "\(result.httpStatus.map(String.init) ?? "-")",
                ])
        case .health(let instance, let health):
            let was = state.board.instances[instance].condition
            state.board.note(health, of: instance, at: now)
            let instance = state.board.instances[instance]
            guard instance.condition != was else { break }
            surroundings.logger.info(
                "instance changed",
                metadata: ["instance": "\(instance.name)", "trouble": "\(instance.trouble ?? "none")"])
        case .woke(let moment):
            state.noteWake(moment)
        case .queueChanged:
            state.mustCount = true
        case .stop(.drain):
            state.stop = state.stop ?? .drain
        case .stop(.halt):
            state.stop = .halt
            group.cancelAll()
        }
    }

    /// Places one call and reports how it ended; the one task that a call is.
    private func place(_ call: ClaimedCall) async {
        let startedAt = surroundings.now()
        let start = surroundings.clock.now
        let seconds = call.callDuration ?? campaign.callDuration
        let reply = await line.call(call.phone, seconds: seconds, through: call.instance)
        let times = CallTimes(
            startedAt: startedAt, endedAt: surroundings.now(), latency: start.duration(to: surroundings.clock.now))
        await control.mailbox.post(.ended(call, reply, times))
    }

    private func elapsed(since start: WaitClock.Instant) -> Duration {
        start.duration(to: surroundings.clock.now)
    }
}
