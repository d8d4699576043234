/// What one transaction of a run writes.
package struct CommitBatch: Sendable {
    /// Results of attempts that have ended.
    package var results: [AttemptResult]
    /// The instances to claim a contact for, one entry for each call, as places in the list given to `begin`.
    package var claims: [Int]
    /// The marks of the paces, so that a restart continues from there.
    package var paces: PaceLedger
    /// The present moment, by the wall clock.
    package var now: Timestamp
    /// The present moment on the time line that limits are counted on; calls claimed now count for its day. Turns lie
    /// on it too, so that setting the clock makes no contact wait: contacts due by then may be claimed.
    package var limitNow: Timestamp
    /// How long the phones of instances in `claims` will still be ringing calls that Z-API has taken: a contact is
    /// called if its window is open then too. One that is missing is free.
    package var backlogs: [Int: Duration] = [:]
    /// The longest wait of a contact before its retry: one further off comes from a clock that was set.
    package var longestWait = CallDecision.longestThrottle
    /// The trusted offset of the wall clock (``LimitClock/offset``); nil when it is unchanged.
    package var believedOffset: Int64?
    /// The instances whose condition has changed, by their place in the run's list.
    package var conditions: [Int: InstanceCondition] = [:]
    /// What the run is doing or waiting for, when that has changed; shown by `status`.
    package var activity: RunActivity?
    /// Whether the campaign has expired: contacts that are ready after the results are excluded, or the first of them
    /// where there are many; the same once more excludes the next ones.
    package var expires = false
    /// Whether the commit is to count the contacts of each state, since another operation has changed them.
    package var wantsCounts = false
    /// Makes contacts wait whose turn has come; nil is none.
    package var gate: (any ClaimGate)?

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

    /// Whether there is anything to write besides the marks of the paces.
    package var isWorthWriting: Bool {
        !results.isEmpty || !claims.isEmpty || !conditions.isEmpty || activity != nil || expires || wantsCounts
    }
}

/// The result of a transaction.
package struct CommitResult: Sendable {
    /// The calls that are claimed, in the order of the claims.
    package var calls: [ClaimedCall]
    /// What is left to dial; known only when fewer calls than claims came back, or the campaign has expired.
    package var rest: RemainingContacts?
    /// Instances of `claims` whose phones ring until the window of the next contact has shut, with when it opens again.
    package var full: [Int: Timestamp] = [:]
    /// Contacts that are excluded now: on the do-not-call list when their turn came, or the campaign has expired.
    package var excluded = 0
    /// Contacts whose turn had come and that the gate deferred; they stay `ready`.
    package var deferred = 0
    /// How many contacts are in each state after all this; nil unless it was asked for.
    package var counts: StateCounts?

    package init(calls: [ClaimedCall], rest: RemainingContacts?) {
        self.calls = calls
        self.rest = rest
    }
}

/// What is left to dial when nothing more is due.
package enum RemainingContacts: Hashable, Sendable {
    /// The next contact is due at this moment.
    case dueAt(Timestamp)
    /// No contact is `ready`.
    case empty
}
