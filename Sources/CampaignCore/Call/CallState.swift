/// The state of a contact in its campaign. The words must not change: they are stored in the database and shown in
/// every report.
///
/// `ready → dialing → accepted | failed | in_doubt | ready (retry, later)`, and `excluded` from `ready`. The states of
/// all contacts of a campaign always add up to the contacts imported.
package enum CallState: String, CaseIterable, Sendable, Codable {
    /// May be dialed once its due time has passed. Ends with a claim or an exclusion.
    case ready
    /// The intent is on disk and the request may be on its way. Ends with the result, or becomes `in_doubt` at the next
    /// start.
    case dialing
    /// Z-API answered with an id: it has queued the call. Webhooks add its delivery.
    case accepted
    /// A definite refusal, or the attempts are used up. Only a person can requeue it (`discador retry`).
    case failed
    /// It may have rung, and that cannot be determined from here. Never dialed again automatically.
    case inDoubt = "in_doubt"
    /// Will not be dialed; the reason is an ``ExclusionReason``.
    case excluded
}

/// Why a contact will not be dialed. The words are stored in the database and shown in every report.
package enum ExclusionReason: String, CaseIterable, Sendable, Codable {
    /// The number is on the do-not-call list.
    case doNotCall = "do_not_call"
    /// Z-API says that the number has no WhatsApp account.
    case noWhatsApp = "no_whatsapp"
    /// Another contact of the campaign is called on this number, one of several in its row.
    case sameWhatsApp = "same_whatsapp"
    /// The person has been called as another contact of the campaign.
    case samePerson = "same_person"
    /// The campaign was cancelled before its turn came.
    case cancelled
    /// The campaign's `expires` passed before its turn came.
    case expired
    /// It was in an earlier version of a list, and in no list when that version was replaced (`import --replace`).
    case notListed = "not_listed"
    /// The person sent a reply that may be an opt-out; it waits for a decision (`discador replies`).
    case held
    /// The person has not answered as often in a row as the campaign allows (`perPerson: {unansweredInARow: …}`).
    case unanswered
}

/// Why a call ended as `failed`. The last seven come from Z-API's delivery events (``DeliveryFailure``).
package enum FailureReason: String, CaseIterable, Sendable, Codable {
    /// Z-API refused this request.
    case refused
    /// Every allowed attempt was made and answered with a server error. Occurs only in databases of versions that
    /// treated a 5xx as a refusal.
    case attemptsUsedUp = "attempts_used_up"
    /// Z-API throttled it ``CallDecision/maxThrottlesInARow`` times in a row.
    case throttledTooOften = "throttled_too_often"
    /// The number has no WhatsApp account.
    case noWhatsApp = "no_whatsapp"
    /// Z-API accepted the call and never queued it, so it certainly did not ring.
    case notQueued = "not_queued"
    /// WhatsApp did not let the instance call this person.
    case rejectedByWhatsApp = "rejected_by_whatsapp"
    /// WhatsApp restricts the instance for a time.
    case shadowBan = "shadow_ban"
    /// The audio's address does not lead to an audio.
    case badAudio = "bad_audio"
    /// Z-API did not accept the request after all.
    case badRequest = "bad_request"
    /// Z-API gave a reason that is not known here; its text is kept.
    case other
}

/// Why it is unknown whether the phone rang.
package enum DoubtReason: String, CaseIterable, Sendable, Codable {
    /// Z-API answered 200, but no id could be read from the reply.
    case unreadableReply = "unreadable_reply"
    /// The connection broke, or the time ran out, after the request may have left.
    case noReply = "no_reply"
    /// Z-API or a gateway in front of it answered with a server error; how far the request got is unknown.
    case gatewayError = "gateway_error"
    /// The program ended between the intent and the result.
    case interrupted
    /// Z-API accepted the call and does not know whether it went out.
    case deliveryUnknown = "delivery_unknown"
}
