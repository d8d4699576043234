/// Calls that have ended, counted together, and what has become known of them since.
package struct CallSums: Hashable, Sendable {
    /// By the place of the outcome.
    private var outcomes = Array(repeating: 0, count: AttemptOutcome.allCases.count)
    /// How many of those in doubt turned out later to have reached Z-API.
    package var settled = 0
    /// How many were delivered.
    package var delivered = 0
    /// How many were answered.
    package var answered = 0
    /// How many were not answered, as far as is known.
    package var notAnswered = 0
    /// How many have a known latency: all but those that an interruption left in doubt.
    package var timed = 0
    /// The sum of those latencies, in milliseconds.
    package var latencyMilliseconds = 0

    package init() {}

    /// One call that has ended.
    ///
    /// - Parameter latencyMilliseconds: nil when it is not known.
    package init(_ outcome: AttemptOutcome, latencyMilliseconds: Int?) {
        self[outcome] = 1
        timed = latencyMilliseconds == nil ? 0 : 1
        self.latencyMilliseconds = latencyMilliseconds ?? 0
    }

    /// What an event adds to what was known of one call, and takes back of it.
    package init(from old: CallFacts, to new: CallFacts) {
        func change(_ holds: (CallFacts) -> Bool) -> Int { (holds(new) ? 1 : 0) - (holds(old) ? 1 : 0) }
        delivered = change { $0.delivery == .delivered }
        answered = change { $0.answer == .answered }
        notAnswered = change { $0.answer == .notAnswered }
    }

    /// How many there are.
    package var calls: Int { outcomes.reduce(0, +) }

    /// How many ended so, as it was known then.
    package subscript(outcome: AttemptOutcome) -> Int {
        get { outcomes[outcome.place] }
        set { outcomes[outcome.place] = newValue }
    }

    package static func += (sums: inout CallSums, other: CallSums) {
        for place in sums.outcomes.indices { sums.outcomes[place] += other.outcomes[place] }
        sums.settled += other.settled
        sums.delivered += other.delivered
        sums.answered += other.answered
        sums.notAnswered += other.notAnswered
        sums.timed += other.timed
        sums.latencyMilliseconds += other.latencyMilliseconds
    }
}

/// The calls of a campaign that began within one interval.
package struct CallSeriesPoint: Hashable, Sendable {
    /// The beginning of the interval.
    package var start: Timestamp
    /// Its length.
    package var length: Duration
    package var sums: CallSums

    package init(start: Timestamp, length: Duration, sums: CallSums = CallSums()) {
        self.start = start
        self.length = length
        self.sums = sums
    }
}

/// All calls of a campaign through one instance.
package struct CallTotals: Hashable, Sendable {
    /// The campaign's name.
    package var campaign: String
    /// Z-API's id of the instance.
    package var instance: String
    package var sums: CallSums

    package init(campaign: String, instance: String, sums: CallSums) {
        self.campaign = campaign
        self.instance = instance
        self.sums = sums
    }
}
