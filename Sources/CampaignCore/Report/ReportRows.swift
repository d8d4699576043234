/// One contact in a report.
public struct ContactRow: Hashable, Sendable {
    /// The contact's own cells as they were written in the list, one for each of the report's own columns.
    public var own: [String]
    /// Whom it was about.
    public var phone: PhoneNumber
    /// Where it stands.
    public var state: CallState
    /// Why it stands there; nil where the state needs no reason.
    public var reason: String?
    /// Attempts made, interrupted ones included.
    public var attempts: Int
    /// The last attempt; nil when there was none.
    public var last: AttemptRow?
    /// When the first attempt started; nil when there was none.
    public var firstAttemptAt: Timestamp?
    /// What webhooks told of the call since; nil when nothing.
    public var delivery: String?
    /// The error that a webhook told of; nil when none.
    public var deliveryError: String?

    /// A row of a contact that was never attempted; set the rest where there is more to tell.
    public init(own: [String], phone: PhoneNumber, state: CallState) {
        self.own = own
        self.phone = phone
        self.state = state
        attempts = 0
    }
}

/// One attempt in a report.
public struct AttemptRow: Hashable, Sendable {
    /// Whom it was about.
    public var phone: PhoneNumber
    /// 1 for the contact's first attempt.
    public var number: Int
    /// The name of the instance that was used.
    public var instance: String
    /// When the request was about to leave; for an attempt without a result, when the intent was written.
    public var startedAt: Timestamp
    /// When its outcome was known; nil when it has none.
    public var endedAt: Timestamp?
    /// How it ended; nil when it has no result.
    public var outcome: AttemptOutcome?
    /// The HTTP status; nil when there was no reply.
    public var httpStatus: Int?
    /// Z-API's own error text, or what went wrong on the way.
    public var error: String?
    /// Z-API's ids; nil when it gave none.
    public var receipt: CallReceipt?
    /// Milliseconds from the request's start to its outcome; nil when it has no result.
    public var latencyMilliseconds: Int?

    /// An attempt whose intent is written and whose result is not.
    public init(phone: PhoneNumber, number: Int, instance: String, startedAt: Timestamp) {
        self.phone = phone
        self.number = number
        self.instance = instance
        self.startedAt = startedAt
    }
}

/// One row of a list that could not be taken in.
public struct RejectRow: Hashable, Sendable {
    /// The file it stood in.
    public var file: String
    /// The line it began on, from 1.
    public var line: Int
    /// The row byte for byte, without its line end.
    public var raw: [UInt8]
    /// Its cells, one for each of the report's own columns.
    public var own: [String]
    /// The stable code of the reason, such as `phone_too_short`.
    public var reason: String
    /// One sentence with the remedy.
    public var suggestion: String

    /// A rejected row.
    public init(file: String, line: Int, raw: [UInt8], own: [String], reason: String, suggestion: String) {
        self.file = file
        self.line = line
        self.raw = raw
        self.own = own
        self.reason = reason
        self.suggestion = suggestion
    }
}

/// A campaign in figures.
public struct CampaignSummary: Hashable, Sendable {
    /// The campaign's name.
    public var campaign: String
    /// Contacts by state.
    public var counts: StateCounts
    /// Contacts by state and reason, the most frequent first.
    public var reasons: [ReasonCount]
    /// Attempts by how they ended; those without a result are not among them.
    public var outcomes: [AttemptOutcome: Int]
    /// The error texts of attempts, the most frequent first.
    public var errors: [ErrorCount]
    /// Rows that were rejected at import.
    public var rejectedRows: Int
    /// Rows that named a number which the campaign already had.
    public var duplicateRows: Int
    /// When the first attempt started; nil when there was none.
    public var firstAttemptAt: Timestamp?
    /// When the last attempt started; nil when there was none.
    public var lastAttemptAt: Timestamp?

    /// A campaign in which nothing has happened; set what has.
    public init(campaign: String, counts: StateCounts) {
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
public struct ReasonCount: Hashable, Sendable {
    /// The state.
    public var state: CallState
    /// The reason; the empty string where the state needs none.
    public var reason: String
    /// The number of contacts.
    public var contacts: Int

    /// A count.
    public init(state: CallState, reason: String, contacts: Int) {
        self.state = state
        self.reason = reason
        self.contacts = contacts
    }
}

/// How many attempts ended with the same error text.
public struct ErrorCount: Hashable, Sendable {
    /// The text, as Z-API wrote it.
    public var error: String
    /// The number of attempts.
    public var attempts: Int

    /// A count.
    public init(error: String, attempts: Int) {
        self.error = error
        self.attempts = attempts
    }
}
