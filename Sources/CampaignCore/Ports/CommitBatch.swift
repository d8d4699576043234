/// What one transaction writes, for all campaigns that are being dialed.
package struct CommitBatch: Sendable {
    /// Results of attempts that have ended, of any campaign.
    package var results: [AttemptResult]
    /// What each campaign claims and reports. A campaign without news is missing.
    package var campaigns: [CampaignBatch]
    /// The paces of the instances that have moved, so that a restart continues from there; by the instance's number.
    package var paces: [Int: PaceMoment] = [:]
    /// The current time, by the wall clock.
    package var now: Timestamp
    /// The current time on the clock of the limits; calls claimed now count toward its day. Turns use this clock too,
    /// so that setting the wall clock makes no contact wait: contacts due by then may be claimed.
    package var limitNow: Timestamp
    /// The trusted offset of the wall clock (``LimitClock/offset``); nil when it is unchanged.
    package var believedOffset: Int64?
    /// The instances whose condition has changed, by their number.
    package var conditions: [Int: InstanceCondition] = [:]

    package init(
        results: [AttemptResult], campaigns: [CampaignBatch], now: Timestamp, limitNow: Timestamp? = nil
    ) {
        self.results = results
        self.campaigns = campaigns
        self.now = now
        self.limitNow = limitNow ?? now
    }

    /// Converts a wall-clock time to the clock of the turns.
    package func turn(atWall moment: Timestamp) -> Timestamp {
        moment.advanced(by: now.duration(to: limitNow))
    }

    /// Whether there is anything to write besides the paces.
    package var isWorthWriting: Bool {
        !results.isEmpty || !conditions.isEmpty || campaigns.contains(where: \.isWorthWriting)
    }
}

/// What one transaction writes for one campaign.
package struct CampaignBatch: Sendable {
    /// The campaign's number.
    package var campaign: Int
    /// The instances to claim contacts for, one entry per call, by their number.
    package var claims: [Int]
    /// The campaign's own pace; nil when it has none or has not moved.
    package var pace: PaceMoment?
    /// How much longer the phones of instances in `claims` will be ringing calls that Z-API has accepted: a contact is
    /// called only if its window is still open then. A phone that is missing here is free.
    package var backlogs: [Int: Duration] = [:]
    /// The longest wait before a retry: a turn further away comes from a clock that was set.
    package var longestWait = CallDecision.longestThrottle
    /// What the campaign is doing or waiting for, when that has changed; shown by `status`.
    package var activity: RunActivity?
    /// How far its canary has come, when that has changed; written with the results that it counts.
    package var canary: CanaryProgress?
    /// Whether the campaign has expired. Contacts that are ready after the results have been written are excluded; if
    /// there are many, only the first of them, and further batches exclude the rest.
    package var expires = false
    /// Whether to count the contacts in each state, because another operation has changed them.
    package var wantsCounts = false
    /// Makes contacts wait whose turn has come; nil means none.
    package var gate: (any ClaimGate)?

    package init(campaign: Int, claims: [Int] = []) {
        self.campaign = campaign
        self.claims = claims
    }

    /// Whether there is anything to write besides the pace.
    package var isWorthWriting: Bool {
        !claims.isEmpty || activity != nil || canary != nil || expires || wantsCounts
    }
}

/// The result of a transaction.
package struct CommitResult: Sendable {
    /// What it did for each campaign of the batch, in the same order.
    package var campaigns: [CampaignCommit]
    /// What events have changed that had waited for the results of this batch.
    package var events: [LateEvent] = []

    package init(campaigns: [CampaignCommit]) {
        self.campaigns = campaigns
    }
}

/// What an event has changed that came before the result of its call.
package struct LateEvent: Sendable {
    /// Z-API's id of the instance.
    package var instance: String
    package var effects: [EventEffect]

    package init(instance: String, effects: [EventEffect]) {
        self.instance = instance
        self.effects = effects
    }
}

/// What a transaction did for one campaign.
package struct CampaignCommit: Sendable {
    /// The claimed calls, in the order of the claims.
    package var calls: [ClaimedCall]
    /// What is left to dial; known only when fewer calls than claims were returned, or the campaign has expired.
    package var rest: RemainingContacts?
    /// Whether the contact that is due next, by `rest`, is held back by its list until then.
    package var isNextHeldBack = false
    /// Instances of `claims` whose phones ring until the window of the next contact closes, with the time at which it
    /// opens again.
    package var full: [Int: Timestamp] = [:]
    /// Contacts that were excluded: found on the do-not-call list when their turn came, or the campaign has expired.
    package var excluded = 0
    /// Contacts whose turn had come and which were deferred, by the gate, by `perPerson` or because events of
    /// their last call may still come; they stay `ready`.
    package var deferred = 0
    /// Contacts that waited for another call and are `accepted` again: their people are called as other contacts.
    package var withdrawn = 0
    /// Contacts that have become `ready` for another call, since the last one was not answered (`redial`).
    package var redials = 0
    /// Why the next contact waits; only where `rest` has a time.
    package var cause = TurnCause.other
    /// How many contacts are in each state after all this; nil unless requested.
    package var counts: StateCounts?
    /// What came of the calls, with `counts`.
    package var outcomes: OutcomeCounts?

    package init(calls: [ClaimedCall] = [], rest: RemainingContacts? = nil) {
        self.calls = calls
        self.rest = rest
    }
}

/// What is left to dial when nothing more is due.
package enum RemainingContacts: Hashable, Sendable {
    /// The next contact is due at this time.
    case dueAt(Timestamp)
    /// No contact is `ready`.
    case empty
}

/// Why the next contact is not due yet.
package enum TurnCause: Sendable {
    /// It did not answer, and is called once more (`redial`).
    case redial
    /// It has been called as often as `perPerson` allows.
    case person
    /// Events of the person's last call may still come, and could be mistaken for the next one's.
    case events
    /// Anything else: a retry, its window, or Z-API asked for it.
    case other
}
