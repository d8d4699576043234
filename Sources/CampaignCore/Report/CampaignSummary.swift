/// A campaign in figures.
package struct CampaignSummary: Hashable, Sendable {
    package var campaign: String
    /// Contacts by state.
    package var counts: StateCounts
    /// How many of those that failed were forgotten: no `retry` calls them again.
    package var failedAndForgotten = 0
    /// What came of the calls, as webhooks say.
    package var happened: OutcomeCounts
    /// Contacts by state and reason, the most frequent first.
    package var reasons: [ReasonCount]
    /// Attempts by outcome, without those that have no result.
    package var outcomes: [AttemptOutcome: Int]
    /// The error texts of attempts, the most frequent first.
    package var errors: [ErrorCount]
    /// Rows that were rejected at import.
    package var rejectedRows: Int
    /// Rows with a number that the campaign already had.
    package var duplicateRows: Int
    /// When the first attempt started; nil when there was none.
    package var firstAttemptAt: Timestamp?
    /// When the last attempt started; nil when there was none.
    package var lastAttemptAt: Timestamp?

    /// A campaign in which nothing has happened; set the other properties as needed.
    package init(campaign: String, counts: StateCounts) {
        self.campaign = campaign
        self.counts = counts
        happened = OutcomeCounts()
        reasons = []
        outcomes = [:]
        errors = []
        rejectedRows = 0
        duplicateRows = 0
    }
}

/// How many contacts share a state and a reason.
package struct ReasonCount: Hashable, Sendable {
    /// The state.
    package var state: CallState
    /// The reason; the empty string when the state needs none.
    package var reason: String
    package var contacts: Int

    package init(state: CallState, reason: String, contacts: Int) {
        self.state = state
        self.reason = reason
        self.contacts = contacts
    }
}

/// How many attempts ended with the same error text.
package struct ErrorCount: Hashable, Sendable, Codable {
    /// The text, as Z-API wrote it.
    package var error: String
    package var attempts: Int

    package init(error: String, attempts: Int) {
        self.error = error
        self.attempts = attempts
    }
}
