import CampaignCore

/// When an instance may begin a call, and how many workers it claims.
extension InstanceState {
    /// Whether its health allows another call in addition to those under way. An instance on trial, because an earlier
    /// run stopped using it after several refusals in a row, has one call at a time.
    var mayTakeAnotherCall: Bool { isUsable && (inFlight == 0 || !refusals.isOnTrial) }

    /// A call has begun.
    ///
    /// - Parameter countedAt: the time for which the limits count it.
    mutating func begin(ringing: Duration, at now: Duration, countedAt: Timestamp, random: Double) {
        let gap = limits.gap(ringing: ringing, random: random)
        gate.pass(at: now, gap: gap)
        backlog.note(at: now, ringing: ringing, gap: gap)
        allowance.note(at: countedAt)
        lastBegan = now
        inFlight += 1
    }

    // MARK: Workers

    /// The workers of a campaign that it holds, and those that it may need before a call that begins now has ended at the
    /// latest, if no other campaign used it.
    ///
    /// - Parameters:
    ///   - inFlight: the campaign's calls under way on it.
    ///   - timeout: how long a call can take.
    ///   - gap: the minimum time from one of its calls to the next.
    ///   - opensAt: when the campaign may call through it, apart from its health.
    mutating func workerClaim(
        holding inFlight: Int, within timeout: Duration, gap: Duration, opensAt: Duration, at moment: RunMoment
    ) -> WorkerShares.Claim {
        guard let opens = mayDial(from: opensAt).map({ max($0, moment.elapsed) }), opens <= moment.elapsed + timeout
        else {
            return WorkerShares.Claim(inFlight: inFlight, needs: 0, wants: 0)
        }
        guard !refusals.isOnTrial else {
            return WorkerShares.Claim(inFlight: inFlight, needs: 1, wants: max(1, inFlight))
        }
        let left = callsLeft(at: moment) ?? .max
        let coming = min(Self.calls(in: moment.elapsed + timeout - opens, gap: gap), left)
        // One more call begins for each gap within the time of the slowest reply. For an instance that has never
        // replied, only the timeout is known.
        let needs = Self.calls(in: min(slowestReply ?? timeout, timeout), gap: gap)
        // Its replies may become slower: there is a worker for one more call.
        let wants = min(max(needs, inFlight + 1), inFlight + coming)
        return WorkerShares.Claim(inFlight: inFlight, needs: min(needs, wants), wants: wants)
    }

    /// The earliest time at which it may begin a call that may begin at `opensAt`, as far as that is known; nil means
    /// never.
    private func mayDial(from opensAt: Duration) -> Duration? {
        switch condition {
        // If its health is not known yet, it will be in a moment.
        case .connected, .unknown: opensAt
        case .disconnected, .unreachable, .neverReached, .quarantined: max(opensAt, nextHealthCheck ?? .zero)
        case .misconfigured: nil
        }
    }

    /// How many calls can begin within a span, the first one at its start.
    private static func calls(in span: Duration, gap: Duration) -> Int {
        // More than there are workers amounts to no limit.
        let limit = 1_000_000
        return gap > .zero ? 1 + Int(min(span / gap, Double(limit))) : limit
    }
}
