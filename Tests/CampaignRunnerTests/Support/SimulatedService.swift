import CampaignCore

@testable import CampaignRunner

/// A process that dials several campaigns, simulated without waiting and without a database: campaigns join and leave,
/// calls fail, the process is killed and begins again, clocks are set. Only the decisions are the real ones.
struct SimulatedService {
    /// A call that began.
    struct Beginning {
        /// The campaign's place in the list of all.
        var campaign: Int
        var instance: String
        /// On a clock that cannot be set.
        var at: Duration
        /// The gap and the cap that the limits ask for.
        var gap: Duration
        var cap: Int?
        /// When the limits count it, and the zones in which its day does.
        var countedAt: Timestamp
        var offsets: [Int]
        var attempt: Int64
        /// Which process it was.
        var process: Int
        /// The campaigns that could have made it, by the rules as the test knows them.
        var able: Set<Int>
        /// How often each campaign had joined by then.
        var joins: [Int]
    }

    /// What may happen beside calls that end well.
    struct Disturbances: OptionSet {
        let rawValue: Int
        static let faults = Disturbances(rawValue: 1)
        static let kills = Disturbances(rawValue: 2)
        static let clocks = Disturbances(rawValue: 4)
        static let members = Disturbances(rawValue: 8)
    }

    struct UnderWay {
        var call: ClaimedCall
        var number: Int
        var ends: Duration
    }

    static let wallStart = Timestamp(milliseconds: 1_800_000_000_000)

    let campaigns: [Campaign]
    let disturbances: Disturbances
    var random: Random
    var store: SimulatedStore
    var state: DispatcherState
    /// The places of the campaigns that are being dialed, by number.
    var places: [Int: Int] = [:]
    var underWay: [UnderWay] = []
    /// Time that really passes.
    var time = Duration.seconds(86_400)
    var wallShift = Duration.zero
    var process = 0
    private var boot = 1
    private var bootedAt = Duration.zero
    private(set) var startedAt: Duration
    private var joins: [Int]
    private(set) var beginnings: [Beginning] = []
    /// How many turns the loop has made, and how many campaigns these have considered.
    private(set) var turns = 0
    private(set) var considered = 0
    private(set) var healthChecks: [Int: [Duration]] = [:]
    /// Whether the loop has made turn after turn while no time passed: it would never end.
    private(set) var isBusy = false
    private var turnsNow = 0
    private var lastTurnAt = Duration.zero

    init(_ campaigns: [Campaign], ready: Int = 1_000_000, seed: UInt64, _ disturbances: Disturbances = []) {
        self.campaigns = campaigns
        self.disturbances = disturbances
        joins = Array(repeating: 0, count: campaigns.count)
        random = Random(seed: seed)
        store = SimulatedStore(campaigns: campaigns.count)
        for place in campaigns.indices { store.contacts[place].due = ready }
        startedAt = .seconds(86_400)
        state = DispatcherState(uptime: Uptime(boot: "boot 1", duration: .seconds(86_400)))
    }

    var wall: Timestamp { Self.wallStart.advanced(by: time + wallShift) }
    var instanceIDs: [String] { state.instances.map(\.instance.id) }

    mutating func moment() -> RunMoment { state.moment(elapsed: time - startedAt, wall: wall) }

    // MARK: Members

    mutating func join(_ place: Int, _ options: RunOptions = RunOptions()) {
        guard !places.values.contains(place) else { return }
        let snapshot = store.begin(
            campaigns[place], place, besides: places.values.map { campaigns[$0] }, boot: "boot \(boot)")
        let moment = moment()
        let number = state.freeNumber
        state.join(campaigns[place], options, as: number, snapshot, at: moment)
        places[number] = place
        joins[place] += 1
    }

    mutating func stop(_ number: Int, _ mode: StopMode) {
        state.stop(number, StopRequest(mode: mode, staysActive: false))
        guard mode == .halt else { return }
        let abandoned = underWay.filter { $0.number == number }
        underWay.removeAll { $0.number == number }
        for one in abandoned { end(one, .inDoubt(.noReply)) }
    }

    /// The process is killed: what it knew is gone, and another one begins.
    mutating func kill(isReboot: Bool = false) {
        underWay = []
        places = [:]
        process += 1
        if isReboot {
            (boot, time, wallShift) = (boot + 1, time + .seconds(5), .zero)
            bootedAt = time - .seconds(2)
        }
        startedAt = time
        state = DispatcherState(uptime: Uptime(boot: "boot \(boot)", duration: time - bootedAt))
    }

    // MARK: Turns

    /// One turn of the loop: the intents are written, which takes a moment, and then the calls begin.
    mutating func turn() {
        let moment = moment()
        var turn = state.turn(at: moment)
        turns += 1
        turnsNow = time == lastTurnAt ? turnsNow + 1 : 0
        lastTurnAt = time
        isBusy = isBusy || turnsNow > 100
        considered += turn.awake.count
        if turn.batch.isWorthWriting {
            let able = able(turn.batch)
            let result = store.commit(turn.batch, campaigns: places, instances: instanceIDs, boot: "boot \(boot)")
            if !disturbances.isEmpty { time += .milliseconds(random.below(50)) }
            if disturbances.contains(.kills), random.below(400) == 0 { return kill() }
            let now = self.moment()
            state.note(result, of: turn, at: now)
            for (own, commit) in zip(turn.batch.campaigns, result.campaigns) {
                for call in commit.calls {
                    begin(call, of: own.campaign, &turn, at: now)
                    beginnings[beginnings.count - 1].able = able[call.instance] ?? []
                }
                if let counts = commit.counts { state.note(counts, of: own.campaign) }
            }
        }
        let now = self.moment()
        for instance in state.conclude(turn, at: now) {
            healthChecks[instance, default: []].append(time)
            state.note(health(), of: instance, at: now)
        }
        for number in places.keys.sorted() where state.campaigns[number]?.end != nil {
            state.remove(number)
            places[number] = nil
        }
    }

    private mutating func health() -> InstanceHealth {
        guard disturbances.contains(.faults), random.below(12) == 0 else { return .connected }
        return random.below(2) == 0 ? .disconnected("phone off") : .unreachable("no route")
    }

    private mutating func begin(
        _ call: ClaimedCall, of number: Int, _ turn: inout DispatcherState.Turn, at moment: RunMoment
    ) {
        guard let place = places[number] else { return }
        let rivals = turn.rivals.take(of: number, on: call.instance)
        state.begin(
            call, of: number, rivals: rivals, at: moment, random: Double(random.below(1000)) / 1000)
        let instance = state.instances[call.instance]
        beginnings.append(
            Beginning(
                campaign: place, instance: instance.instance.id, at: time,
                gap: instance.limits.gap(ringing: .seconds(campaigns[place].callDuration), random: 0),
                cap: instance.limits.dailyCap, countedAt: call.count?.at ?? .epoch,
                offsets: instance.users.compactMap { places[$0] }.map { SimulatedZone.offset(of: campaigns[$0]) },
                attempt: call.attempt.contact, process: process, able: [], joins: joins))
        underWay.append(UnderWay(call: call, number: number, ends: time + .milliseconds(random.below(4000))))
    }

    /// The campaigns that could make the next call, by instance: what a test of fairness takes them for.
    private func able(_ batch: CommitBatch) -> [Int: Set<Int>] {
        var able: [Int: Set<Int>] = [:]
        for instance in Set(batch.campaigns.flatMap(\.claims)) {
            able[instance] = Set(
                places.filter { number, place in
                    let campaign = campaigns[place]
                    let last = beginnings.last { $0.campaign == place }?.at
                    let isPaced = campaign.pace.map { pace in last.map { time - $0 < pace.gap } ?? false } ?? false
                    return campaign.instances.contains { $0.id == instanceIDs[instance] }
                        && store.contacts[place].isDue(batch.limitNow, besides: campaign.instances.count)
                        && underWay.count { $0.number == number } + campaign.instances.count < campaign.workers
                        && !isPaced && state.campaigns[number].map { $0.stop == nil && !$0.wantsCounts } ?? false
                }.values)
        }
        return able
    }
}
