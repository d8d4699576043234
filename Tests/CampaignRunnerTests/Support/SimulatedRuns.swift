import CampaignCore

@testable import CampaignRunner

/// Runs one after another, simulated without waiting and without a database: starts, drains, kills, failures, clocks that
/// are set, a machine that sleeps or reboots. Only the decisions are the real ones.
struct SimulatedRuns {
    /// A call that began, and when, on a clock that cannot be set.
    struct Beginning {
        var instance: Int
        var at: Duration
    }

    private struct UnderWay {
        var call: ClaimedCall
        var ends: Duration
    }

    private(set) var beginnings: [Beginning] = []
    /// The calls that may have reached someone, by contact, with the time of their claims.
    private var counted: [Int64: Beginning] = [:]
    private let campaign: Campaign
    private let setsClocks: Bool
    private var random: Random
    /// Time that really passes.
    private var time = Duration.seconds(86_400)
    private var wallShift = Duration.zero
    private var boot = 1
    private var bootedAt = Duration.zero
    private var attempts: Int64 = 0
    // What the store would keep.
    private var marks: [PaceMoment?]
    private var campaignMark: PaceMoment?
    private var believed: (boot: String, offset: Int64)?
    private var uses: [[Int64: Int]]
    private var interrupted: Set<Int> = []

    static let wallStart = Timestamp(milliseconds: 1_800_000_000_000)

    init(_ campaign: Campaign, seed: UInt64, setsClocks: Bool) {
        self.campaign = campaign
        self.setsClocks = setsClocks
        random = Random(seed: seed)
        marks = campaign.instances.map { _ in nil }
        uses = campaign.instances.map { _ in [:] }
    }

    private var wall: Timestamp { Self.wallStart.advanced(by: time + wallShift) }
    private var uptime: Uptime { Uptime(boot: "boot \(boot)", duration: time - bootedAt) }

    /// The most counted calls of an instance in a UTC day, if no clock had been set.
    func maxCallsInADay(of instance: Int) -> Int {
        let days = counted.values.filter { $0.instance == instance }.map {
            Self.wallStart.advanced(by: $0.at).milliseconds / 86_400_000
        }
        return Dictionary(grouping: days) { $0 }.values.map(\.count).max() ?? 0
    }

    /// The most counted calls of an instance in any span of this length.
    func maxCalls(of instance: Int, within length: Duration) -> Int {
        let times = counted.values.filter { $0.instance == instance }.map(\.at).sorted()
        var (greatest, first) = (0, 0)
        for last in times.indices {
            while times[last] - times[first] >= length { first += 1 }
            greatest = max(greatest, last - first + 1)
        }
        return greatest
    }

    /// Simulates one run, and what may happen before the next one.
    mutating func playRun() {
        var state = DispatcherState.dialing(campaign, opening(), wall: wall, uptime: uptime)
        let begun = time
        interrupted = []
        var underWay: [UnderWay] = []
        var isKilled = random.below(2) == 0
        for _ in 0..<random.below(120) {
            guard turn(&state, begun, &underWay) else {
                isKilled = true
                break
            }
            pass(&state, begun, &underWay)
        }
        if !isKilled {
            // Drained: calls under way are waited for, and their results are written.
            state.stop(0, StopRequest(mode: .drain, staysActive: false))
            time = underWay.map(\.ends).max().map { max($0, time) } ?? time
            take(&underWay, &state, begun)
            write(state.turn(at: moment(&state, begun)).batch)
        } else {
            // To the next run, a result that was not written is as unknown as one that had not come yet.
            interrupted.formUnion(underWay.map(\.call.instance))
            interrupted.formUnion(state.pendingResults.compactMap { counted[$0.result.attempt.contact]?.instance })
        }
        time += .milliseconds(random.below(30_000))
        if setsClocks { disturb() }
        if random.below(8) == 0 {
            (boot, time, wallShift) = (boot + 1, time + .seconds(5), .zero)
            bootedAt = time - .seconds(2)
        }
    }

    private func opening() -> RunSnapshot {
        func mark(_ moment: PaceMoment?, _ isUncertain: Bool) -> PaceMark {
            PaceMark(nextAt: moment?.at ?? .epoch, nextUptime: moment?.uptime, isUncertain: isUncertain)
        }
        var counts = StateCounts()
        counts.ready = 1_000_000
        var opening = RunSnapshot(
            counts: counts,
            instances: campaign.instances.indices.map { index in
                InstanceSnapshot(
                    pace: mark(marks[index], interrupted.contains(index)),
                    limits: InstanceLimits(campaign.instances[index]),
                    uses: uses[index].map { QuarterHourUse(quarter: $0.key, calls: $0.value) })
            },
            campaignPace: mark(campaignMark, !interrupted.isEmpty), interrupted: 0, unspooled: 0)
        opening.believedOffset = believed?.boot == uptime.boot ? believed?.offset : nil
        return opening
    }

    private func moment(_ state: inout DispatcherState, _ begun: Duration) -> RunMoment {
        state.moment(elapsed: time - begun, wall: wall)
    }

    /// One turn of the loop: the intents are written, which takes a moment, and then the calls begin.
    ///
    /// - Returns: false when the process was killed between the two.
    private mutating func turn(_ state: inout DispatcherState, _ begun: Duration, _ underWay: inout [UnderWay]) -> Bool
    {
        let turn = state.turn(at: moment(&state, begun))
        let (batch, claims) = (turn.batch, turn.batch.campaigns.flatMap(\.claims))
        if batch.isWorthWriting {
            write(batch)
            let claimed = time
            time += .milliseconds(random.below(50))
            guard random.below(60) > 0 else {
                kill(between: claims, claimed)
                return false
            }
            let now = moment(&state, begun)
            state.noteWritten(batch)
            for instance in claims {
                begin(instance, batch, now, &state, &underWay)
                counted[attempts] = Beginning(instance: instance, at: claimed)
            }
        }
        let now = moment(&state, begun)
        for instance in state.conclude(turn, at: now) { state.note(.connected, of: instance, at: now) }
        return true
    }

    /// The process was killed with intents on disk whose calls had not begun.
    private mutating func kill(between claims: [Int], _ claimed: Duration) {
        interrupted.formUnion(claims)
        for instance in claims {
            attempts += 1
            counted[attempts] = Beginning(instance: instance, at: claimed)
        }
    }

    private mutating func begin(
        _ instance: Int, _ batch: CommitBatch, _ now: RunMoment, _ state: inout DispatcherState,
        _ underWay: inout [UnderWay]
    ) {
        attempts += 1
        guard let phone = PhoneNumber(value: 5_511_900_000_000 + attempts) else { return }
        var call = ClaimedCall(
            attempt: AttemptID(contact: attempts, number: 1), phone: phone, callDuration: nil, instance: instance,
            tries: (used: 0, throttlesInARow: 0))
        call.count = LimitCount(at: batch.limitNow, isNewRecipient: true)
        state.begin(call, of: 0, rivals: nil, at: now, random: Double(random.below(1000)) / 1000)
        beginnings.append(Beginning(instance: instance, at: time))
        underWay.append(UnderWay(call: call, ends: time + .milliseconds(random.below(4000))))
    }

    private mutating func write(_ batch: CommitBatch) {
        for (index, mark) in batch.paces { marks[index] = mark }
        for own in batch.campaigns { campaignMark = own.pace ?? campaignMark }
        if let offset = batch.believedOffset { believed = (uptime.boot, offset) }
        for instance in batch.campaigns.flatMap(\.claims) {
            uses[instance][QuarterHourUse.quarter(of: batch.limitNow), default: 0] += 1
        }
        for result in batch.results {
            guard let count = result.takesBack,
                let instance = counted.removeValue(forKey: result.attempt.contact)?.instance
            else { continue }
            uses[instance][QuarterHourUse.quarter(of: count.at), default: 1] -= 1
        }
    }

    /// Time passes until something happens: a reply, a wake, or anything else.
    private mutating func pass(_ state: inout DispatcherState, _ begun: Duration, _ underWay: inout [UnderWay]) {
        guard !state.hasNews else { return }
        let events = underWay.map(\.ends) + [state.nextWake].compactMap(\.self).map { begun + $0 }
        let next = max(events.min() ?? time, time)
        time = random.below(5) == 0 ? next + .milliseconds(random.below(20_000)) : next
        if setsClocks, random.below(40) == 0 { disturb() }
        take(&underWay, &state, begun)
    }

    /// The clock is set, or the machine sleeps.
    private mutating func disturb() {
        switch random.below(4) {
        case 0: wallShift += .seconds(random.below(3 * 86_400))
        case 1: wallShift -= .seconds(random.below(3 * 86_400))
        case 2: wallShift = .zero
        default: time += .seconds(random.below(8 * 3600))
        }
    }

    private mutating func take(_ underWay: inout [UnderWay], _ state: inout DispatcherState, _ begun: Duration) {
        let ended = underWay.filter { $0.ends <= time }
        underWay.removeAll { $0.ends <= time }
        for one in ended {
            let verdicts: [Verdict] = [
                .accepted(CallReceipt(zaapId: "Z", messageId: nil)),
                .accepted(CallReceipt(zaapId: "Z", messageId: nil)),
                .refused, .notSent, .throttled(retryAfter: .seconds(random.below(20))),
                .inDoubt(.gatewayError), .inDoubt(.noReply),
            ]
            let reply = CallReply(verdict: verdicts[random.below(verdicts.count)])
            let times = CallTimes(startedAt: wall, endedAt: wall, latency: .milliseconds(5))
            let outcome = CallOutcome(reply: reply, times: times, random: Double(random.below(1000)) / 1000)
            _ = state.end(one.call, of: 0, outcome, at: moment(&state, begun))
        }
    }
}
