/// Until when the one phone of an instance rings with the calls that Z-API has taken for it.
///
/// Z-API takes calls as fast as they come and rings one after the other, each for its ring and 1 to 3 s (zapi.md,
/// send-call). Of a pace that is faster it keeps the rest, and would ring on when the window has shut.
package struct PhoneBacklog: Hashable, Sendable {
    /// When the phone is free, counted from the start of the run.
    private(set) var endsAt: Duration
    private let limits: InstanceLimits

    /// The backlog of an instance at the start of a run.
    ///
    /// - Parameters:
    ///   - instance: how much it was used lately, to the quarter of an hour.
    ///   - ringing: how long a call rings.
    ///   - now: the present moment, on the time line that calls are counted on.
    package init(of instance: InstanceSnapshot, ringing: Duration, now: Timestamp) {
        limits = instance.limits
        endsAt = .zero
        guard limits.isOfAPhone else { return }
        let occupancy = InstanceLimits.occupancy(ringing: ringing)
        var free = Timestamp.epoch
        for use in instance.uses where use.beginning <= now {
            free = max(free, use.beginning).advanced(by: occupancy * use.calls)
        }
        endsAt = max(now.duration(to: free), .zero)
    }

    /// How long it rings yet before another call could.
    package func wait(at now: Duration) -> Duration { max(endsAt - now, .zero) }

    /// A call was given to Z-API.
    ///
    /// - Parameter gap: the time that is kept before the next one.
    package mutating func note(at now: Duration, ringing: Duration, gap: Duration) {
        guard limits.isOfAPhone else { return }
        let mean = InstanceLimits.occupancy(ringing: ringing)
        // A gap drawn the way Z-API draws its own leaves no backlog.
        endsAt = max(endsAt, now) + (limits.paces.contains(.afterRinging) ? min(mean, gap) : mean)
    }

    /// A call certainly was not placed.
    package mutating func takeBack(ringing: Duration) {
        guard limits.isOfAPhone else { return }
        endsAt = max(endsAt - InstanceLimits.occupancy(ringing: ringing), .zero)
    }
}

extension InstanceLimits {
    /// How long a call occupies its phone on average: the ring, and the 1 to 3 s that Z-API leaves between calls.
    package static func occupancy(ringing: Duration) -> Duration {
        InstancePace.afterRinging.gap(ringing: ringing, random: 0.5)
    }

    /// Whether it may call faster than its one phone can ring.
    package func isFasterThanPhone(ringing: Duration) -> Bool {
        isOfAPhone && meanGap(ringing: ringing) < Self.occupancy(ringing: ringing)
    }

    /// Whether there is a phone at all: only a simulator has no pace.
    var isOfAPhone: Bool { paces.contains { $0 != .open } }

    /// The time from one ring to the next on average: the pace's, or the phone's where that is longer.
    func meanSpacing(ringing: Duration) -> Duration {
        isOfAPhone ? max(meanGap(ringing: ringing), Self.occupancy(ringing: ringing)) : .zero
    }
}
