import CampaignCore

/// One instance during a run: its pace, what is left of its limits today, its phone, and its health.
struct InstanceState {
    /// Whether the instance can be used.
    enum Condition: Equatable {
        /// Its health has not been checked yet.
        case unknown
        /// It is connected.
        case connected
        /// It is not connected to WhatsApp: Z-API would queue its calls and place them at any hour.
        case disconnected(String)
        /// It could be reached before, but cannot be now.
        case unreachable(String)
        /// It has not been reached since the start of the run.
        case neverReached(String)
        /// Z-API refuses it; only a person can change that.
        case misconfigured(String)
        /// It rests after too many failures in a row.
        case quarantined(String)
    }

    /// The longest possible ring.
    private static let longestRing = Duration.seconds(15)

    let name: String
    let limits: InstanceLimits
    /// The longest time for which its pace holds a call back.
    let longestGap: Duration
    /// How often its health is checked while it is connected.
    let healthInterval: Duration

    // MARK: Calls

    var inFlight = 0
    var gate: PaceGate
    var allowance: DayAllowance
    /// The calls that Z-API has accepted for its phone.
    var backlog: PhoneBacklog
    /// When the window opens again for another call, if its phone rings until the window closes, and when to check that
    /// again.
    var fullBacklog: (reopens: Timestamp, recheckAt: Duration)?
    /// The slowest of its recent replies; nil before the first.
    var slowestReply: Duration?

    // MARK: Health

    var condition = Condition.unknown
    /// Since when its condition has had its current word.
    var since: Timestamp
    var isBeingChecked = false
    var nextCheckAt = Duration.zero
    /// Consecutive checks that found it not connected; the wait before the next one grows with them.
    var failedChecksInARow = 0
    /// Whether it has ever answered a check in this run.
    var wasReached = false
    /// Consecutive calls that could not reach Z-API through it.
    var failuresInARow = 0
    /// Consecutive calls that were refused because it is not connected, while `/status` says that it is.
    var disconnectsInARow = 0
    var refusals: RefusalStreak
    var quarantine = Quarantine()
    /// When its rest ends, counted from the start of the run and by the wall clock.
    var restsUntil = Duration.zero
    var restEnds: Timestamp?
    /// Until when it is held back for longer than its pace requires, by the wall clock; and what Z-API said if it asked
    /// for that in this run.
    var heldUntil: Timestamp?
    var holdReason: String?

    // MARK: Provider queue

    /// Whether its provider queue is to be read: calls in doubt may be found there.
    var wantsProviderQueueRead = false
    var isReadingProviderQueue = false
    /// Items in that queue when it was last read since the instance was lost; nil when it was not read.
    var queuedItems: Int?

    init(
        _ instance: Instance, _ snapshot: InstanceSnapshot, of campaign: Campaign, calendar: WindowCalendar,
        at moment: RunMoment
    ) {
        let ringing = Duration.seconds(campaign.callDuration)
        name = instance.name
        limits = snapshot.limits
        longestGap = limits.gap(ringing: Self.longestRing, random: 1)
        healthInterval = campaign.healthInterval
        let gap = limits.gap(ringing: ringing, random: 1)
        gate = PaceGate(opensAt: snapshot.pace.wait(now: moment.wall, uptime: moment.uptime, gap: gap))
        allowance = DayAllowance(limits: limits, uses: snapshot.uses, calendar: calendar)
        backlog = PhoneBacklog(of: snapshot, ringing: ringing, now: moment.limit)
        since = moment.wall
        refusals = RefusalStreak(leftIn: snapshot.trouble)
    }

    // MARK: Condition

    /// Whether its health allows a call to begin.
    var isUsable: Bool { condition == .connected }

    /// Whether Z-API refuses it.
    var isMisconfigured: Bool {
        if case .misconfigured = condition { true } else { false }
    }

    /// Whether it will not become usable in this run.
    var isLost: Bool {
        switch condition {
        case .misconfigured, .neverReached: true
        case .unknown, .connected, .disconnected, .unreachable, .quarantined: false
        }
    }

    /// Whether it is known to be unusable now.
    var isAway: Bool {
        switch condition {
        case .unknown, .connected: false
        // A connection that has failed once is tried again first.
        case .unreachable: failedChecksInARow > 0
        case .disconnected, .quarantined, .misconfigured, .neverReached: true
        }
    }

    /// Whether it cannot be reached.
    var isUnreachable: Bool {
        switch condition {
        case .unreachable, .neverReached: true
        case .unknown, .connected, .disconnected, .misconfigured, .quarantined: false
        }
    }
}
