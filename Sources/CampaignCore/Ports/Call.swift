/// A call whose intent is on disk: it may be dialed now.
package struct ClaimedCall: Hashable, Sendable {
    /// The attempt that the intent stands for.
    package var attempt: AttemptID
    /// Whom to call.
    package var phone: PhoneNumber
    /// The contact's own ring duration in seconds, 1…15; nil is the campaign's.
    package var callDuration: Int?
    /// The instance's place in the run's list.
    package var instance: Int
    /// Attempts of this contact that count, before this one.
    package var triesUsed: Int
    /// Refusals for pace in a row of this contact, before this one.
    package var throttlesInARow: Int
    /// How the call was counted for the limits of its instance.
    package var count: LimitCount?

    /// A claimed call.
    package init(
        attempt: AttemptID,
        phone: PhoneNumber,
        callDuration: Int?,
        instance: Int,
        tries: (used: Int, throttlesInARow: Int)
    ) {
        self.attempt = attempt
        self.phone = phone
        self.callDuration = callDuration
        self.instance = instance
        triesUsed = tries.used
        throttlesInARow = tries.throttlesInARow
    }
}

/// How a call was counted for the limits of its instance, so that it can be taken back should it reach nobody.
package struct LimitCount: Hashable, Sendable, Codable {
    /// For which moment it counts.
    package var at: Timestamp
    /// Whether it was the first call of its instance to that person.
    package var isNewRecipient: Bool

    /// A count.
    package init(at: Timestamp, isNewRecipient: Bool) {
        self.at = at
        self.isNewRecipient = isNewRecipient
    }
}

/// The name of one attempt: the contact's row and the attempt's number, from 1.
package struct AttemptID: Hashable, Sendable, Codable {
    /// The contact's row in the database.
    package var contact: Int64
    /// 1 for the contact's first attempt.
    package var number: Int

    /// A name.
    package init(contact: Int64, number: Int) {
        self.contact = contact
        self.number = number
    }
}

/// What came of a request, with what is worth keeping of the reply.
package struct CallReply: Hashable, Sendable {
    /// What it means.
    package var verdict: Verdict
    /// The HTTP status; nil when there was no reply.
    package var httpStatus: Int?
    /// Z-API's own error text, or what went wrong on the way; never holds a secret or a URL.
    package var error: String?
    /// What it is about, where it is a refusal.
    package var subject: RefusalSubject

    /// A reply.
    package init(
        verdict: Verdict, httpStatus: Int? = nil, error: String? = nil, subject: RefusalSubject = .call
    ) {
        self.verdict = verdict
        self.subject = subject
        self.httpStatus = httpStatus
        self.error = error
    }

    /// A request that was held back.
    package init(heldBack refusal: DepartureRefusal) {
        self.init(verdict: .heldBack, error: refusal.description)
    }
}

/// The result of an attempt, as it is written to the database, or to the spool when the database cannot take it.
package struct AttemptResult: Hashable, Sendable, Codable {
    /// The attempt.
    package var attempt: AttemptID
    /// When the request was about to leave.
    package var startedAt: Timestamp
    /// When its outcome was known.
    package var endedAt: Timestamp
    /// How it ended.
    package var outcome: AttemptOutcome
    /// The HTTP status; nil when there was no reply.
    package var httpStatus: Int?
    /// Z-API's own error text, or what went wrong on the way.
    package var error: String?
    /// Z-API's ids, when it accepted the call.
    package var receipt: CallReceipt?
    /// Milliseconds from the request's start to its outcome, on a clock that cannot be set.
    package var latencyMilliseconds: Int
    /// The state the contact goes to.
    package var state: CallState
    /// The reason for that state; nil where the state needs none.
    package var reason: String?
    /// For `ready`: not before this moment.
    package var dueAt: Timestamp
    /// Attempts that count, this one included if it does.
    package var triesUsed: Int
    /// Refusals for pace in a row, this one included if it is one.
    package var throttlesInARow: Int
    /// The count that is to be taken back since the call reached nobody; nil when it stands.
    package var takesBack: LimitCount?

    /// The result of `call` that ended with `reply` and was decided as `decision`.
    package init(
        call: ClaimedCall,
        reply: CallReply,
        decision: CallDecision.Contact,
        times: CallTimes
    ) {
        attempt = call.attempt
        startedAt = times.startedAt
        endedAt = times.endedAt
        latencyMilliseconds = Int(times.latency.millisecondsRoundedUp)
        outcome = reply.verdict.outcome
        httpStatus = reply.httpStatus
        error = reply.error
        if case .accepted(let ids) = reply.verdict { receipt = ids }
        takesBack = reply.verdict.outcome.reachesNobody ? call.count : nil
        dueAt = .epoch
        triesUsed = call.triesUsed + 1
        throttlesInARow = 0
        switch decision {
        case .accepted:
            state = .accepted
        case .failed(let why):
            state = .failed
            reason = why.rawValue
            guard why == .throttledTooOften else { break }
            triesUsed = call.triesUsed
            throttlesInARow = call.throttlesInARow + 1
        case .inDoubt(let why):
            state = .inDoubt
            reason = why.rawValue
        case .retry(let after, let counts):
            state = .ready
            dueAt = times.endedAt.advanced(by: after)
            switch counts {
            case .attempt: break
            case .throttle:
                triesUsed = call.triesUsed
                throttlesInARow = call.throttlesInARow + 1
            case .nothing:
                triesUsed = call.triesUsed
                throttlesInARow = call.throttlesInARow
            }
        }
    }
}

/// When an attempt took place.
package struct CallTimes: Hashable, Sendable {
    /// When the request was about to leave.
    package var startedAt: Timestamp
    /// When its outcome was known.
    package var endedAt: Timestamp
    /// How long that took, on a clock that cannot be set.
    package var latency: Duration

    /// The times of an attempt.
    package init(startedAt: Timestamp, endedAt: Timestamp, latency: Duration) {
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.latency = latency
    }
}
