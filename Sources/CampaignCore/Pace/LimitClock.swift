/// The clock that daily limits use: the wall clock, except that setting it does not start a new day.
///
/// A wall clock can be set; the machine's uptime cannot. When the wall clock has jumped away from the uptime, forward
/// or back, it is not trusted until a whole day has really passed: by then, what was placed before the jump is a day
/// old.
package struct LimitClock: Hashable, Sendable {
    /// Smaller jumps are corrections by a time service.
    private static let tolerance: Int64 = 2000
    private static let day = Duration.seconds(86_400)

    /// Milliseconds by which the trusted wall clock is ahead of the machine's uptime.
    package private(set) var offset: Int64
    /// The uptime since which the wall clock has shown a different time.
    private var doubtedSince: Duration?

    /// A clock that trusts the current wall clock, or continues from what was trusted earlier since the machine
    /// started.
    package init(wall: Timestamp, uptime: Duration, believedOffset: Int64? = nil) {
        offset = believedOffset ?? Self.offset(wall, uptime)
    }

    /// The current time on this clock.
    ///
    /// - Parameters:
    ///   - wall: the wall-clock time.
    ///   - uptime: the time since the machine started, including time asleep.
    package mutating func moment(wall: Timestamp, uptime: Duration) -> Timestamp {
        let shown = Self.offset(wall, uptime)
        let since = doubtedSince ?? uptime
        guard abs(shown - offset) <= Self.tolerance || uptime - since >= Self.day else {
            doubtedSince = since
            return Timestamp(milliseconds: uptime.milliseconds + offset)
        }
        offset = shown
        doubtedSince = nil
        return wall
    }

    private static func offset(_ wall: Timestamp, _ uptime: Duration) -> Int64 {
        wall.milliseconds - uptime.milliseconds
    }
}

extension Duration {
    /// This duration in whole milliseconds, rounded toward zero.
    var milliseconds: Int64 {
        let parts = components
        return parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
    }
}

/// A time that setting the clock does not affect: how long the machine has been up, and since which boot.
package struct Uptime: Hashable, Sendable {
    /// A word that differs after each boot, such as Linux's `boot_id`.
    package var boot: String
    /// The time since the machine started, including time asleep.
    package var duration: Duration

    package init(boot: String, duration: Duration) {
        self.boot = boot
        self.duration = duration
    }

    /// The time `duration` later.
    package func advanced(by duration: Duration) -> Uptime {
        Uptime(boot: boot, duration: self.duration + duration)
    }
}

extension LimitClock {
    /// The current time on the limits' clock, for readers outside a run.
    ///
    /// - Parameter believedOffset: the offset that a run has recorded since the machine's last boot; nil when none has
    ///   been.
    package static func moment(wall: Timestamp, uptime: Uptime, believedOffset: Int64?) -> Timestamp {
        var clock = LimitClock(wall: wall, uptime: uptime.duration, believedOffset: believedOffset)
        return clock.moment(wall: wall, uptime: uptime.duration)
    }
}
