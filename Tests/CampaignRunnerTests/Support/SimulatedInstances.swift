import CampaignCore

@testable import CampaignRunner

/// A run with instances that answer in their own time, simulated without waiting and without a database. Only the
/// decisions are the real ones.
struct SimulatedInstances {
    /// How an instance behaves.
    struct Behavior {
        var gap: Duration
        /// How long its replies take.
        var latency: Duration
        /// When it first answers a health check.
        var answersCheckAt = Duration.zero
        /// From when on its calls are never answered.
        var stallsAt: Duration?
    }

    private struct UnderWay {
        var call: ClaimedCall
        var begun: Duration
        var ends: Duration
        var verdict: Verdict
    }

    /// When calls began, by instance.
    private(set) var beginnings: [[Duration]]
    private let behaviors: [Behavior]
    private let campaign: Campaign
    private var state: DispatcherState
    private var time = Duration.zero
    private var underWay: [UnderWay] = []
    private var answers: [(instance: Int, at: Duration)] = []
    private var attempts: Int64 = 0

    private static let start = Timestamp(milliseconds: 1_800_000_000_000)

    init(_ behaviors: [Behavior], workers: Int) {
        self.behaviors = behaviors
        beginnings = behaviors.map { _ in [] }
        var campaign = Campaign(
            name: "test",
            instances: behaviors.enumerated().map { index, behavior in
                var instance = Instance(name: "i\(index)", id: "I\(index)", token: Secret("T"))
                instance.pace = .every(Pace(calls: 1, per: behavior.gap))
                return instance
            })
        campaign.workers = workers
        self.campaign = campaign
        state = .dialing(campaign, .unused(campaign, ready: 1_000_000), wall: Self.start)
    }

    /// Simulates until nothing would happen any more, or until `end`.
    mutating func play(until end: Duration) {
        while time < end {
            let moment = state.moment(elapsed: time, wall: Self.start.advanced(by: time))
            takeReplies(at: moment)
            let turn = state.turn(at: moment)
            state.noteWritten(turn.batch)
            for instance in turn.batch.campaigns.flatMap(\.claims) { begin(instance, at: moment) }
            for instance in state.conclude(turn, at: moment) {
                answers.append((instance, max(behaviors[instance].answersCheckAt, time)))
            }
            guard !state.hasNews else { continue }
            let wake = state.nextWake
            guard let next = (underWay.map(\.ends) + answers.map(\.at) + [wake].compactMap(\.self)).min() else {
                return
            }
            time = max(next, time)
        }
    }

    private mutating func takeReplies(at moment: RunMoment) {
        for answer in answers where answer.at <= time {
            state.note(.connected, of: answer.instance, at: moment)
        }
        answers.removeAll { $0.at <= time }
        for ended in underWay where ended.ends <= time {
            let times = CallTimes(
                startedAt: Self.start.advanced(by: ended.begun), endedAt: moment.wall, latency: time - ended.begun)
            let outcome = CallOutcome(reply: CallReply(verdict: ended.verdict), times: times, random: 0.5)
            _ = state.end(ended.call, of: 0, outcome, at: moment)
        }
        underWay.removeAll { $0.ends <= time }
    }

    private mutating func begin(_ instance: Int, at moment: RunMoment) {
        attempts += 1
        guard let phone = PhoneNumber(value: 5_511_900_000_000 + attempts) else { return }
        let call = ClaimedCall(
            attempt: AttemptID(contact: attempts, number: 1), phone: phone, callDuration: nil, instance: instance,
            tries: (used: 0, throttlesInARow: 0))
        state.begin(call, of: 0, rivals: nil, at: moment, random: 0.5)
        beginnings[instance].append(time)
        let behavior = behaviors[instance]
        let stalls = behavior.stallsAt.map { $0 <= time } ?? false
        underWay.append(
            UnderWay(
                call: call, begun: time, ends: time + (stalls ? campaign.timeout : behavior.latency),
                verdict: stalls ? .inDoubt(.noReply) : .accepted(CallReceipt(zaapId: "Z", messageId: nil))))
    }
}
