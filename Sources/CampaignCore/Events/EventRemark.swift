/// Why an event has changed nothing, or less than it says. The words are stored with the event.
package enum EventRemark: String, CaseIterable, Sendable, Codable {
    /// A failure of a call that certainly went out.
    case failedAfterDelivery = "failed_after_delivery"
    /// The call went out although a failure had been reported.
    case deliveredAfterFailure = "delivered_after_failure"
    /// Another failure had been reported for the same call.
    case otherFailure = "other_failure"
    /// Another answer had been reported for the same call; that somebody answered counts.
    case otherAnswer = "other_answer"
    /// The call ended; that alone does not say whether somebody answered.
    case ended
    /// It may be about our own call, or about one that the person made just then.
    case ambiguous
    /// More than one call may be meant.
    case severalCalls = "several_calls"
    /// No call fits.
    case noCall = "no_call"
    /// A delivery event without an id: it does not say what was delivered.
    case noId = "no_id"
    /// It may be about a call in doubt, or about a message of another program to the same person.
    case callOrMessage = "call_or_message"
    /// The campaign or a person has moved the contact on since; only the call itself has changed.
    case movedOn = "moved_on"
    /// It could not be applied: a defect of this program or of the database.
    case notApplied = "not_applied"
}
