import CampaignCore

/// What one run knows and has still to do: the board, the counts, the results that wait to be written.
struct RunState {
    var board: DispatchBoard
    var counts: StateCounts
    /// Results that are not on disk yet.
    var results: [AttemptResult] = []
    /// Results that neither the database nor the spool could take.
    var unkept: [AttemptResult] = []
    var queueFailure: QueueError?
    /// Whether somebody else changed the queue since the last transaction.
    var mustCount = false
    var stop: StopOrder?
    /// The moments that tasks wait for at present.
    private var armedWakes: [Duration] = []
    private(set) var end: RunEnd?
    private let campaign: Campaign
    private let finishedAtStart: Int
    private var brake: BrakeMeter?
    private var brakeReason: String?

    init(campaign: Campaign, opening: RunOpening, now: Timestamp) {
        self.campaign = campaign
        board = DispatchBoard(campaign, opening: opening, now: now)
        counts = opening.counts
        finishedAtStart = opening.counts.finished
        brake = campaign.brake.map(BrakeMeter.init)
        if counts.ready == 0 { board.supply = .none }
    }

    /// Whether no further call may begin.
    var isStopping: Bool { stop != nil || queueFailure != nil || brakeReason != nil }

    /// What may begin now.
    func plan(at now: Duration, wall: Timestamp) -> DispatchBoard.Plan {
        board.plan(at: now, wall: wall, isStopping: isStopping)
    }

    /// What the queue says is left in it.
    mutating func noteRest(_ rest: QueueRest, wall: Timestamp, now: Duration) {
        switch rest {
        case .empty: board.supply = .none
        case .dueAt(let due): board.supply = .dueAt(now + max(wall.duration(to: due), .zero))
        }
    }

    /// The queue was counted, in the transaction that claimed the calls that have just begun.
    mutating func noteCounts(_ counted: StateCounts) {
        counts = counted
        mustCount = false
        board.supply = counts.ready == 0 ? .none : .unknown
    }

    /// Contacts were excluded when their turn came.
    mutating func noteBlocked(_ contacts: Int) {
        for _ in 0..<contacts { counts.move(from: .ready, to: .excluded) }
        if counts.ready == 0 { board.supply = .none }
    }

    mutating func begin(_ call: ClaimedCall, at now: Duration, random: Double) {
        counts.move(from: .ready, to: .dialing)
        board.begin(call.instance, seconds: call.callDuration ?? campaign.callDuration, at: now, random: random)
        // Known without asking the queue again, so that the last call is not followed by a wait for nothing.
        if counts.ready == 0 { board.supply = .none }
    }

    /// A call ended: decides what follows and keeps the result for the next transaction.
    mutating func end(
        _ call: ClaimedCall, _ reply: CallReply, _ times: CallTimes, at now: Duration, random: Double
    ) -> AttemptResult {
        let decision = CallDecision(
            verdict: reply.verdict,
            history: CallHistory(
                triesUsed: call.triesUsed, throttlesInARow: call.throttlesInARow,
                instanceFailures: board.instances[call.instance].failuresInARow),
            policy: campaign.retry,
            retriesDoubt: campaign.inDoubt == .retry,
            random: random)
        let result = AttemptResult(call: call, reply: reply, decision: decision.contact, times: times)
        results.append(result)
        counts.move(from: .dialing, to: result.state)
        board.end(call.instance, effect: decision.instance, error: reply.error, at: now)
        // Whoever goes back to ready changes what is due next; the next transaction tells.
        if result.state == .ready { board.supply = .unknown }
        noteForBrake(result)
        return result
    }

    private mutating func noteForBrake(_ result: AttemptResult) {
        brake?.note(result.outcome)
        guard brakeReason == nil, let failures = brake?.tooManyFailures, let over = campaign.brake?.over else { return }
        brakeReason = "\(failures) of the last \(over) calls failed; the last error: \(result.error ?? "none")"
    }

    /// The moment to wait for, unless a task waits for it or an earlier one already.
    mutating func wakeToArm(after now: Duration) -> Duration? {
        guard !isStopping, let wake = board.nextWake(after: now) else { return nil }
        guard !armedWakes.contains(where: { $0 <= wake }) else { return nil }
        armedWakes.append(wake)
        return wake
    }

    /// A moment that a task waited for has come.
    mutating func noteWake(_ moment: Duration) {
        armedWakes.removeAll { $0 == moment }
    }

    /// Decides whether the run is over. Nothing ends while a call is under way or a result is unwritten.
    mutating func settleEnd() {
        guard board.inFlight == 0, results.isEmpty, !mustCount || queueFailure != nil else { return }
        if let queueFailure {
            end = .queueFailed(queueFailure, unkept: unkept)
        } else if let stop {
            end = stop == .halt ? .halted : .drained
        } else if let brakeReason {
            end = .braked(brakeReason)
        } else if board.supply == .none {
            end = .finished
        } else {
            end = board.hopelessness
        }
    }

    func progress(at now: Duration) -> RunProgress {
        RunProgress(
            counts: counts, finishedAtStart: finishedAtStart, elapsed: now,
            waitsFor: isStopping ? .replies(board.inFlight) : board.waitReason(at: now),
            troubles: board.instances.compactMap(\.trouble), isStopping: isStopping)
    }
}
