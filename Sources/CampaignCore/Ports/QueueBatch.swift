/// What one transaction of a run writes.
public struct QueueBatch: Sendable {
    /// Results of attempts that have ended.
    public var results: [AttemptResult]
    /// The instances to claim a contact for, one entry for each call, as places in the list given to `begin`.
    public var claims: [Int]
    /// Where the paces stand, so that a restart goes on from there.
    public var paces: PaceLedger
    /// The present moment, by the wall clock.
    public var now: Timestamp
    /// The present moment on the time line that limits are counted on; calls claimed now count for its day. Turns lie on it
    /// too, so that a clock which is set makes nobody wait: contacts due by then may be claimed.
    public var limitNow: Timestamp
    /// How long the phones of instances in `claims` ring yet with what Z-API has taken: a contact is called if its window is
    /// open then too. One that is missing is free.
    public var backlogs: [Int: Duration] = [:]
    /// The longest wait of a contact before its retry: one further off comes from a clock that was set.
    public var longestWait = CallDecision.longestThrottle
    /// What is believed of the wall clock, as ``LimitClock/offset``; nil when it is unchanged.
    public var believedOffset: Int64?
    /// The instances whose condition has changed, by their place in the run's list.
    public var conditions: [Int: InstanceCondition] = [:]
    /// What the run waits for, when that has changed; for whoever looks from outside.
    public var activity: RunActivity?
    /// Whether the campaign has expired: whoever is ready after the results is excluded, or the first of them where there
    /// are many; the same once more excludes the next ones.
    public var expires = false
    /// Whether the commit is to count the contacts of each state: somebody else has changed the queue.
    public var wantsCounts = false
    /// By what a contact whose turn has come may have to wait; nil is by nothing.
    public var gate: (any ClaimGate)?

    /// A batch at a moment.
    public init(
        results: [AttemptResult], claims: [Int], paces: PaceLedger, now: Timestamp, limitNow: Timestamp? = nil
    ) {
        self.results = results
        self.claims = claims
        self.paces = paces
        self.now = now
        self.limitNow = limitNow ?? now
    }

    /// A moment of the wall clock on the time line of turns.
    public func turn(atWall moment: Timestamp) -> Timestamp {
        moment.advanced(by: now.duration(to: limitNow))
    }

    /// Whether there is anything to write besides where the paces stand.
    public var isWorthWriting: Bool {
        !results.isEmpty || !claims.isEmpty || !conditions.isEmpty || activity != nil || expires || wantsCounts
    }
}

/// When each pace lets its next call pass; only those that moved since the last batch.
public struct PaceLedger: Hashable, Sendable {
    /// A moment on both clocks.
    public struct Moment: Hashable, Sendable {
        /// By the wall clock.
        public var at: Timestamp
        /// In the life of the machine.
        public var uptime: Uptime

        /// A moment.
        public init(at: Timestamp, uptime: Uptime) {
            self.at = at
            self.uptime = uptime
        }
    }

    /// The moment for each instance that moved, by its place in the run's list.
    public var instances: [Int: Moment]
    /// The moment for the campaign's own pace; nil when it has none or did not move.
    public var campaign: Moment?

    /// Nothing moved.
    public init() {
        instances = [:]
    }
}

/// How an instance is, for whoever looks from outside the run.
public struct InstanceCondition: Hashable, Sendable {
    /// The words stand in the database and in `status`.
    public enum Word: String, CaseIterable, Sendable, Codable {
        /// In use.
        case connected
        /// WhatsApp's side is not connected; it is asked again and again.
        case disconnected
        /// Z-API could not be reached through it; it is asked again and again.
        case unreachable
        /// Z-API refuses it; only a person can change that, and the next run asks again.
        case refused
        /// Too many of its calls failed in a row; it rests for a growing time.
        case quarantined
    }

    /// How it is.
    public var word: Word
    /// Why, in Z-API's own words where there are any; nil when all is well.
    public var reason: String?
    /// Since when.
    public var since: Timestamp
    /// When it may be used again at the earliest; nil is unknown.
    public var until: Timestamp?
    /// Items that Z-API's queue held when it was last looked at, all of which are sent when the phone is back; nil when
    /// nobody looked.
    public var queuedItems: Int?

    /// A condition.
    public init(word: Word, reason: String? = nil, since: Timestamp, until: Timestamp? = nil) {
        self.word = word
        self.reason = reason
        self.since = since
        self.until = until
    }
}

/// What a run does for a longer time, for whoever looks from outside.
public struct RunActivity: Hashable, Sendable {
    /// The words stand in the database and in `status`.
    public enum Word: String, CaseIterable, Sendable, Codable {
        /// It dials at its pace.
        case dialing
        /// The calling window is shut.
        case window
        /// The calls of the day are used up.
        case cap
        /// No instance can be used.
        case instance
        /// Calls wait for their retry.
        case retry
        /// It looks at the outcomes of its first calls.
        case canary
    }

    /// What it does.
    public var word: Word
    /// Until when; nil is unknown.
    public var until: Timestamp?

    /// An activity.
    public init(word: Word, until: Timestamp? = nil) {
        self.word = word
        self.until = until
    }
}
