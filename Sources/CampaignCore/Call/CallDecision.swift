/// What follows from a verdict, for the contact and for the instance that was used.
///
/// It is only decided here and carried out elsewhere: nothing waits, and randomness is passed in.
package struct CallDecision: Hashable, Sendable {
    /// What happens to the contact.
    package enum Contact: Hashable, Sendable {
        /// Done: Z-API has the call.
        case accepted
        /// Done: it is not tried again automatically.
        case failed(FailureReason)
        /// Held until it is known whether the phone rang.
        case inDoubt(DoubtReason)
        /// Back to `ready`, with a delay of `after`.
        case retry(after: Duration, counts: Counts)
    }

    /// Which of a contact's counters a retry increments.
    package enum Counts: Hashable, Sendable {
        /// The attempt counts as one of those allowed.
        case attempt
        /// Only the number of throttles in a row is incremented.
        case throttle
        /// Neither counter: the instance was at fault.
        case nothing
    }

    /// What happens to the instance.
    package enum Instance: Hashable, Sendable {
        /// It works.
        case works
        /// No request was sent through it: its condition does not change.
        case unchanged
        /// The call failed on Z-API's side, or its outcome is unknown. After too many of these in a row the instance is
        /// quarantined.
        case fails
        /// It waits before its next call; with `unreachable`, its count of failures in a row to reach Z-API is
        /// incremented.
        case waits(Duration, unreachable: Bool)
        /// It is not used until `/status` says that it is connected.
        case disconnects
        /// It is not used again in this run.
        case misconfigured
    }

    /// What happens to the contact.
    package var contact: Contact
    /// What happens to the instance.
    package var instance: Instance

    /// Maximum number of throttles in a row before a contact fails.
    package static let maxThrottlesInARow = 20
    /// The longest wait after a throttled reply, however long Z-API asks for: 1 h.
    package static let longestThrottle = Duration.seconds(3600)

    /// What follows from `verdict`.
    ///
    /// - Parameters:
    ///   - verdict: what the reply meant.
    ///   - history: what came before, for the contact and the instance.
    ///   - policy: how often and how far apart to try again.
    ///   - retriesDoubt: whether the campaign accepts a possible second ring (`inDoubt: retry`).
    ///   - random: a number in 0..<1 that selects a wait between zero and the maximum backoff.
    package init(
        verdict: Verdict,
        history: CallHistory,
        policy: RetryPolicy,
        retriesDoubt: Bool,
        random: Double
    ) {
        let used = history.triesUsed + 1
        switch verdict {
        case .accepted:
            self.init(contact: .accepted, instance: .works)
        case .refused:
            self.init(contact: .failed(.refused), instance: .works)
        case .misconfigured:
            self.init(contact: .retry(after: .zero, counts: .nothing), instance: .misconfigured)
        case .disconnected:
            self.init(contact: .retry(after: .zero, counts: .nothing), instance: .disconnects)
        case .notSent:
            let wait = policy.backoff(afterFailures: history.instanceFailures + 1, random: random)
            self.init(
                contact: .retry(after: .zero, counts: .nothing), instance: .waits(wait, unreachable: true))
        case .heldBack:
            self.init(contact: .retry(after: .zero, counts: .nothing), instance: .unchanged)
        case .throttled(let retryAfter):
            let asked = retryAfter ?? policy.backoff(afterFailures: history.throttlesInARow + 1, random: random)
            let wait = min(asked, Self.longestThrottle)
            let isOneTooMany = history.throttlesInARow + 1 >= Self.maxThrottlesInARow
            self.init(
                contact: isOneTooMany ? .failed(.throttledTooOften) : .retry(after: wait, counts: .throttle),
                instance: .waits(wait, unreachable: false))
        case .inDoubt(let reason):
            let wait = policy.backoff(afterFailures: used, random: random)
            let mayRingTwice = retriesDoubt && used < policy.attempts
            self.init(
                contact: mayRingTwice ? .retry(after: wait, counts: .attempt) : .inDoubt(reason),
                instance: .fails)
        }
    }

    private init(contact: Contact, instance: Instance) {
        self.contact = contact
        self.instance = instance
    }
}

/// What came before a verdict, as far as it affects the decision.
package struct CallHistory: Hashable, Sendable {
    /// Attempts of this contact that count, before this one.
    package var triesUsed: Int
    /// Throttles in a row of this contact, before this one.
    package var throttlesInARow: Int
    /// How many times in a row the instance had failed to reach Z-API at all, before this one.
    package var instanceFailures: Int

    /// A history; with the defaults, that of a first attempt.
    package init(triesUsed: Int = 0, throttlesInARow: Int = 0, instanceFailures: Int = 0) {
        self.triesUsed = triesUsed
        self.throttlesInARow = throttlesInARow
        self.instanceFailures = instanceFailures
    }
}
