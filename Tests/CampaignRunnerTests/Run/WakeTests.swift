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
    private var state: RunState
    private var calls: [ClaimedCall] = []

    init(_ obstacle: Obstacle) {
        self.obstacle = obstacle
        let campaign = Self.campaign(obstacle)
        var counts = StateCounts()
        counts.ready = 100
        let open = PaceMark(nextAt: .epoch)
        let opening = RunSnapshot(
            counts: counts,
            instances: campaign.instances.map {
                var opening = InstanceSnapshot(pace: open, limits: InstanceLimits($0))
                if obstacle == .trial { opening.trouble = Self.keptRefusals }
                return opening
            },
            campaignPace: open, interrupted: 0, unspooled: 0)
        state = RunState(
            campaign, RunOptions(canary: obstacle == .canary ? 2 : nil), snapshot: opening,
            calendar: WindowCalendar(window: campaign.window) { _ in 0 },
            start: RunStart(campaign: campaign, now: Self.start, uptime: Uptime(boot: "boot", duration: .seconds(3600)))
        )
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

    /// The time that a timer would be set for.
    var wake: Duration? {
        mutating get {
            let moment = moment
            return state.isStopping ? nil : state.nextWake(after: moment)
        }
    }

    /// One turn: checks, writes and begins, and lets the obstacle come up.
    mutating func turn() {
        let moment = moment
        for instance in state.dueHealthChecks(at: moment) where obstacle != .shutWindow {
            // Of two that share the workers the health of one is not known, and its part is reserved for it.
            if obstacle == .shares, instance == 1 { continue }
            state.dispatcher.instances[instance].note(.connected, at: moment)
        }
        if obstacle == .noneReady { state.noteRemaining(.empty, at: moment) }
        if obstacle == .notDueYet { state.noteRemaining(.dueAt(Self.start.advanced(by: .seconds(60))), at: moment) }
        let batch = state.batch(at: moment)
        state.noteWritten(batch)
        for instance in batch.claims { begin(instance, at: moment) }
        switch obstacle {
        case .misconfigured: endCalls(.misconfigured)
        case .disconnected: endCalls(.disconnected)
        case .quarantined: endCalls(.inDoubt(.gatewayError))
        case .throttled: endCalls(.throttled(retryAfter: .seconds(60)))
        case .drained: state.stop = .drain
        case .canary, .workers, .shares, .noneReady, .notDueYet, .dailyCap, .pace, .shutWindow, .expired, .trial:
            break
        }
    }

    private mutating func begin(_ instance: Int, at moment: RunMoment) {
        begun += 1
        guard let phone = PhoneNumber(value: 5_511_900_000_000 + Int64(begun)) else { return }
        let call = ClaimedCall(
            attempt: AttemptID(contact: Int64(begun), number: 1), phone: phone, callDuration: nil, instance: instance,
            tries: (used: 0, throttlesInARow: 0))
        state.begin(call, at: moment, random: 0.5)
        calls.append(call)
    }

    /// All calls under way end with the same verdict.
    mutating func endCalls(_ verdict: Verdict) {
        let moment = moment
        let times = CallTimes(startedAt: moment.wall, endedAt: moment.wall, latency: .zero)
        for call in calls { _ = state.end(call, CallReply(verdict: verdict), times, at: moment, random: 0.5) }
        calls = []
    }
}
