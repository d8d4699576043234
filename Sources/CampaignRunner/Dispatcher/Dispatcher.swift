package import CampaignCore
package import Logging

/// Dials any number of campaigns side by side: claims contacts, paces and places their calls, and records how each ended.
///
/// A single loop decides and writes. It takes everything that has happened since its last turn, writes those results
/// together with the next intents of all campaigns in one transaction, and only then lets the claimed calls leave. Replies
/// that arrive while a transaction is being written go into the next one: the slower the disk, the more calls share a
/// commit.
///
/// The instances belong to the dispatcher: campaigns that share one share its pace, its limits and its health.
package struct Dispatcher<WaitClock: Clock>: Sendable where WaitClock.Duration == Duration {
    let store: any CallQueue
    let control: DispatcherControl
    let dependencies: Dependencies

    /// A dispatcher whose loop has not begun.
    package init(store: any CallQueue, control: DispatcherControl, dependencies: Dependencies) {
        self.store = store
        self.control = control
        self.dependencies = dependencies
    }

    /// Dials the campaigns that join, until the control is closed and none is left, or the store has failed and no call
    /// is under way any more.
    package func run() async {
        await withTaskGroup { group in
            // Every call waits for the loop, which must not queue behind the calls' own work.
            group.addTask(priority: .high) { await loop() }
        }
        for event in control.mailbox.close() {
            switch event {
            case .join(let request):
                request.continuation.resume(returning: .success(RunReport(end: .drained, counts: StateCounts())))
            case .ping(let continuation): continuation.resume()
            case .ended, .health, .providerQueueRead, .woke, .stop, .contactsChanged, .noted, .blocked, .released,
                .close:
                break
            }
        }
    }

    /// What the loop keeps from turn to turn.
    struct Session {
        let start: WaitClock.Instant
        var state: DispatcherState
        /// How calls and checks reach the instances, by campaign.
        var members: [Int: Member] = [:]
        /// The way to each instance with the credentials that were given last, by number: kept when that campaign leaves,
        /// for those that still have older ones.
        var endpoints: [Int: Endpoint] = [:]
        var healthChecks = HealthChecks()
        var isClosed = false

        init(start: WaitClock.Instant, uptime: Uptime, of dependencies: Dependencies) {
            self.start = start
            state = DispatcherState(uptime: uptime, maxInFlight: dependencies.maxInFlight)
        }

        var isOver: Bool { members.isEmpty && (isClosed || state.storeFailure != nil) }
    }

    /// A campaign that is being dialed, on the side of the loop.
    ///
    /// A class: each call asks it for the way to its instance, and a copy would be that of a whole campaign.
    final class Member: Sendable {
        let request: JoinRequest
        let orders: AsyncStream<CallOrder>.Continuation
        /// The place of each of its instances in its list, by number.
        let places: [Int: Int]

        init(_ request: JoinRequest, _ orders: AsyncStream<CallOrder>.Continuation, through numbers: [Int]) {
            self.request = request
            self.orders = orders
            places = Dictionary(zip(numbers, numbers.indices)) { first, _ in first }
        }

        var dialed: DialedCampaign { request.dialed }
    }

    /// Turns until nothing is left to do.
    private func loop() async {
        var session = Session(start: dependencies.clock.now, uptime: dependencies.uptime(), of: dependencies)
        await withDiscardingTaskGroup { group in
            while !session.isOver {
                await turn(&session, group: &group)
            }
            // Only timers are left.
            group.cancelAll()
        }
    }

    /// One turn of the loop: decide, write, let calls leave, wait for events.
    private func turn(_ session: inout Session, group: inout DiscardingTaskGroup) async {
        if !session.state.providerQueueItems.isEmpty { await resolveDoubts(&session) }
        let awake = await commit(&session)
        let moment = moment(&session)
        control.recentBlocks.drop(at: moment.elapsed)
        session.healthChecks.due += session.state.dueHealthChecks(of: awake, at: moment)
        for instance in session.healthChecks.next() {
            guard let endpoint = endpoint(of: instance, session) else {
                session.healthChecks.noteEnd()
                continue
            }
            group.addTask { await checkHealth(of: instance, endpoint) }
        }
        for instance in session.state.providerQueuesToRead(of: awake) {
            guard let endpoint = endpoint(of: instance, session), let queue = endpoint.queue else {
                session.state.instances[instance].noteProviderQueueRead(items: nil)
                continue
            }
            group.addTask { await read(queue, of: instance, endpoint.place) }
        }
        // Calls that have begun make other campaigns wait.
        let changed = Set(session.state.awake(at: moment.elapsed)).union(awake).sorted()
        session.state.settle(changed, at: moment)
        await report(changed, &session, at: moment)
        // Whoever leaves makes room for others.
        guard !session.isOver, !session.state.hasNews else { return }
        if let wake = session.state.wakeToArm() {
            let start = session.start
            group.addTask { await self.wake(at: wake, since: start) }
        }
        for event in await control.mailbox.take() {
            await note(event, &session, group: &group)
        }
    }

    /// Reports the progress of these campaigns, and lets those leave whose runs are over.
    private func report(_ numbers: [Int], _ session: inout Session, at moment: RunMoment) async {
        for number in numbers {
            guard let progress = session.state.progress(of: number, at: moment) else { continue }
            session.members[number]?.request.dialed.onProgress(progress)
            if session.state.campaigns[number]?.end != nil { await leave(number, &session) }
        }
    }

    private func note(_ event: DispatcherEvent, _ session: inout Session, group: inout DiscardingTaskGroup) async {
        switch event {
        case .join(let request):
            await join(request, &session, group: &group)
        case .ended(let call, let campaign, let reply, let times):
            noteEnd(
                of: call, campaign, CallOutcome(reply: reply, times: times, random: dependencies.random()), &session)
        case .health(let index, let health):
            session.healthChecks.noteEnd()
            let moment = moment(&session)
            let before = session.state.instances[index].condition
            // Not one with other credentials than it has now.
            if !session.state.instances[index].checkIsOutdated { tell(health, of: index, session) }
            session.state.instances[index].note(health, at: moment)
            session.state.noteNews(ofInstance: index)
            let instance = session.state.instances[index]
            guard instance.condition != before else { break }
            dependencies.logger.info(
                "instance changed",
                metadata: ["instance": "\(instance.instance.name)", "trouble": "\(instance.trouble ?? "none")"])
        case .providerQueueRead(let index, let items):
            session.state.instances[index].noteProviderQueueRead(items: items?.count)
            session.state.noteNews(ofInstance: index)
            if let items, !items.isEmpty { session.state.providerQueueItems[index] = items }
        case .woke(let wake):
            session.state.noteWake(wake)
        case .contactsChanged:
            for number in session.state.members { session.state.requestCounts(of: number) }
        case .noted(let effect, let id):
            let moment = moment(&session)
            session.state.note(effect, ofInstance: id, at: moment)
        case .blocked:
            // The turn that follows looks after them.
            break
        case .released(let id):
            let moment = moment(&session)
            session.state.release(instance: id, at: moment)
        case .stop(let request, let campaign):
            for (number, member) in session.members
            where campaign.map({ $0 == member.dialed.campaign.name }) ?? true {
                session.state.stop(number, request)
                if request.mode == .halt { member.orders.yield(.halt) }
            }
        case .close:
            session.isClosed = true
        case .ping(let continuation):
            continuation.resume()
        }
    }

    /// Tells the campaigns that use an instance what a check of its health has found.
    private func tell(_ health: InstanceHealth, of index: Int, _ session: Session) {
        let instance = session.state.instances[index]
        for number in instance.users { session.members[number]?.dialed.onHealth(instance.instance.id, health) }
    }

    private func noteEnd(of call: ClaimedCall, _ campaign: Int, _ outcome: CallOutcome, _ session: inout Session) {
        let moment = moment(&session)
        guard let result = session.state.end(call, of: campaign, outcome, at: moment) else { return }
        let instances = session.state.instances
        dependencies.logger.debug(
            "call ended",
            metadata: [
                "campaign": "\(session.members[campaign]?.dialed.campaign.name ?? "")",
                "instance":
                    "\(instances.indices.contains(call.instance) ? instances[call.instance].instance.name : "")",
                "phone": "\(call.phone.masked)", "attempt": "\(call.attempt.number)",
                "latencyMs": "\(result.latencyMilliseconds)",
                "outcome": "\(result.outcome.rawValue)", "state": "\(result.state.rawValue)",
                "httpStatus": "\(result.httpStatus.map(String.init) ?? "-")",
            ])
    }

    /// The current time on all clocks.
    func moment(_ session: inout Session) -> RunMoment {
        session.state.moment(
            elapsed: session.start.duration(to: dependencies.clock.now), wall: dependencies.now())
    }
}

extension Dispatcher {
    /// The clocks, randomness and logger that a dispatcher is given.
    package struct Dependencies: Sendable {
        /// The clock that waits are measured by.
        package var clock: WaitClock
        /// The wall clock, for timestamps.
        package var now: @Sendable () -> Timestamp
        /// How long the machine has been up.
        package var uptime: @Sendable () -> Uptime
        /// A random number in 0..<1.
        package var random: @Sendable () -> Double
        package var logger: Logger
        /// Maximum number of calls under way, of all campaigns.
        package var maxInFlight = Int.max

        package init(
            clock: WaitClock, now: @escaping @Sendable () -> Timestamp, uptime: @escaping @Sendable () -> Uptime,
            random: @escaping @Sendable () -> Double, logger: Logger
        ) {
            self.clock = clock
            self.now = now
            self.uptime = uptime
            self.random = random
            self.logger = logger
        }
    }
}
