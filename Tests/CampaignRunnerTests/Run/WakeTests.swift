import CampaignCore
import Testing

@testable import CampaignRunner

/// What may keep a run from beginning a call.
private enum Hindrance: CaseIterable {
    case firstCalls, workers, shares, nobodyReady, notDueYet, stopped, disconnected, resting, throttled, dailyCap, pace
    case shutWindow, expired, drained, trial
}

@Suite struct `A run that can begin no call now` {
    @Test(arguments: Hindrance.allCases)
    fileprivate func `is not woken before something may have changed`(hindrance: Hindrance) {
        var run = HinderedRun(hindrance)
        for turn in 0..<8 {
            run.turn()
            // What may begin has begun: a wake that lies in the past would be followed by the same turn, for ever.
            let wake = run.wake
            #expect(wake.map { $0 > run.elapsed } ?? true, "turn \(turn): woken for \(String(describing: wake))")
            run.elapsed += .milliseconds(10)
        }
        #expect(run.begun <= run.most)
    }

    @Test func `goes on at once when the first calls have ended well`() {
        var run = HinderedRun(.firstCalls)
        run.turn()
        #expect(run.begun == 2)
        run.endCalls(.accepted(CallReceipt(zaapId: "Z", messageId: nil)))
        run.turn()
        #expect(run.begun == 2 + HinderedRun.workers)
    }
}

/// A run that is turned by hand, without a database. Only the decisions are the real ones.
private struct HinderedRun {
    static let workers = 8
    private static let start = Timestamp(milliseconds: 1_800_000_000_000)

    var elapsed = Duration.zero
    private(set) var begun = 0
    private let hindrance: Hindrance
    private var state: RunState
    private var calls: [ClaimedCall] = []

    init(_ hindrance: Hindrance) {
        self.hindrance = hindrance
        let campaign = Self.campaign(hindrance)
        var counts = StateCounts()
        counts.ready = 100
        let open = PaceMark(nextAt: .epoch)
        let opening = RunSnapshot(
            counts: counts,
            instances: campaign.instances.map {
                var opening = InstanceSnapshot(pace: open, limits: InstanceLimits($0))
                if hindrance == .trial { opening.trouble = Self.row }
                return opening
            },
            campaignPace: open, interrupted: 0, unspooled: 0)
        state = RunState(
            campaign, RunOptions(canary: hindrance == .firstCalls ? 2 : nil), snapshot: opening,
            calendar: WindowCalendar(window: campaign.window) { _ in 0 },
            start: RunStart(campaign: campaign, now: Self.start, uptime: Uptime(boot: "boot", duration: .seconds(3600)))
        )
    }

    /// What a run has kept that was stopped by refusals.
    private static var row: String? {
        var refusals = RefusalRow()
        for contact in 0..<Int64(RefusalRow.maxAlike) {
            _ = refusals.judge(CallReply(verdict: .refused, error: "Oops", subject: .unknown), of: contact)
        }
        return refusals.reason
    }

    private static func campaign(_ hindrance: Hindrance) -> Campaign {
        var campaign = Campaign(
            name: "test",
            instances: (0..<(hindrance == .shares ? 2 : 1)).map { index in
                var instance = Instance(name: "i\(index)", id: "I\(index)", token: Secret("T"))
                instance.pace = hindrance == .pace ? .every(Pace(calls: 1, per: .seconds(60))) : .open
                instance.dailyCap = hindrance == .dailyCap ? 2 : nil
                return instance
            })
        campaign.workers = workers
        campaign.expires = hindrance == .expired ? start : nil
        if hindrance == .shutWindow {
            campaign.window = CallingWindow(
                timeZone: "UTC", days: [.fri], fromMinute: 9 * 60, toMinute: 18 * 60, holidays: [])
        }
        return campaign
    }

    /// The most calls that can have begun.
    var most: Int {
        switch hindrance {
        case .firstCalls, .dailyCap: 2
        case .pace, .trial: 1
        case .shutWindow, .expired, .nobodyReady, .notDueYet: 0
        case .workers, .shares, .stopped, .disconnected, .resting, .throttled, .drained: Self.workers
        }
    }

    private var moment: RunMoment {
        mutating get { state.moment(elapsed: elapsed, wall: Self.start.advanced(by: elapsed)) }
    }

    /// The moment that a task would wait for.
    var wake: Duration? {
        mutating get {
            let moment = moment
            return state.isStopping ? nil : state.nextWake(after: moment)
        }
    }

    /// Writes, begins, asks, and lets happen what hinders.
    mutating func turn() {
        let moment = moment
        for instance in state.dueHealthChecks(at: moment) where hindrance != .shutWindow {
            // Of two that share the workers one has not said how it is, and its part is kept for it.
            if hindrance == .shares, instance == 1 { continue }
            state.dispatcher.instances[instance].note(.connected, at: moment)
        }
        if hindrance == .nobodyReady { state.noteRemaining(.empty, at: moment) }
        if hindrance == .notDueYet { state.noteRemaining(.dueAt(Self.start.advanced(by: .seconds(60))), at: moment) }
        let batch = state.batch(at: moment)
        state.noteWritten(batch)
        for instance in batch.claims { begin(instance, at: moment) }
        switch hindrance {
        case .stopped: endCalls(.misconfigured)
        case .disconnected: endCalls(.disconnected)
        case .resting: endCalls(.inDoubt(.gatewayError))
        case .throttled: endCalls(.throttled(retryAfter: .seconds(60)))
        case .drained: state.stop = .drain
        case .firstCalls, .workers, .shares, .nobodyReady, .notDueYet, .dailyCap, .pace, .shutWindow, .expired, .trial:
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

    /// All calls under way end alike.
    mutating func endCalls(_ verdict: Verdict) {
        let moment = moment
        let times = CallTimes(startedAt: moment.wall, endedAt: moment.wall, latency: .zero)
        for call in calls { _ = state.end(call, CallReply(verdict: verdict), times, at: moment, random: 0.5) }
        calls = []
    }
}
