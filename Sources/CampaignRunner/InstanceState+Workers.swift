import CampaignCore

extension InstanceState {
    /// What it holds of the workers, and may come to need before a call that begins now has ended at the latest.
    ///
    /// - Parameters:
    ///   - timeout: how long a call can take.
    ///   - gap: the least time from one of its calls to the next.
    mutating func workerClaim(within timeout: Duration, gap: Duration, at moment: RunMoment) -> WorkerShares.Claim {
        guard let opens = mayDialFrom.map({ max($0, moment.elapsed) }), opens <= moment.elapsed + timeout else {
            return WorkerShares.Claim(inFlight: inFlight, needs: 0, wants: 0)
        }
        guard !isOnTrial else { return WorkerShares.Claim(inFlight: inFlight, needs: 1, wants: max(1, inFlight)) }
        let left = allowance.left(at: moment.limit) ?? .max
        let coming = min(Self.calls(in: moment.elapsed + timeout - opens, gap: gap), left)
        // One more begins for each gap that the slowest reply takes. Of an instance that has never replied nothing is
        // known but the timeout.
        let needs = Self.calls(in: min(slowReply ?? timeout, timeout), gap: gap)
        // Its replies may be slower than before: there is a worker for one more.
        let wants = min(max(needs, inFlight + 1), inFlight + coming)
        return WorkerShares.Claim(inFlight: inFlight, needs: min(needs, wants), wants: wants)
    }

    /// When it may begin a call at the earliest, as far as can be known; nil is never.
    private var mayDialFrom: Duration? {
        switch condition {
        // One that has not said yet how it is will do so in a moment.
        case .connected, .unknown: opensAt
        case .disconnected, .unreachable, .neverReached, .quarantined: max(opensAt, nextProbe ?? .zero)
        case .stopped: nil
        }
    }

    /// How many calls can begin in a span whose first moment is open.
    private static func calls(in span: Duration, gap: Duration) -> Int {
        // More than there are workers is as good as without end.
        let most = 1_000_000
        return gap > .zero ? 1 + Int(min(span / gap, Double(most))) : most
    }
}
