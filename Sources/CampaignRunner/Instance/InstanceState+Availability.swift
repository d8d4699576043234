import CampaignCore

/// When an instance may begin a call, and how many workers it claims.
extension InstanceState {
    /// When its pace and its phone let a call begin.
    var opensAt: Duration { max(gate.opensAt, fullBacklog?.recheckAt ?? .zero) }

    /// Whether another call may begin on it beside those under way, as far as its health goes. On trial, since an earlier
    /// run stopped using it after a row of refusals, it has one call at a time.
    var mayTakeAnotherCall: Bool { isUsable && (inFlight == 0 || !refusals.isOnTrial) }

    /// A call began.
    ///
    /// - Parameter countedAt: when it counts for the limits.
    mutating func begin(ringing: Duration, at now: Duration, countedAt: Timestamp, random: Double) {
        let gap = limits.gap(ringing: ringing, random: random)
        gate.pass(at: now, gap: gap)
        backlog.note(at: now, ringing: ringing, gap: gap)
        allowance.note(at: countedAt)
        inFlight += 1
    }

    // MARK: Backlog

    /// The calls that Z-API has taken ring until the window shuts. Looked at again after a minute: the wall clock can be
    /// set.
    mutating func noteFullBacklog(until reopens: Timestamp, at moment: RunMoment) {
        fullBacklog = (reopens, min(moment.elapsed(atWall: reopens), moment.elapsed + .seconds(60)))
    }

    /// When the window opens again, where its phone rings until it shuts; nil while there is room for a call.
    func reopening(at moment: RunMoment) -> Timestamp? {
        fullBacklog.flatMap { moment.elapsed < $0.recheckAt ? $0.reopens : nil }
    }

    // MARK: Workers

    /// The workers that it holds, and may come to need before a call that begins now has ended at the latest.
    ///
    /// - Parameters:
    ///   - timeout: how long a call can take.
    ///   - gap: the least time from one of its calls to the next.
    mutating func workerClaim(within timeout: Duration, gap: Duration, at moment: RunMoment) -> WorkerShares.Claim {
        guard let opens = mayDialFrom.map({ max($0, moment.elapsed) }), opens <= moment.elapsed + timeout else {
            return WorkerShares.Claim(inFlight: inFlight, needs: 0, wants: 0)
        }
        guard !refusals.isOnTrial else {
            return WorkerShares.Claim(inFlight: inFlight, needs: 1, wants: max(1, inFlight))
        }
        let left = allowance.left(at: moment.limit) ?? .max
        let coming = min(Self.calls(in: moment.elapsed + timeout - opens, gap: gap), left)
        // One more begins for each gap that the slowest reply takes. Of an instance that has never replied nothing is
        // known but the timeout.
        let needs = Self.calls(in: min(slowestReply ?? timeout, timeout), gap: gap)
        // Its replies may be slower than before: there is a worker for one more.
        let wants = min(max(needs, inFlight + 1), inFlight + coming)
        return WorkerShares.Claim(inFlight: inFlight, needs: min(needs, wants), wants: wants)
    }

    /// When it may begin a call at the earliest, as far as that is known; nil is never.
    private var mayDialFrom: Duration? {
        switch condition {
        // One whose health is not known yet will answer in a moment.
        case .connected, .unknown: opensAt
        case .disconnected, .unreachable, .neverReached, .quarantined: max(opensAt, nextHealthCheck ?? .zero)
        case .misconfigured: nil
        }
    }

    /// How many calls can begin in a span, the first one at its start.
    private static func calls(in span: Duration, gap: Duration) -> Int {
        // More than there are workers is as good as no limit.
        let limit = 1_000_000
        return gap > .zero ? 1 + Int(min(span / gap, Double(limit))) : limit
    }
}
