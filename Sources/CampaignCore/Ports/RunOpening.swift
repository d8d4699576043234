/// How a campaign stands when a run of it begins.
public struct RunOpening: Sendable {
    /// How many contacts are in each state.
    public var counts: StateCounts
    /// How each instance of the run stands, in the order of the run's list.
    public var instances: [InstanceOpening]
    /// Where the pace of the whole campaign stands.
    public var campaignPace: PaceMark
    /// What was believed of the wall clock since the machine started, as ``LimitClock/offset``; nil is nothing yet.
    public var believedOffset: Int64?
    /// Attempts of an earlier run that had no result and are now in doubt or put back.
    public var interrupted: Int
    /// Results that an earlier run had spooled and that are now in the database.
    public var unspooled: Int

    /// An opening with all its figures.
    public init(
        counts: StateCounts,
        instances: [InstanceOpening],
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
public struct InstanceOpening: Hashable, Sendable {
    /// Where its pace stands.
    public var pace: PaceMark
    /// What it may do: the limits of all campaigns that share it.
    public var limits: InstanceLimits
    /// Every quarter of an hour in which it was used, for whichever campaign.
    public var uses: [QuarterUse]
    /// Why it was not in use when a run last looked; nil when it was, or there never was a run.
    public var trouble: String?

    /// An instance's standing.
    public init(pace: PaceMark, limits: InstanceLimits, uses: [QuarterUse] = []) {
        self.pace = pace
        self.limits = limits
        self.uses = uses
    }
}

/// Where a pace stood when it was last written down.
public struct PaceMark: Hashable, Sendable {
    /// The next call may not start before this, by the wall clock; the epoch when there never was a call.
    public var nextAt: Timestamp
    /// The same moment in the life of the machine in which the mark was written; nil when that was none of ours.
    public var nextUptime: Uptime?
    /// Whether a call may have started later than the mark allows for, because a run was interrupted: then a whole gap
    /// is waited from now.
    public var isUncertain: Bool

    /// A mark.
    public init(nextAt: Timestamp, nextUptime: Uptime? = nil, isUncertain: Bool = false) {
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
    public func wait(now: Timestamp, uptime: Uptime, gap: Duration) -> Duration {
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
