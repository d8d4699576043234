import CampaignCore

/// One instance of the dispatcher, whichever campaigns use it: its pace, what is left of its limits today, its phone, and
/// its health.
///
/// Times are counted from the start of the dispatcher, on a monotonic clock.
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
        /// It has not been reached since the dispatcher began.
        case neverReached(String)
        /// Z-API refuses it; only a person can change that.
        case misconfigured(String)
        /// It rests after too many failures in a row.
        case quarantined(String)
    }

    /// The longest possible ring.
    private static let longestRing = Duration.seconds(15)

    /// As the campaign that joined last describes it: with its name, its token and its address.
    private(set) var instance: Instance
    /// The campaigns that use it, by number.
    private(set) var users: [Int] = []
    /// Which of them gets its next call.
    var fairness = FairShares()
    /// The limits of all campaigns that share it.
    private(set) var limits: InstanceLimits
    /// The longest time for which its pace holds a call back.
    private(set) var longestGap: Duration
    /// How often its health is checked while it is connected: as often as the strictest of its campaigns wants.
    private(set) var healthInterval: Duration

    // MARK: Calls

    /// Calls under way, of all campaigns.
    var inFlight = 0
    /// Calls that a plan has for it, in addition to those that have begun.
    private(set) var planned = 0
    /// When its last call began; nil before the first.
    var lastBegan: Duration?
    var gate: PaceGate
    var allowance: DayAllowances
    /// The calls that Z-API has accepted for its phone.
    var backlog: PhoneBacklog
    /// The slowest of its recent replies; nil before the first.
    var slowestReply: Duration?

    // MARK: Health

    var condition = Condition.unknown
    /// Since when its condition has had its current word.
    var since: Timestamp
    var isBeingChecked = false
    /// Whether that check began before the instance got other credentials: it says nothing about those.
    var checkIsOutdated = false
    /// When it got other credentials; nil when it has not. Refusals of calls that began before say nothing about them.
    private(set) var gotCredentialsAt: Duration?
    var nextCheckAt = Duration.zero
    /// Consecutive checks that found it not connected; the wait before the next one grows with them.
    var failedChecksInARow = 0
    /// Whether it has ever answered a check since the dispatcher began.
    var wasReached = false
    /// Consecutive calls that could not reach Z-API through it.
    var failuresInARow = 0
    /// Consecutive calls that were refused because it is not connected, while `/status` says that it is.
    var disconnectsInARow = 0
    var refusals: RefusalStreak
    var quarantine = Quarantine()
    /// When its rest ends, on both clocks.
    var restsUntil = Duration.zero
    var restEnds: Timestamp?
    /// Why it has to rest until then, whatever `/status` says, by what became of its calls; nil when it has not.
    var restReason: String?
    var eventChecks = EventChecks()
    var undelivered = UndeliveredStreak()
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

    /// An instance that no campaign of this dispatcher has used yet.
    init(_ instance: Instance, _ snapshot: InstanceSnapshot, of dialed: DialedCampaign, at moment: RunMoment) {
        let campaign = dialed.campaign
        let ringing = Duration.seconds(campaign.callDuration)
        self.instance = instance
        limits = snapshot.limits
        longestGap = limits.gap(ringing: Self.longestRing, random: 1)
        healthInterval = campaign.healthInterval
        let gap = limits.gap(ringing: ringing, random: 1)
        let wait = snapshot.pace.wait(now: moment.wall, uptime: moment.uptime, gap: gap)
        gate = PaceGate(opensAt: moment.elapsed + wait)
        allowance = DayAllowances(
            limits: limits, uses: snapshot.uses, calendar: dialed.calendar, zone: campaign.window?.timeZone)
        backlog = PhoneBacklog(of: snapshot, ringing: ringing, now: moment.limit, elapsed: moment.elapsed)
        since = moment.wall
        nextCheckAt = moment.elapsed
        refusals = RefusalStreak(leftIn: snapshot.trouble)
        adoptRest(snapshot, at: moment)
    }

    // MARK: Campaigns

    /// Another campaign that uses it has joined. Its limits count from now on, also against the last call; and since
    /// somebody has just asked for calls, an instance that is not in use is checked anew.
    ///
    /// - Parameter isIdle: whether no other campaign has used it for some time, so that its health is not known.
    mutating func adopt(
        _ instance: Instance, _ snapshot: InstanceSnapshot, of dialed: DialedCampaign, isIdle: Bool,
        at moment: RunMoment
    ) {
        let campaign = dialed.campaign
        if !instance.hasCredentials(of: self.instance) {
            gotCredentialsAt = moment.elapsed
            checkIsOutdated = isBeingChecked
        }
        self.instance = instance
        limits = snapshot.limits
        longestGap = limits.gap(ringing: Self.longestRing, random: 1)
        healthInterval = users.isEmpty ? campaign.healthInterval : min(healthInterval, campaign.healthInterval)
        if let lastBegan {
            gate.holdUntil(lastBegan + limits.gap(ringing: .seconds(campaign.callDuration), random: 1))
        }
        allowance.add(
            limits: limits, uses: snapshot.uses, calendar: dialed.calendar, zone: campaign.window?.timeZone)
        switch condition {
        case .misconfigured(let why):
            condition = .unknown
            nextCheckAt = moment.elapsed
            disconnectsInARow = 0
            refusals = RefusalStreak(leftIn: refusals.kept(why))
        case .disconnected, .unreachable, .neverReached:
            condition = .unknown
            nextCheckAt = moment.elapsed
        case .connected where isIdle:
            forgetHealth()
        case .connected, .unknown, .quarantined:
            break
        }
        adoptRest(snapshot, at: moment)
    }

    mutating func join(_ campaign: Int) { users.append(campaign) }

    mutating func leave(_ campaign: Int) {
        users.removeAll { $0 == campaign }
        fairness.remove(campaign)
    }

    /// Whether another campaign uses it with other credentials and nothing says that those are wrong.
    func contradicts(_ other: Instance) -> Bool {
        guard !users.isEmpty else { return false }
        // Another address is another place: whoever is called there was never meant by the other campaign.
        guard instance.baseURL == other.baseURL else { return true }
        guard !isMisconfigured else { return false }
        return !instance.hasCredentials(of: other)
    }

    /// Its place among those that are free: the one with the fewest calls under way comes first, then the one that has
    /// been free longest.
    var precedence: (Int, Duration) { (inFlight, gate.opensAt) }

    // MARK: Plans

    /// What a planned call changes.
    struct Plannable {
        fileprivate var inFlight: Int
        fileprivate var gate: PaceGate
        fileprivate var backlog: PhoneBacklog
        fileprivate var fairness: FairShares
    }

    /// What a plan has to restore.
    var plannable: Plannable {
        Plannable(inFlight: inFlight, gate: gate, backlog: backlog, fairness: fairness)
    }

    /// As if a call began; the limits of the day only remember how many are planned.
    mutating func plan(ringing: Duration, at now: Duration) {
        let gap = limits.gap(ringing: ringing, random: 1)
        gate.pass(at: now, gap: gap)
        backlog.note(at: now, ringing: ringing, gap: gap)
        inFlight += 1
        planned += 1
    }

    /// The planned calls have not begun yet.
    mutating func restore(_ before: Plannable) {
        (inFlight, gate, backlog, fairness) = (before.inFlight, before.gate, before.backlog, before.fairness)
        planned = 0
    }

    /// Calls that may still begin today; nil means no limit.
    mutating func callsLeft(at moment: RunMoment) -> Int? {
        allowance.left(at: moment.limit).map { max(0, $0 - planned) }
    }

    // MARK: Condition

    /// Whether its health allows a call to begin.
    var isUsable: Bool { condition == .connected }

    /// Whether Z-API refuses it.
    var isMisconfigured: Bool {
        if case .misconfigured = condition { true } else { false }
    }

    /// Whether it has not been reached since the dispatcher began.
    var wasNeverReached: Bool {
        if case .neverReached = condition { true } else { false }
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
