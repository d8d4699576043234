/// A campaign in figures, all of one moment.
package struct CampaignFigures: Sendable {
    package var summary: CampaignSummary
    package var statistics: CampaignStatistics

    package init(summary: CampaignSummary, statistics: CampaignStatistics) {
        self.summary = summary
        self.statistics = statistics
    }
}

/// What a report shows of a campaign besides its sums; its size does not depend on the number of contacts.
package struct CampaignStatistics: Sendable {
    /// Nil when nobody has been called.
    package var series: CallSeries?
    /// By quarters of an hour since 1970.
    package var quarters: [Int64: QuarterCalls] = [:]
    /// Of requests whose outcome is known.
    package var latency = LatencyCounts()
    /// In the order of their names.
    package var instances: [InstanceFigures] = []
    /// How many contacts have had so many attempts.
    package var contactsByAttempts: [Int: Int] = [:]
    /// The first contacts for each reason.
    package var examples: [StateReason: [PhoneNumber]] = [:]
    /// For the most frequent error texts, a number that was called with that result.
    package var errorExamples: [String: PhoneNumber] = [:]
    /// Rejected rows by reason code, with the first of them.
    package var rejects: [LeftOutRows] = []
    /// Duplicates by reason code.
    package var duplicates: [LeftOutRows] = []
    /// The first contacts who rang us or wrote after a call.
    package var people: [PersonNews] = []
    /// Nil unless they were asked for by a column.
    package var values: ColumnFigures?
    package var history = CampaignHistory()

    package init() {}

    /// The most examples for one reason, and the most people listed.
    package static let maxExamples = 3
    package static let maxPeople = 50
}

/// A state and the reason for it.
package struct StateReason: Hashable, Sendable {
    package var state: CallState
    package var reason: String

    package init(_ state: CallState, _ reason: String) {
        self.state = state
        self.reason = reason
    }
}

/// The calls that began in a quarter of an hour.
package struct QuarterCalls: Hashable, Sendable {
    package var calls = 0
    package var answered = 0

    package init() {}
}

/// The calls through one instance.
package struct InstanceFigures: Hashable, Sendable {
    package var name: String
    package var outcomes: [AttemptOutcome: Int] = [:]
    /// Without a result yet, or for good.
    package var unfinished = 0
    package var delivered = 0
    package var answered = 0
    package var latency = LatencyCounts()

    package init(name: String) {
        self.name = name
    }

    package var calls: Int { outcomes.values.reduce(unfinished, +) }
}

/// Rows of lists that did not become contacts, for one reason.
package struct LeftOutRows: Hashable, Sendable {
    /// The stable code.
    package var reason: String
    package var rows: Int
    /// The file and the line of the first ones.
    package var examples: [String]

    package init(reason: String, rows: Int, examples: [String]) {
        self.reason = reason
        self.rows = rows
        self.examples = examples
    }
}

/// Somebody who rang us or wrote after a call.
package struct PersonNews: Hashable, Sendable {
    package var phone: PhoneNumber
    package var calledBackAt: Timestamp?
    package var repliedAt: Timestamp?
    /// When they asked by a reply not to be called any more; nil when they have not.
    package var optedOutAt: Timestamp?

    package init(phone: PhoneNumber, calledBackAt: Timestamp?, repliedAt: Timestamp?, optedOutAt: Timestamp?) {
        self.phone = phone
        self.calledBackAt = calledBackAt
        self.repliedAt = repliedAt
        self.optedOutAt = optedOutAt
    }
}

/// The contacts of a campaign by one of their own columns.
package struct ColumnFigures: Hashable, Sendable {
    /// The contacts with one value.
    package struct Value: Hashable, Sendable {
        package var text: String
        package var counts = StateCounts()
        package var answered = 0
        package var notAnswered = 0

        package init(text: String) {
            self.text = text
        }
    }

    /// A column with more values is not one that people are grouped by.
    package static let maxValues = 50

    package var column: String
    /// Whether there are more than ``maxValues``; `values` is empty then.
    package var hasTooMany = false
    /// The values with the most contacts first.
    package var values: [Value] = []

    package init(column: String) {
        self.column = column
    }
}
