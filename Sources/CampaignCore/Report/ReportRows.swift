/// One contact in a report.
package struct ContactRow: Hashable, Sendable {
    /// The contact's own cells as they were written in the list, one for each of the report's own columns.
    package var own: [String]
    /// Whom it was about.
    package var phone: PhoneNumber
    /// Where it stands.
    package var state: CallState
    /// Why it stands there; nil where the state needs no reason.
    package var reason: String?
    /// Attempts made, interrupted ones included.
    package var attempts: Int
    /// The last attempt; nil when there was none.
    package var last: AttemptRow?
    /// When the first attempt started; nil when there was none.
    package var firstAttemptAt: Timestamp?
    /// What webhooks told of the call since; nil when nothing.
    package var delivery: String?
    /// The error that a webhook told of; nil when none.
    package var deliveryError: String?

    /// A row of a contact that was never attempted; set the rest where there is more to tell.
    package init(own: [String], phone: PhoneNumber, state: CallState) {
        self.own = own
        self.phone = phone
        self.state = state
        attempts = 0
    }
}

/// One attempt in a report.
package struct AttemptRow: Hashable, Sendable {
    /// Whom it was about.
    package var phone: PhoneNumber
    /// 1 for the contact's first attempt.
    package var number: Int
    /// The name of the instance that was used.
    package var instance: String
    /// When the request was about to leave; for an attempt without a result, when the intent was written.
    package var startedAt: Timestamp
    /// When its outcome was known; nil when it has none.
    package var endedAt: Timestamp?
    /// How it ended; nil when it has no result.
    package var outcome: AttemptOutcome?
    /// The HTTP status; nil when there was no reply.
    package var httpStatus: Int?
    /// Z-API's own error text, or what went wrong on the way.
    package var error: String?
    /// Z-API's ids; nil when it gave none.
    package var receipt: CallReceipt?
    /// Milliseconds from the request's start to its outcome; nil when it has no result.
    package var latencyMilliseconds: Int?

    /// An attempt whose intent is written and whose result is not.
    package init(phone: PhoneNumber, number: Int, instance: String, startedAt: Timestamp) {
        self.phone = phone
        self.number = number
        self.instance = instance
        self.startedAt = startedAt
    }
}

/// One row of a list that could not be taken in.
package struct RejectRow: Hashable, Sendable {
    /// The file it stood in.
    package var file: String
    /// The line it began on, from 1.
    package var line: Int
    /// The row byte for byte, without its line end.
    package var raw: [UInt8]
    /// Its cells, one for each of the report's own columns.
    package var own: [String]
    /// The stable code of the reason, such as `phone_too_short`.
    package var reason: String
    /// One sentence with the remedy.
    package var suggestion: String

    /// A rejected row.
    package init(file: String, line: Int, raw: [UInt8], own: [String], reason: String, suggestion: String) {
        self.file = file
        self.line = line
        self.raw = raw
        self.own = own
        self.reason = reason
        self.suggestion = suggestion
    }
}

/// A campaign in figures.
package struct CampaignSummary: Hashable, Sendable {
    /// The campaign's name.
    package var campaign: String
    /// Contacts by state.
    package var counts: StateCounts
    /// Contacts by state and reason, the most frequent first.
    package var reasons: [ReasonCount]
    /// Attempts by how they ended; those without a result are not among them.
    package var outcomes: [AttemptOutcome: Int]
    /// The error texts of attempts, the most frequent first.
    package var errors: [ErrorCount]
    /// Rows that were rejected at import.
    package var rejectedRows: Int
    /// Rows that named a number which the campaign already had.
    package var duplicateRows: Int
    /// When the first attempt started; nil when there was none.
    package var firstAttemptAt: Timestamp?
    /// When the last attempt started; nil when there was none.
    package var lastAttemptAt: Timestamp?

    /// A campaign in which nothing has happened; set what has.
    package init(campaign: String, counts: StateCounts) {
        self.campaign = campaign
        self.counts = counts
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
    /// The reason; the empty string where the state needs none.
    package var reason: String
    /// The number of contacts.
    package var contacts: Int

    /// A count.
    package init(state: CallState, reason: String, contacts: Int) {
        self.state = state
        self.reason = reason
        self.contacts = contacts
    }
}

/// How many attempts ended with the same error text.
package struct ErrorCount: Hashable, Sendable {
    /// The text, as Z-API wrote it.
    package var error: String
    /// The number of attempts.
    package var attempts: Int

    /// A count.
    package init(error: String, attempts: Int) {
        self.error = error
        self.attempts = attempts
    }
}
