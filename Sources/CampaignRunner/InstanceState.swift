import CampaignCore

/// One instance during a run: its pace, what is left of its day, and whether it can be used.
struct InstanceState {
    /// Whether the instance can be used.
    enum Condition: Equatable {
        /// It has not been asked yet.
        case unknown
        /// It is connected.
        case connected
        /// WhatsApp's side is not connected: Z-API would keep its calls and place them at whatever hour.
        case disconnected(String)
        /// It could be asked before and cannot now.
        case unreachable(String)
        /// It could not be asked at the start of the run.
        case neverReached(String)
        /// Z-API refuses it; only a person can change that.
        case stopped(String)
        /// It rests after too many failures in a row.
        case quarantined(String)
    }

    /// An instance that is not there is asked after this time, twice this time, and so on.
    private static let firstPoll = Duration.seconds(5)
    private static let longestPoll = Duration.seconds(300)
    private static let longestRing = Duration.seconds(15)
    /// How often in a row calls may be told that it is not connected, while `/status` says that it is.
    private static let maxDenials = 3
    /// With each reply that is faster, a slow one counts for so much less.
    private static let slownessKept = 0.875

    let name: String
    let limits: InstanceLimits
    var gate: PaceGate
    var allowance: DayAllowance
    /// What Z-API has taken for its phone.
    var backlog: PhoneBacklog
    /// When another call could ring that cannot before the window shuts, and until when that was looked at.
    private(set) var full: (reopens: Timestamp, until: Duration)?
    var inFlight = 0
    var isBeingProbed = false
    private(set) var condition = Condition.unknown
    private(set) var since: Timestamp
    /// Until when it rests, counted from the start of the run.
    private(set) var restsUntil = Duration.zero
    private var restEnds: Timestamp?
    /// The longest that its pace holds a call back.
    private let longestGap: Duration
    /// Until when it is held for longer than that, by the wall clock, and what Z-API said when it asked for that in this
    /// run.
    private var heldUntil: Timestamp?
    private var asked: String?
    private(set) var failuresInARow = 0
    /// Items in its queue at Z-API, when it was last looked at since it went away.
    var queuedItems: Int?
    /// Whether Z-API's queue is to be looked at: calls that are in doubt may be found there.
    var wantsQueue = false
    var queueIsBeingRead = false
    /// The slowest of its latest replies; nil before the first.
    private(set) var slowReply: Duration?
    private var quarantine = Quarantine()
    private var refusals: RefusalRow
    private var wasHeard = false
    private var pollsInVain = 0
    private var denialsInARow = 0
    private var probeAt = Duration.zero

    init(
        _ instance: Instance, _ opening: InstanceSnapshot, calendar: WindowCalendar, ringing: Duration,
        at moment: RunMoment
    ) {
        name = instance.name
        limits = opening.limits
        longestGap = limits.gap(ringing: Self.longestRing, random: 1)
        let gap = opening.limits.gap(ringing: ringing, random: 1)
        gate = PaceGate(opensAt: opening.pace.wait(now: moment.wall, uptime: moment.uptime, gap: gap))
        allowance = DayAllowance(limits: opening.limits, uses: opening.uses, calendar: calendar)
        backlog = PhoneBacklog(of: opening, ringing: ringing, now: moment.limit)
        since = moment.wall
        refusals = RefusalRow(leftIn: opening.trouble)
    }

    // MARK: Use

    /// What Z-API has taken for its phone rings until the window shuts. Looked at again after a minute: the wall clock can
    /// be set.
    mutating func fill(until reopens: Timestamp, at moment: RunMoment) {
        full = (reopens, min(moment.elapsed(atWall: reopens), moment.elapsed + .seconds(60)))
    }

    /// When the window opens again that its phone has no room in; nil while it has.
    func reopening(at moment: RunMoment) -> Timestamp? {
        full.flatMap { moment.elapsed < $0.until ? $0.reopens : nil }
    }

    /// When its pace and its phone let a call begin.
    var opensAt: Duration { max(gate.opensAt, full?.until ?? .zero) }

    /// Whether a call may begin on it, as far as its health goes.
    var isUsable: Bool { condition == .connected }

    /// Whether another call may begin on it beside those under way, as far as its health goes.
    var takesAnother: Bool { isUsable && (inFlight == 0 || !isOnTrial) }

    /// Whether it is tried with one call at a time, since an earlier run has left it to a row of refusals.
    var isOnTrial: Bool { refusals.isOnTrial }

    /// Whether it was refused by Z-API.
    var isStopped: Bool {
        if case .stopped = condition { true } else { false }
    }

    /// Whether it will not become usable in this run.
    var isLost: Bool {
        switch condition {
        case .stopped, .neverReached: true
        case .unknown, .connected, .disconnected, .unreachable, .quarantined: false
        }
    }

    /// Whether it cannot be used and has been asked, so that only a wait may bring it back.
    var isAway: Bool {
        switch condition {
        case .unknown, .connected: false
        // A connection that failed once is tried again first.
        case .unreachable: pollsInVain > 0
        case .disconnected, .quarantined, .stopped, .neverReached: true
        }
    }

    /// Whether Z-API could not be asked how it is.
    var isUnreachable: Bool {
        switch condition {
        case .unreachable, .neverReached: true
        case .unknown, .connected, .disconnected, .stopped, .quarantined: false
        }
    }

    /// Why it is not in use, with its name; nil when it is.
    var trouble: String? {
        switch condition {
        case .unknown, .connected: nil
        case .disconnected(let why): "\(name): disconnected: \(why)"
        case .stopped(let why): "\(name): refused by Z-API: \(why)"
        case .quarantined(let why): "\(name): rests after \(Quarantine.maxFailuresInARow) failures in a row: \(why)"
        case .unreachable(let why), .neverReached(let why): "\(name): \(why)"
        }
    }

    // MARK: Health

    /// When it is to be asked next; nil when it is not.
    var nextProbe: Duration? { isBeingProbed || isStopped ? nil : max(probeAt, restsUntil) }

    func probeIsDue(at now: Duration) -> Bool {
        nextProbe.map { $0 <= now } ?? false
    }

    /// What was known of it is too old to begin calls by: it is asked again first.
    mutating func forget() {
        switch condition {
        case .stopped, .quarantined, .unknown: return
        case .connected, .disconnected, .unreachable, .neverReached: condition = .unknown
        }
        probeAt = .zero
    }

    mutating func note(_ health: InstanceHealth, at moment: RunMoment, interval: Duration) {
        isBeingProbed = false
        guard !isStopped else { return }
        switch health {
        case .connected:
            pollsInVain = 0
            queuedItems = nil
            probeAt = moment.elapsed + interval
            if moment.elapsed >= restsUntil { change(to: .connected, at: moment) }
        case .disconnected(let why):
            poll(at: moment)
            wantsQueue = true
            change(to: .disconnected(why), at: moment)
        case .misconfigured(let why):
            change(to: .stopped(why), at: moment)
        case .unreachable(let why):
            poll(at: moment)
            change(to: wasHeard ? .unreachable(why) : .neverReached(why), at: moment)
        }
        if case .unreachable = health { return }
        wasHeard = true
    }

    private mutating func poll(at moment: RunMoment) {
        pollsInVain += 1
        let policy = RetryPolicy(first: Self.firstPoll, longest: Self.longestPoll)
        probeAt = moment.elapsed + policy.backoff(afterFailures: pollsInVain, random: 1)
    }

    private mutating func change(to new: Condition, at moment: RunMoment) {
        let word = self.word
        condition = new
        if self.word != word { since = moment.wall }
    }

    /// What a reply means, those before it considered.
    mutating func judge(_ reply: CallReply, of contact: Int64) -> CallReply {
        refusals.judge(reply, of: contact)
    }

    /// A call on it ended.
    mutating func end(
        effect: CallDecision.Instance, result: AttemptResult, policy: RetryPolicy, at moment: RunMoment
    ) {
        inFlight -= 1
        let error = result.error
        let latency = Duration.milliseconds(result.latencyMilliseconds)
        slowReply = max(latency, (slowReply ?? .zero) * Self.slownessKept)
        switch effect {
        case .unchanged: break
        case .works:
            failuresInARow = 0
            denialsInARow = 0
            quarantine.noteSuccess()
            if let reason = refusals.reason, !isStopped { change(to: .stopped(reason), at: moment) }
        case .fails:
            failuresInARow = 0
            // What began before the rest says nothing that is not known.
            guard isUsable, let rest = quarantine.noteFailure(policy) else { break }
            restsUntil = moment.elapsed + rest
            restEnds = moment.wall.advanced(by: rest)
            probeAt = restsUntil
            change(to: .quarantined(error ?? "no reason given"), at: moment)
        case .waits(let wait, unreachable: false):
            guard moment.elapsed + wait > gate.opensAt else { break }
            gate.holdUntil(moment.elapsed + wait)
            (heldUntil, asked) = (moment.wall.advanced(by: wait), error ?? "it gave no reason")
        case .waits(let wait, unreachable: true):
            // Not the gate: that is written down, and a run that starts when the network is back need not wait.
            // Calls that fail together are one failure.
            guard isUsable else { break }
            failuresInARow += 1
            probeAt = moment.elapsed + wait
            change(to: .unreachable(error ?? "unreachable"), at: moment)
        case .disconnects:
            // Calls that are refused together are refused once.
            guard isUsable else { break }
            deny(error ?? "not connected", at: moment)
        case .stops:
            // What began before says nothing that is not known.
            if refusals.reason == nil || !isStopped { change(to: .stopped(error ?? "no reason given"), at: moment) }
        }
    }

    /// A call was refused since it is not connected: it is asked from now on. Where `/status` knows nothing of it, asking
    /// would never end.
    private mutating func deny(_ why: String, at moment: RunMoment) {
        denialsInARow += 1
        guard denialsInARow < Self.maxDenials else {
            return change(to: .stopped("\(why); yet /status says that it is connected"), at: moment)
        }
        pollsInVain = denialsInARow - 1
        poll(at: moment)
        wantsQueue = true
        change(to: .disconnected(why), at: moment)
    }
}

extension InstanceState {
    /// How it is, in the words of `status`; nil while nothing is known.
    private var word: InstanceCondition.Word? {
        switch condition {
        case .unknown: nil
        case .connected: .connected
        case .disconnected: .disconnected
        case .unreachable, .neverReached: .unreachable
        case .stopped: .misconfigured
        case .quarantined: .quarantined
        }
    }

    /// Waits of this length are worth a word of their own.
    static let longWait = Duration.seconds(10)

    /// Until when it is held for longer than its pace holds it; nil when it is not: Z-API asked for that, or an earlier run
    /// left it so.
    mutating func hold(at moment: RunMoment) -> (until: Timestamp, isEarlier: Bool)? {
        let wait = gate.opensAt - moment.elapsed
        guard wait > max(longestGap, Self.longWait) else { return nil }
        let until = moment.wall.advanced(by: wait)
        // Kept as it was first said, unless somebody has set the clock since.
        if let heldUntil, abs(heldUntil.milliseconds - until.milliseconds) <= 2000 {
            return (heldUntil, asked == nil)
        }
        heldUntil = until
        return (until, asked == nil)
    }

    /// How it is, for whoever looks from outside; nil while nothing is known. On trial it counts as refused until a call is
    /// accepted, and whatever else befalls it tells of that too: a run that ends before that forgets nothing.
    mutating func report(at moment: RunMoment) -> InstanceCondition? {
        guard let word, !(isUsable && isOnTrial) else { return nil }
        switch condition {
        case .unknown, .connected:
            guard let hold = hold(at: moment) else { return InstanceCondition(word: word, since: since) }
            let why = asked.map { "Z-API asked to wait: \($0)" } ?? "no call yet, as an earlier run left it"
            return InstanceCondition(word: word, reason: why, since: since, until: hold.until)
        case .disconnected(let why), .unreachable(let why), .neverReached(let why), .stopped(let why):
            var report = InstanceCondition(word: word, reason: refusals.kept(why), since: since)
            report.queuedItems = queuedItems
            return report
        case .quarantined(let why):
            return InstanceCondition(word: word, reason: refusals.kept(why), since: since, until: restEnds)
        }
    }
}
