/// Until when the one phone of an instance rings with the calls that Z-API has accepted for it.
///
/// Z-API accepts calls as fast as they come and rings them one after the other, each for its ring plus 1 to 3 s
/// (Z-API, send-call, 2026). If the pace is faster than that, Z-API queues the rest, and would continue ringing after the
/// window has closed.
package struct PhoneBacklog: Hashable, Sendable {
    /// When the phone is free, counted from the start of the run.
    private(set) var endsAt: Duration
    private let limits: InstanceLimits

    /// The backlog of an instance at the start of a run.
    ///
    /// - Parameters:
    ///   - instance: its recent use, to the quarter of an hour.
    ///   - ringing: how long a call rings.
    ///   - now: the current time, on the clock by which calls are counted.
    ///   - elapsed: the same time, counted from the start of the run.
    package init(of instance: InstanceSnapshot, ringing: Duration, now: Timestamp, elapsed: Duration = .zero) {
        limits = instance.limits
        endsAt = elapsed
        guard limits.isOfAPhone else { return }
        let occupancy = InstanceLimits.occupancy(ringing: ringing)
        var free = Timestamp.epoch
        for use in instance.uses where use.beginning <= now {
            free = max(free, use.beginning).advanced(by: occupancy * use.calls)
        }
        endsAt = elapsed + max(now.duration(to: free), .zero)
    }

    /// How much longer it rings before it could ring for another call.
    package func wait(at now: Duration) -> Duration { max(endsAt - now, .zero) }

    /// Adds a call that was sent to Z-API.
    ///
    /// - Parameter gap: the time until the next call may be sent.
    package mutating func note(at now: Duration, ringing: Duration, gap: Duration) {
        guard limits.isOfAPhone else { return }
        let mean = InstanceLimits.occupancy(ringing: ringing)
        // A gap drawn as Z-API draws its own leaves no backlog.
        endsAt = max(endsAt, now) + (limits.paces.contains(.afterRinging) ? min(mean, gap) : mean)
    }

    /// Removes a call that certainly was not placed.
    package mutating func takeBack(ringing: Duration) {
        guard limits.isOfAPhone else { return }
        endsAt = max(endsAt - InstanceLimits.occupancy(ringing: ringing), .zero)
    }
}

extension InstanceLimits {
    /// How long a call occupies its phone on average: the ring, plus the 1 to 3 s that Z-API leaves between calls.
    package static func occupancy(ringing: Duration) -> Duration {
        InstancePace.afterRinging.gap(ringing: ringing, random: 0.5)
    }

    /// Whether its pace is faster than its one phone can ring.
    package func isFasterThanPhone(ringing: Duration) -> Bool {
        isOfAPhone && meanGap(ringing: ringing) < Self.occupancy(ringing: ringing)
    }

    /// Whether there is a phone at all: only a simulator's instance has no pace.
    var isOfAPhone: Bool { paces.contains { $0 != .open } }

    /// The average time from one ring to the next: the pace's, or the phone's if that is longer.
    func meanSpacing(ringing: Duration) -> Duration {
        isOfAPhone ? max(meanGap(ringing: ringing), Self.occupancy(ringing: ringing)) : .zero
    }
}
