/// How a campaign stands when a run of it begins.
package struct RunSnapshot: Sendable {
    /// How many contacts are in each state.
    package var counts: StateCounts
    /// How each instance of the run stands, in the order of the run's list.
    package var instances: [InstanceSnapshot]
    /// Where the pace of the whole campaign stands.
    package var campaignPace: PaceMark
    /// What was believed of the wall clock since the machine started, as ``LimitClock/offset``; nil is nothing yet.
    package var believedOffset: Int64?
    /// Attempts of an earlier run that had no result and are now in doubt or put back.
    package var interrupted: Int
    /// Results that an earlier run had spooled and that are now in the database.
    package var unspooled: Int

    /// An opening with all its figures.
    package init(
        counts: StateCounts,
        instances: [InstanceSnapshot],
        campaignPace: PaceMark,
        interrupted: Int,
        unspooled: Int
    ) {
        self.counts = counts
        self.instances = instances
        self.campaignPace = campaignPace
        self.interrupted = interrupted
        self.unspooled = unspooled
    }
}

/// How an instance stands when a run begins.
package struct InstanceSnapshot: Hashable, Sendable {
    /// Where its pace stands.
    package var pace: PaceMark
    /// What it may do: the limits of all campaigns that share it.
    package var limits: InstanceLimits
    /// Every quarter of an hour in which it was used, for whichever campaign.
    package var uses: [QuarterUse]
    /// Why it was not in use when a run last looked; nil when it was, or there never was a run.
    package var trouble: String?

    /// An instance's standing.
    package init(pace: PaceMark, limits: InstanceLimits, uses: [QuarterUse] = []) {
        self.pace = pace
        self.limits = limits
        self.uses = uses
    }
}

/// Where a pace stood when it was last written down.
package struct PaceMark: Hashable, Sendable {
    /// The next call may not start before this, by the wall clock; the epoch when there never was a call.
    package var nextAt: Timestamp
    /// The same moment in the life of the machine in which the mark was written; nil when that was none of ours.
    package var nextUptime: Uptime?
    /// Whether a call may have started later than the mark allows for, because a run was interrupted: then a whole gap
    /// is waited from now.
    package var isUncertain: Bool

    /// A mark.
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
    /// In the same life of the machine that is known to the millisecond, whatever was done to its clock. After a restart
    /// of the machine it is not, and a whole gap is waited.
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
