import CampaignCore

/// Everything that decides which instance may begin a call and when. A value: it answers, and neither waits nor writes.
///
/// Times are counted from the start of the run on a clock that cannot be set.
struct DispatchBoard {
    /// What is known of the queue.
    enum Supply: Equatable {
        /// There may be contacts that are due.
        case unknown
        /// The next contact is due at this time.
        case dueAt(Duration)
        /// No contact is ready.
        case none
    }

    private(set) var instances: [InstanceState]
    private(set) var campaignGate: PaceGate
    private(set) var inFlight = 0
    var supply = Supply.unknown
    private let paces: [InstancePace]
    private let campaignGap: Duration?
    private let callDuration: Int
    private let healthInterval: Duration
    private let workers: Int

    init(_ campaign: Campaign, opening: RunOpening, now: Timestamp) {
        paces = campaign.instances.map(\.pace)
        campaignGap = campaign.pace?.gap
        callDuration = campaign.callDuration
        healthInterval = campaign.healthInterval
        workers = campaign.workers
        let ringing = Duration.seconds(campaign.callDuration)
        instances = zip(campaign.instances, opening.paces).map { instance, mark in
            let longestGap = instance.pace.gap(ringing: ringing, random: 1)
            return InstanceState(name: instance.name, gate: PaceGate(mark, now: now, longestGap: longestGap))
        }
        campaignGate = PaceGate(opening.campaignPace, now: now, longestGap: campaignGap ?? .zero)
    }

    // MARK: Calls

    /// What may begin now, and where the paces stand once it has.
    struct Plan {
        /// The instances, one entry for each call, the one that has been free longest first.
        var orders: [Int] = []
        /// The paces, as moments of the wall clock.
        var paces = PaceLedger()
    }

    /// What may begin at `now`, which is `wall` on the wall clock; nothing when the run `isStopping`.
    func plan(at now: Duration, wall: Timestamp, isStopping: Bool) -> Plan {
        var board = self
        var plan = Plan()
        if !isStopping, hasSupply(at: now), hasHeardFromAll {
            while board.inFlight < workers, board.campaignGate.isOpen(at: now), let next = board.freeInstance(at: now) {
                plan.orders.append(next)
                board.begin(next, seconds: callDuration, at: now, random: 1)
            }
        }
        plan.paces = board.ledger(at: now, wall: wall)
        return plan
    }

    private func hasSupply(at now: Duration) -> Bool {
        switch supply {
        case .none: false
        case .dueAt(let due): due <= now
        case .unknown: true
        }
    }

    /// A call began at `now` on `instance`.
    mutating func begin(_ instance: Int, seconds: Int, at now: Duration, random: Double) {
        let gap = paces[instance].gap(ringing: .seconds(seconds), random: random)
        instances[instance].gate.pass(at: now, gap: gap)
        instances[instance].inFlight += 1
        if let campaignGap { campaignGate.pass(at: now, gap: campaignGap) }
        inFlight += 1
    }

    /// A call ended on `instance`.
    mutating func end(_ instance: Int, effect: CallDecision.Instance, error: String?, at now: Duration) {
        inFlight -= 1
        instances[instance].end(effect: effect, error: error, at: now)
    }

    private func freeInstance(at now: Duration) -> Int? {
        var best: Int?
        for index in instances.indices where instances[index].isUsable && instances[index].gate.isOpen(at: now) {
            guard let rival = best else {
                best = index
                continue
            }
            let (one, other) = (instances[index], instances[rival])
            if (one.inFlight, one.gate.opensAt) < (other.inFlight, other.gate.opensAt) { best = index }
        }
        return best
    }

    // MARK: Health

    /// The instances to be asked for their health now.
    mutating func probes(at now: Duration) -> [Int] {
        let due = instances.indices.filter { instances[$0].probeIsDue(at: now) }
        for index in due { instances[index].isBeingProbed = true }
        return due
    }

    /// An instance said how it is.
    mutating func note(_ health: InstanceHealth, of instance: Int, at now: Duration) {
        instances[instance].note(health, at: now, interval: healthInterval)
    }

    // MARK: What next

    /// When something may happen by itself; nil when only a reply can change anything.
    func nextWake(after now: Duration) -> Duration? {
        var moments = instances.compactMap { $0.nextProbe }
        if supply != .none, inFlight < workers, let open = nextOpening {
            if case .dueAt(let due) = supply {
                moments.append(max(open, due))
            } else {
                moments.append(open)
            }
        }
        return moments.min()
    }

    /// The first call waits until every instance has said how it is, so that all share the work from the start.
    private var hasHeardFromAll: Bool { !instances.contains { $0.condition == .unknown } }

    /// When the paces let the next call begin; nil while no instance is usable, or not all have said how they are.
    private var nextOpening: Duration? {
        guard hasHeardFromAll else { return nil }
        return instances.filter(\.isUsable).map(\.gate.opensAt).min().map { max($0, campaignGate.opensAt) }
    }

    /// What the run waits for at `now`.
    func waitReason(at now: Duration) -> WaitReason? {
        if supply == .none { return inFlight > 0 ? .replies(inFlight) : nil }
        guard let open = nextOpening else { return .instance }
        if inFlight >= workers { return .replies(inFlight) }
        if case .dueAt(let due) = supply, due > max(open, now) { return .retry(due - now) }
        return open > now ? .pace(open - now) : nil
    }

    /// Why no instance will ever be usable again in this run; nil while one is or may become so.
    var hopelessness: RunEnd? {
        guard instances.allSatisfy({ $0.isLost }) else { return nil }
        let lines = instances.compactMap(\.trouble)
        return instances.contains { $0.isStopped } ? .misconfigured(lines) : .unreachable(lines)
    }

    /// Where the paces stand, as moments of the wall clock.
    private func ledger(at now: Duration, wall: Timestamp) -> PaceLedger {
        var ledger = PaceLedger()
        for (index, instance) in instances.enumerated() where instance.gate.opensAt > now {
            ledger.instances[index] = wall.advanced(by: instance.gate.opensAt - now)
        }
        if campaignGap != nil, campaignGate.opensAt > now {
            ledger.campaign = wall.advanced(by: campaignGate.opensAt - now)
        }
        return ledger
    }
}

extension PaceGate {
    /// The longest that a written mark can hold a run back. A mark further off than this comes from a clock that was
    /// set, not from a pace.
    private static let longestHold = Duration.seconds(3600)

    /// A gate that goes on from where an earlier run left it.
    init(_ mark: PaceMark, now: Timestamp, longestGap: Duration) {
        let written = min(max(now.duration(to: mark.nextAt), .zero), Self.longestHold)
        self.init(opensAt: mark.isUncertain ? max(written, longestGap) : written)
    }
}
