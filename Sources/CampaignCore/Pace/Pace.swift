/// A rate of calls: `pace: {calls: 6, per: 1m}`.
package struct Pace: Hashable, Sendable {
    /// Calls per period, 1…1 000 000.
    package var calls: Int
    /// The period over which the calls are spread evenly, 1 ms…24 h.
    package var per: Duration

    package init(calls: Int, per: Duration) {
        self.calls = calls
        self.per = per
    }

    /// The minimum time from the start of one call to the start of the next, rounded up to a nanosecond.
    package var gap: Duration {
        let (quotient, remainder) = per.attoseconds.quotientAndRemainder(
            dividingBy: Int128(max(calls, 1)) * 1_000_000_000)
        return .nanoseconds(Int64(clamping: remainder > 0 ? quotient + 1 : quotient))
    }
}

/// How an instance spaces its calls.
package enum InstancePace: Hashable, Sendable {
    /// The time that the call rings plus a random 1 to 3 s: the spacing in Z-API's own queue (Z-API, send-call, 2026).
    case afterRinging
    /// A stated pace.
    case every(Pace)
    /// No spacing at all; only for an instance on this machine, such as the simulator in a benchmark.
    case open

    /// The minimum time from the start of a call to the start of the same instance's next one.
    ///
    /// - Parameters:
    ///   - ringing: how long the call rings.
    ///   - random: a number in 0..<1.
    package func gap(ringing: Duration, random: Double) -> Duration {
        switch self {
        case .afterRinging: ringing + .seconds(1 + 2 * random)
        case .every(let pace): pace.gap
        case .open: .zero
        }
    }
}

/// Keeps calls apart: GCRA with a burst of one, so the time of the last passage plus the gap.
///
/// A passage moves the gate from the moment at which it *happened*, not from the moment at which it was allowed: unused
/// time is lost, a pause is never made up for, and no window of any length contains more calls than its share. Times
/// are counted from the start of the run, on a monotonic clock.
package struct PaceGate: Hashable, Sendable {
    /// When the next call may pass, counted from the start of the run.
    package private(set) var opensAt: Duration

    package init(opensAt: Duration = .zero) {
        self.opensAt = opensAt
    }

    /// Whether a call may pass at `now`.
    package func isOpen(at now: Duration) -> Bool {
        opensAt <= now
    }

    /// A call passed at `now`: closes the gate for `gap`.
    package mutating func pass(at now: Duration, gap: Duration) {
        opensAt = max(opensAt, now + gap)
    }

    /// Keeps the gate closed until `moment`, for a reason other than pace.
    package mutating func holdUntil(_ moment: Duration) {
        opensAt = max(opensAt, moment)
    }
}
