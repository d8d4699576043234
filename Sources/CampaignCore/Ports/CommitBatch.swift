/// What one transaction of a run writes.
package struct CommitBatch: Sendable {
    /// Results of attempts that have ended.
    package var results: [AttemptResult]
    /// The instances to claim a contact for, one entry for each call, as places in the list given to `begin`.
    package var claims: [Int]
    /// Where the paces stand, so that a restart goes on from there.
    package var paces: PaceLedger
    /// The present moment, by the wall clock.
    package var now: Timestamp
    /// The present moment on the time line that limits are counted on; calls claimed now count for its day. Turns lie on it
    /// too, so that a clock which is set makes nobody wait: contacts due by then may be claimed.
    package var limitNow: Timestamp
    /// How long the phones of instances in `claims` ring yet with what Z-API has taken: a contact is called if its window is
    /// open then too. One that is missing is free.
    package var backlogs: [Int: Duration] = [:]
    /// The longest wait of a contact before its retry: one further off comes from a clock that was set.
    package var longestWait = CallDecision.longestThrottle
    /// What is believed of the wall clock, as ``LimitClock/offset``; nil when it is unchanged.
    package var believedOffset: Int64?
    /// The instances whose condition has changed, by their place in the run's list.
    package var conditions: [Int: InstanceCondition] = [:]
    /// What the run waits for, when that has changed; for whoever looks from outside.
    package var activity: RunActivity?
    /// Whether the campaign has expired: whoever is ready after the results is excluded, or the first of them where there
    /// are many; the same once more excludes the next ones.
    package var expires = false
    /// Whether the commit is to count the contacts of each state: somebody else has changed the queue.
    package var wantsCounts = false
    /// By what a contact whose turn has come may have to wait; nil is by nothing.
    package var gate: (any ClaimGate)?

    /// A batch at a moment.
    package init(
        results: [AttemptResult], claims: [Int], paces: PaceLedger, now: Timestamp, limitNow: Timestamp? = nil
    ) {
        self.results = results
        self.claims = claims
        self.paces = paces
        self.now = now
        self.limitNow = limitNow ?? now
    }

    /// A moment of the wall clock on the time line of turns.
    package func turn(atWall moment: Timestamp) -> Timestamp {
        moment.advanced(by: now.duration(to: limitNow))
    }

    /// Whether there is anything to write besides where the paces stand.
    package var isWorthWriting: Bool {
        !results.isEmpty || !claims.isEmpty || !conditions.isEmpty || activity != nil || expires || wantsCounts
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

        /// A moment.
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

/// How an instance is, for whoever looks from outside the run.
package struct InstanceCondition: Hashable, Sendable {
    /// The words stand in the database and in `status`.
    package enum Word: String, CaseIterable, Sendable, Codable {
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
    package var word: Word
    /// Why, in Z-API's own words where there are any; nil when all is well.
    package var reason: String?
    /// Since when.
    package var since: Timestamp
    /// When it may be used again at the earliest; nil is unknown.
    package var until: Timestamp?
    /// Items that Z-API's queue held when it was last looked at, all of which are sent when the phone is back; nil when
    /// nobody looked.
    package var queuedItems: Int?

    /// A condition.
    package init(word: Word, reason: String? = nil, since: Timestamp, until: Timestamp? = nil) {
        self.word = word
        self.reason = reason
        self.since = since
        self.until = until
    }
}

/// What a run does for a longer time, for whoever looks from outside.
package struct RunActivity: Hashable, Sendable {
    /// The words stand in the database and in `status`.
    package enum Word: String, CaseIterable, Sendable, Codable {
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
    package var word: Word
    /// Until when; nil is unknown.
    package var until: Timestamp?

    /// An activity.
    package init(word: Word, until: Timestamp? = nil) {
        self.word = word
        self.until = until
    }
}
