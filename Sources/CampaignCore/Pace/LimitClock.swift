/// The time line that daily limits are counted on: the wall clock, except that setting it does not start a new day.
///
/// A wall clock can be set; the time since the machine started cannot. A wall clock that has jumped away from it,
/// forward or back, is not believed until a whole day has really passed since then: what was placed before is a day old
/// by then.
package struct LimitClock: Hashable, Sendable {
    /// Smaller jumps are what a time service corrects.
    private static let tolerance: Int64 = 2000
    private static let day = Duration.seconds(86_400)

    /// Milliseconds that the believed wall clock is ahead of the time since the machine started.
    package private(set) var offset: Int64
    /// Since when, in time since the machine started, the wall clock has shown something else.
    private var doubtedSince: Duration?

    /// A clock that trusts the wall clock as it is, or continues from what was trusted earlier since the machine
    /// started.
    package init(wall: Timestamp, uptime: Duration, believedOffset: Int64? = nil) {
        offset = believedOffset ?? Self.offset(wall, uptime)
    }

    /// The present moment of the time line.
    ///
    /// - Parameters:
    ///   - wall: what the wall clock says.
    ///   - uptime: the time since the machine started, with the time that it slept.
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
    /// This duration in whole milliseconds, a part of one left away.
    var milliseconds: Int64 {
        let parts = components
        return parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
    }
}

/// A moment that no clock setting touches: how long the machine has been up, in which of its lives.
package struct Uptime: Hashable, Sendable {
    /// A word that is another one each time the machine starts, such as Linux's `boot_id`.
    package var boot: String
    /// The time since it started, with the time that it slept.
    package var duration: Duration

    package init(boot: String, duration: Duration) {
        self.boot = boot
        self.duration = duration
    }

    /// The moment that lies `duration` later.
    package func advanced(by duration: Duration) -> Uptime {
        Uptime(boot: boot, duration: self.duration + duration)
    }
}

extension LimitClock {
    /// A moment on the time line of the limits, for readers outside a run.
    ///
    /// - Parameter believedOffset: what a run has written down of the clock in this life of the machine.
    package static func moment(wall: Timestamp, uptime: Uptime, believedOffset: Int64?) -> Timestamp {
        var clock = LimitClock(wall: wall, uptime: uptime.duration, believedOffset: believedOffset)
        return clock.moment(wall: wall, uptime: uptime.duration)
    }
}
