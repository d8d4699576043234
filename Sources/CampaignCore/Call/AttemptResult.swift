/// The result of an attempt, as it is written to the database, or to the spool when the database cannot accept it.
package struct AttemptResult: Hashable, Sendable, Codable {
    package var attempt: AttemptID
    /// When the request was about to leave.
    package var startedAt: Timestamp
    /// When its outcome was known.
    package var endedAt: Timestamp
    package var outcome: AttemptOutcome
    /// The HTTP status; nil when there was no reply.
    package var httpStatus: Int?
    /// Z-API's own error text, or what went wrong before Z-API could reply.
    package var error: String?
    /// Z-API's ids, when it accepted the call.
    package var receipt: CallReceipt?
    /// Milliseconds from the request's start to its outcome, on a monotonic clock.
    package var latencyMilliseconds: Int
    /// The state the contact goes to.
    package var state: CallState
    /// The reason for that state; nil when the state needs none.
    package var reason: String?
    /// For `ready`: not before this time.
    package var dueAt: Timestamp
    /// Attempts that count, this one included if it does.
    package var triesUsed: Int
    /// Throttles in a row, this one included if it is one.
    package var throttlesInARow: Int
    /// Whether Z-API refused the number itself, whatever the call; nil when not.
    private var numberIsRefused: Bool?
    /// The count to reverse, since the call certainly was not placed; nil when it counts.
    package var takesBack: LimitCount?

    /// The result of `call`, which ended with `reply` and for which `decision` was made.
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
        takesBack = reply.verdict.outcome.isNotPlaced ? call.count : nil
        dueAt = .epoch
        triesUsed = call.triesUsed + 1
        throttlesInARow = 0
        switch decision {
        case .accepted:
            state = .accepted
        case .failed(let why):
            state = .failed
            reason = why.rawValue
            if why == .refused, reply.subject == .number { numberIsRefused = true }
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

    /// Whether the contact's number is no use, whatever the call.
    package var endsNumber: Bool { numberIsRefused ?? false }
}

/// When an attempt took place.
package struct CallTimes: Hashable, Sendable {
    /// When the request was about to leave.
    package var startedAt: Timestamp
    /// When its outcome was known.
    package var endedAt: Timestamp
    /// How long that took, on a monotonic clock.
    package var latency: Duration

    package init(startedAt: Timestamp, endedAt: Timestamp, latency: Duration) {
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.latency = latency
    }
}
