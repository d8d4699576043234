/// The state of a pace when it was last recorded.
package struct PaceMark: Hashable, Sendable {
    /// The earliest start of the next call, by the wall clock; the epoch when there has been no call.
    package var nextAt: Timestamp
    /// The same time as uptime since the boot in which the mark was written; nil when that is not known.
    package var nextUptime: Uptime?
    /// Whether a call may have started later than the mark allows for, because a run was interrupted: the next one then
    /// waits for a full gap from now.
    package var isUncertain: Bool

    package init(nextAt: Timestamp, nextUptime: Uptime? = nil, isUncertain: Bool = false) {
        self.nextAt = nextAt
        self.nextUptime = nextUptime
        self.isUncertain = isUncertain
    }

    /// How long a mark from before the last boot can hold a run back; a time further away comes from a clock that was
    /// set.
    private static let longestGuess = Duration.seconds(3600)

    /// How long the next call has to wait.
    ///
    /// Within the same boot that is known to the millisecond, even if the clock was set. After a reboot it is not, and
    /// the wait is a full gap.
    ///
    /// - Parameters:
    ///   - now: the current time.
    ///   - uptime: the machine's uptime at that time.
    ///   - gap: the longest gap of the pace.
    package func wait(now: Timestamp, uptime: Uptime, gap: Duration) -> Duration {
        guard nextAt > .epoch || isUncertain else { return .zero }
        let isKnown = nextUptime?.boot == uptime.boot
        let wait =
            if let nextUptime, isKnown {
                max(nextUptime.duration - uptime.duration, .zero)
            } else {
                min(max(now.duration(to: nextAt), .zero), Self.longestGuess)
            }
        return isKnown && !isUncertain ? wait : max(wait, gap)
    }
}

/// When a pace lets its next call pass, on both clocks.
package struct PaceMoment: Hashable, Sendable {
    /// By the wall clock.
    package var at: Timestamp
    /// By the machine's uptime.
    package var uptime: Uptime

    package init(at: Timestamp, uptime: Uptime) {
        self.at = at
        self.uptime = uptime
    }
}
