import CampaignCore
import Testing

@testable import CampaignRunner

/// What can keep a run from beginning a call.
private enum Obstacle: CaseIterable {
    case canary, workers, shares, noneReady, notDueYet, misconfigured, disconnected, quarantined, throttled, dailyCap,
        pace
    case shutWindow, expired, drained, trial
}

@Suite struct `A run that can begin no call now` {
    @Test(arguments: Obstacle.allCases)
    fileprivate func `is not woken before something may have changed`(obstacle: Obstacle) {
        var run = ObstructedRun(obstacle)
        for turn in 0..<8 {
            run.turn()
            // What may begin has begun: a wake in the past would be followed by the same turn forever.
            let wake = run.wake
            #expect(wake.map { $0 > run.elapsed } ?? true, "turn \(turn): woken for \(String(describing: wake))")
            run.elapsed += .milliseconds(10)
        }
        #expect(run.begun <= run.maxBegun)
    }

    @Test func `continues as soon as the canary calls have ended well`() {
        var run = ObstructedRun(.canary)
        run.turn()
        #expect(run.begun == 2)
        run.endCalls(.accepted(CallReceipt(zaapId: "Z", messageId: nil)))
        run.turn()
        #expect(run.begun == 2 + ObstructedRun.workers)
    }
}

/// A run whose turns the test controls, without a database. Only the decisions are real.
private struct ObstructedRun {
    static let workers = 8
    private static let start = Timestamp(milliseconds: 1_800_000_000_000)

    var elapsed = Duration.zero
    private(set) var begun = 0
    private let obstacle: Obstacle
    private var state: DispatcherState
    private var calls: [ClaimedCall] = []

    init(_ obstacle: Obstacle) {
        self.obstacle = obstacle
        let campaign = Self.campaign(obstacle)
        var opening = RunSnapshot.unused(campaign, ready: 100)
        if obstacle == .trial {
            for place in opening.instances.indices { opening.instances[place].trouble = Self.keptRefusals }
        }
        if obstacle == .canary { opening.canary = CanaryState(calls: 2) }
        state = .dialing(campaign, opening, RunOptions(), wall: Self.start)
    }

    /// What a run that was stopped by refusals has recorded.
    private static var keptRefusals: String? {
        var refusals = RefusalStreak()
        for contact in 0..<Int64(RefusalStreak.maxAlike) {
            _ = refusals.judge(CallReply(verdict: .refused, error: "Oops", subject: .unknown), of: contact)
        }
        return refusals.reason
    }

    private static func campaign(_ obstacle: Obstacle) -> Campaign {
        var campaign = Campaign(
            name: "test",
            instances: (0..<(obstacle == .shares ? 2 : 1)).map { index in
                var instance = Instance(name: "i\(index)", id: "I\(index)", token: Secret("T"))
                instance.pace = obstacle == .pace ? .every(Pace(calls: 1, per: .seconds(60))) : .open
                instance.dailyCap = obstacle == .dailyCap ? 2 : nil
                return instance
            })
        campaign.workers = workers
        campaign.expires = obstacle == .expired ? start : nil
        if obstacle == .shutWindow {
            campaign.window = CallingWindow(
                timeZone: "UTC", days: [.fri], fromMinute: 9 * 60, toMinute: 18 * 60, holidays: [])
        }
        return campaign
    }

    /// Maximum number of calls that can have begun.
    var maxBegun: Int {
        switch obstacle {
        case .canary, .dailyCap: 2
        case .pace, .trial: 1
        case .shutWindow, .expired, .noneReady, .notDueYet: 0
        case .workers, .shares, .misconfigured, .disconnected, .quarantined, .throttled, .drained: Self.workers
        }
    }

    private var moment: RunMoment {
        mutating get { state.moment(elapsed: elapsed, wall: Self.start.advanced(by: elapsed)) }
    }

    /// The time that a timer would be set for; nil when only an event can change something.
    var wake: Duration? { state.hasNews ? elapsed : state.nextWake }

    /// One turn: checks, writes and begins, and lets the obstacle come up; and as many more as the loop would make at
    /// once, up to a number that looks like forever.
    mutating func turn() {
        playTurn()
        switch obstacle {
        case .misconfigured: endCalls(.misconfigured)
        case .disconnected: endCalls(.disconnected)
        case .quarantined: endCalls(.inDoubt(.gatewayError))
        case .throttled: endCalls(.throttled(retryAfter: .seconds(60)))
        case .drained: state.stop(0, StopRequest(mode: .drain, staysActive: false))
        case .canary, .workers, .shares, .noneReady, .notDueYet, .dailyCap, .pace, .shutWindow, .expired, .trial:
            break
        }
        for _ in 0..<4 where state.hasNews { playTurn() }
    }

    private mutating func playTurn() {
        let moment = moment
        if obstacle == .noneReady { state.campaigns[0]?.demand.remaining = .none }
        if obstacle == .notDueYet { state.campaigns[0]?.demand.remaining = .dueAt(.seconds(60)) }
        let turn = state.turn(at: moment)
        state.noteWritten(turn.batch)
        for instance in turn.batch.campaigns.flatMap(\.claims) { begin(instance, at: moment) }
        for instance in state.conclude(turn, at: moment) where obstacle != .shutWindow {
            // Of two that share the workers the health of one is not known, and its part is reserved for it.
            if obstacle == .shares, instance == 1 { continue }
            state.note(.connected, of: instance, at: moment)
        }
    }

    private mutating func begin(_ instance: Int, at moment: RunMoment) {
        begun += 1
        guard let phone = PhoneNumber(value: 5_511_900_000_000 + Int64(begun)) else { return }
        let call = ClaimedCall(
            attempt: AttemptID(contact: Int64(begun), number: 1), phone: phone, callDuration: nil, instance: instance,
            tries: (used: 0, throttlesInARow: 0))
        state.begin(call, of: 0, rivals: nil, at: moment, random: 0.5)
        calls.append(call)
    }

    /// All calls under way end with the same verdict.
    mutating func endCalls(_ verdict: Verdict) {
        let moment = moment
        let times = CallTimes(startedAt: moment.wall, endedAt: moment.wall, latency: .zero)
        let outcome = CallOutcome(reply: CallReply(verdict: verdict), times: times, random: 0.5)
        for call in calls { _ = state.end(call, of: 0, outcome, at: moment) }
        calls = []
    }
}
