/// Where a pace stood when it was last written down.
package struct PaceMark: Hashable, Sendable {
    /// The next call may not start before this, by the wall clock; the epoch when there never was a call.
    package var nextAt: Timestamp
    /// The same moment in the life of the machine in which the mark was written; nil when that was none of ours.
    package var nextUptime: Uptime?
    /// Whether a call may have started later than the mark allows for, because a run was interrupted: then a whole gap
    /// is waited from now.
    package var isUncertain: Bool

    package init(nextAt: Timestamp, nextUptime: Uptime? = nil, isUncertain: Bool = false) {
        self.nextAt = nextAt
        self.nextUptime = nextUptime
        self.isUncertain = isUncertain
    }

    /// The longest that a mark of an earlier life of the machine holds a run back; one further off comes from a clock
    /// that was set.
    private static let longestGuess = Duration.seconds(3600)

    /// How long the next call has to wait.
    ///
    /// In the same life of the machine that is known to the millisecond, whatever was done to its clock. After a
    /// restart of the machine it is not, and a whole gap is waited.
    ///
    /// - Parameters:
    ///   - now: the present moment.
    ///   - uptime: the same moment in the life of the machine.
    ///   - gap: the longest gap that the pace may ask for.
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

/// When each pace lets its next call pass; only those that moved since the last batch.
package struct PaceLedger: Hashable, Sendable {
    /// A moment on both clocks.
    package struct Moment: Hashable, Sendable {
        /// By the wall clock.
        package var at: Timestamp
        /// In the life of the machine.
        package var uptime: Uptime

        package init(at: Timestamp, uptime: Uptime) {
            self.at = at
            self.uptime = uptime
        }
    }

    /// The moment for each instance that moved, by its place in the run's list.
    package var instances: [Int: Moment]
    /// The moment for the campaign's own pace; nil when it has none or did not move.
    package var campaign: Moment?

    /// Nothing moved.
    package init() {
        instances = [:]
    }
}
