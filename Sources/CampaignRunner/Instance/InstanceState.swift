import CampaignCore

/// One instance during a run: its pace, what is left of its day, its phone, and its health.
struct InstanceState {
    /// Whether the instance can be used.
    enum Condition: Equatable {
        /// Its health has not been checked yet.
        case unknown
        /// It is connected.
        case connected
        /// It is not connected to WhatsApp: Z-API would keep its calls and place them at whatever hour.
        case disconnected(String)
        /// It could be reached before and cannot be now.
        case unreachable(String)
        /// It has not been reached since the start of the run.
        case neverReached(String)
        /// Z-API refuses it; only a person can change that.
        case misconfigured(String)
        /// It rests after too many failures in a row.
        case quarantined(String)
    }

    /// The longest that a call rings.
    private static let longestRing = Duration.seconds(15)

    let name: String
    let limits: InstanceLimits
    /// The longest that its pace holds a call back.
    let longestGap: Duration
    /// How often its health is checked while it is connected.
    let healthInterval: Duration

    // MARK: Calls

    var inFlight = 0
    var gate: PaceGate
    var allowance: DayAllowance
    /// The calls that Z-API has taken for its phone.
    var backlog: PhoneBacklog
    /// When the window opens again for a further call, where its phone rings until the window shuts; and when that is to be
    /// looked at again.
    var fullBacklog: (reopens: Timestamp, recheckAt: Duration)?
    /// The slowest of its latest replies; nil before the first.
    var slowestReply: Duration?

    // MARK: Health

    var condition = Condition.unknown
    /// Since when the condition has had its present word.
    var since: Timestamp
    var isBeingChecked = false
    var nextCheckAt = Duration.zero
    /// Checks in a row that found it not connected; the wait before the next one grows with them.
    var failedChecksInARow = 0
    /// Whether it has ever answered a check in this run.
    var wasReached = false
    /// Calls in a row that could not reach Z-API through it.
    var failuresInARow = 0
    /// Calls in a row that were refused because it is not connected, while `/status` says that it is.
    var disconnectsInARow = 0
    var refusals: RefusalStreak
    var quarantine = Quarantine()
    /// When its rest ends, counted from the start of the run and by the wall clock.
    var restsUntil = Duration.zero
    var restEnds: Timestamp?
    /// Until when it is held for longer than its pace holds it, by the wall clock; and what Z-API said when it asked for
    /// that in this run.
    var heldUntil: Timestamp?
    var holdReason: String?

    // MARK: Provider queue

    /// Whether its queue at Z-API is to be read: calls in doubt may be found there.
    var wantsProviderQueueRead = false
    var isReadingProviderQueue = false
    /// Items in that queue when it was last read since the instance was lost; nil when it was not.
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

    /// Whether a call may begin on it, as far as its health goes.
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

    /// Whether it is known that it cannot be used now.
    var isAway: Bool {
        switch condition {
        case .unknown, .connected: false
        // A connection that failed once is tried again first.
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
