/// One contact in a report.
package struct ContactRow: Hashable, Sendable {
    /// The contact's own cells as they were written in the list, one for each of the report's own columns.
    package var own: [String]
    /// The contact's number.
    package var phone: PhoneNumber
    /// Its state.
    package var state: CallState
    /// The reason for that state; nil when the state needs none.
    package var reason: String?
    /// Attempts made, including interrupted ones.
    package var attempts: Int
    /// The last attempt; nil when there was none.
    package var last: AttemptRow?
    /// When the first attempt started; nil when there was none.
    package var firstAttemptAt: Timestamp?
    /// The delivery that webhooks have reported; nil when none has.
    package var delivery: String?
    /// The error that a webhook has reported; nil when none has.
    package var deliveryError: String?
    /// Whether the person answered the last call; nil when no webhook has said so.
    package var answer: Answer?
    /// When the last call was answered, or ended unanswered; nil when that is not known.
    package var answeredAt: Timestamp?
    /// When the person first rang us after a call; nil when they have not, as far as is known.
    package var calledBackAt: Timestamp?
    /// When they first wrote after a call; nil when they have not, as far as is known.
    package var repliedAt: Timestamp?

    /// A contact that was never attempted; set the other properties as needed.
    package init(own: [String], phone: PhoneNumber, state: CallState) {
        self.own = own
        self.phone = phone
        self.state = state
        attempts = 0
    }
}

/// One attempt in a report.
package struct AttemptRow: Hashable, Sendable {
    /// The contact's number.
    package var phone: PhoneNumber
    /// 1 for the contact's first attempt.
    package var number: Int
    /// The name of the instance that was used.
    package var instance: String
    /// When the request was about to leave; for an attempt without a result, when the intent was written.
    package var startedAt: Timestamp
    /// When its outcome was known; nil when there is none.
    package var endedAt: Timestamp?
    /// How it ended; nil when it has no result.
    package var outcome: AttemptOutcome?
    /// The HTTP status; nil when there was no reply.
    package var httpStatus: Int?
    /// Z-API's own error text, or what went wrong before Z-API could reply.
    package var error: String?
    /// Z-API's ids; nil when it returned none.
    package var receipt: CallReceipt?
    /// Milliseconds from the request's start to its outcome; nil when it has no result.
    package var latencyMilliseconds: Int?
    /// Whether the call went out to WhatsApp; nil when no webhook has said so.
    package var delivery: Delivery?
    /// Z-API's own text, if it did not go out.
    package var deliveryError: String?
    /// Since when it is known that it went out; nil when it is not.
    package var deliveredAt: Timestamp?
    /// Whether the person answered; nil when no webhook has said so.
    package var answer: Answer?
    /// When they did, or the call ended unanswered; nil when that is not known.
    package var answeredAt: Timestamp?

    /// An attempt with an intent but no result.
    package init(phone: PhoneNumber, number: Int, instance: String, startedAt: Timestamp) {
        self.phone = phone
        self.number = number
        self.instance = instance
        self.startedAt = startedAt
    }
}
