/// What a reply to `send-call`, or the lack of one, means for the call.
package enum Verdict: Hashable, Sendable {
    /// Z-API has queued the call.
    case accepted(CallReceipt)
    /// The request may have reached Z-API, and what happened to it is unknown.
    case inDoubt(DoubtReason)
    /// No byte of the request left this machine.
    case notSent
    /// The request was held back right before it was sent (``SendGuard``), so Z-API cannot have acted on it.
    case heldBack
    /// Z-API asks to try again later; `retryAfter` is nil when it does not say when.
    case throttled(retryAfter: Duration?)
    /// Z-API refuses this request permanently.
    case refused
    /// Z-API refuses every request of this instance: because of the subscription, token, address list, verb or content
    /// type.
    case misconfigured
    /// The instance is not connected to WhatsApp, so Z-API refuses its calls.
    case disconnected

    /// The word for an attempt that ended this way, as stored in databases and shown in reports.
    package var outcome: AttemptOutcome {
        switch self {
        case .accepted: .accepted
        case .inDoubt: .inDoubt
        case .notSent, .heldBack: .notSent
        case .throttled: .throttled
        case .refused: .refused
        case .misconfigured, .disconnected: .misconfigured
        }
    }
}

/// How one attempt ended. The words are stored in the database and shown in the report of attempts.
package enum AttemptOutcome: String, CaseIterable, Sendable, Codable {
    /// Z-API has queued the call.
    case accepted
    /// Whether the phone rang is unknown.
    case inDoubt = "in_doubt"
    /// The request never left.
    case notSent = "not_sent"
    /// Z-API asked to slow down.
    case throttled
    /// Z-API refused the request permanently.
    case refused
    /// Z-API refused the instance, regardless of the contact.
    case misconfigured
    /// Z-API had an internal error. Nothing is judged so today: such a reply may come after the phone has rung, so it
    /// is a doubt.
    case serverError = "server_error"

    /// Whether the call certainly was not placed, so that it does not count toward an instance's limits.
    package var isNotPlaced: Bool {
        switch self {
        case .notSent, .throttled, .misconfigured: true
        case .accepted, .inDoubt, .refused, .serverError: false
        }
    }
}

/// The two ids that Z-API gives to a call it has queued (`send-call`, response 200); at least one of them is present.
package struct CallReceipt: Hashable, Sendable, Codable {
    /// The id at Z-API; nil when the reply had only the other one.
    package var zaapId: String?
    /// The id at WhatsApp, by which webhooks identify the call; nil when the reply had none.
    package var messageId: String?

    package init(zaapId: String?, messageId: String?) {
        self.zaapId = zaapId
        self.messageId = messageId
    }
}
