package import CampaignCore
import Logging

/// One run of a campaign: claims contacts, paces and places their calls, and records how each ended.
///
/// A single loop decides and writes. It takes everything that has happened since its last turn, writes those results
/// together with the next intents in one transaction, and only then lets the claimed calls leave. Replies that arrive
/// while a transaction is being written go into the next one: the slower the disk, the more calls share a commit.
package struct CampaignRun<WaitClock: Clock>: Sendable where WaitClock.Duration == Duration {
    let campaign: Campaign
    let store: any CallQueue
    let provider: any CallProvider
    let control: RunControl
    let dependencies: Dependencies
    private let options: RunOptions

    /// A run of `campaign` that has not begun.
    package init(
        campaign: Campaign,
        store: any CallQueue,
        provider: any CallProvider,
        control: RunControl,
        dependencies: Dependencies,
        options: RunOptions = RunOptions()
    ) {
        self.campaign = campaign
        self.store = store
        self.provider = provider
        self.control = control
        self.dependencies = dependencies
        self.options = options
    }

    /// Dials until no contact is left, the run is stopped, or it cannot continue.
    ///
    /// - Throws: ``StoreError`` when the run could not even begin; later failures of the store are reported as a
    ///   ``RunEnd``.
    package func run() async throws(StoreError) -> RunReport {
        let begins = dependencies.clock.now
        let start = RunStart(campaign: campaign, now: dependencies.now(), uptime: dependencies.uptime())
        let snapshot = try await store.begin(start)
        dependencies.logger.info(
            "run started",
            metadata: [
                "ready": "\(snapshot.counts.ready)", "interrupted": "\(snapshot.interrupted)",
                "unspooled": "\(snapshot.unspooled)",
            ])
        let state = RunState(campaign, options, snapshot: snapshot, calendar: dependencies.calendar, start: start)
        return await withTaskGroup { group in
            // Every call waits for the loop, which must not queue behind the calls' own work.
            group.addTask(priority: .high) { await loop(state, since: begins) }
            return await group.next() ?? RunReport(end: .finished, counts: snapshot.counts)
        }
    }

    /// Turns until the run is over.
    private func loop(_ first: RunState, since start: WaitClock.Instant) async -> RunReport {
        var state = first
        await withDiscardingTaskGroup { group in
            while state.end == nil {
                await turn(&state, start: start, group: &group)
            }
            // Only timers are left; or, after a halt, calls that were cancelled and have reported that.
            group.cancelAll()
        }
        return RunReport(end: state.end ?? .finished, counts: state.counts)
    }

    /// One turn of the loop: decide, write, let calls leave, wait for events.
    private func turn(
        _ state: inout RunState, start: WaitClock.Instant, group: inout DiscardingTaskGroup
    ) async {
        if !state.providerQueueItems.isEmpty { await resolveDoubts(&state) }
        await commit(&state, start: start, group: &group)
        let moment = moment(&state, since: start)
        for instance in state.dueHealthChecks(at: moment) {
            group.addTask { await checkHealth(of: instance) }
        }
        if let providerQueue = dependencies.providerQueue {
            for instance in state.providerQueuesToRead() {
                group.addTask { await read(providerQueue, of: instance) }
            }
        }
        dependencies.onProgress(state.progress(at: moment))
        state.decideEnd(at: moment)
        guard state.end == nil else { return }
        if let wake = state.wakeToArm(after: moment) {
            group.addTask { await self.wake(at: wake, since: start) }
        }
        for event in await control.mailbox.take() {
            note(event, &state, at: self.moment(&state, since: start), group: &group)
        }
    }

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
        case .health(let index, let health):
            let before = state.dispatcher.instances[index].condition
            state.dispatcher.instances[index].note(health, at: moment)
            let instance = state.dispatcher.instances[index]
            guard instance.condition != before else { break }
            dependencies.logger.info(
                "instance changed",
                metadata: ["instance": "\(instance.name)", "trouble": "\(instance.trouble ?? "none")"])
        case .providerQueueRead(let index, let items):
            state.dispatcher.instances[index].noteProviderQueueRead(items: items?.count)
            if let items, !items.isEmpty { state.providerQueueItems[index] = items }
        case .woke(let wake):
            state.noteWake(wake)
        case .contactsChanged:
            state.wantsCounts = true
        case .stop(.drain):
            state.stop = state.stop ?? .drain
        case .stop(.halt):
            state.stop = .halt
            group.cancelAll()
        }
    }

    /// The current time on all clocks.
    func moment(_ state: inout RunState, since start: WaitClock.Instant) -> RunMoment {
        state.moment(elapsed: start.duration(to: dependencies.clock.now), wall: dependencies.now())
    }
}
