/// A webhook to come.
struct PlannedWebhook: Sendable {
    /// How `momment` is written.
    enum MomentForm: Sendable {
        case milliseconds, seconds, text
    }

    var kind: WebhookKind
    var body: WebhookBody
    /// How long after its cause it is due, before the scenario's time scale.
    var delay: Duration
    /// The call that it belongs to.
    var zaapId: String?
    /// The number of that call, also where the body has only an `@lid`.
    var phone: String?
    /// The other name of that number.
    var lid: String?
    /// How many are sent at the same time.
    var copies = 1
    var momentForm = MomentForm.milliseconds
    var fault: WebhookFault?

    /// The body as it is sent at `now`, in milliseconds since 1970.
    func body(at now: Int64) -> WebhookBody {
        var sent = body
        sent.momment =
            switch momentForm {
            case .milliseconds: .number(now)
            case .seconds: .number(now / 1_000)
            case .text: .text("\(now)")
            }
        return sent
    }
}

/// The webhooks of one cause, in the order in which they are due.
struct WebhookPlan: Sendable {
    var instance: String
    var webhooks: [PlannedWebhook]
    /// Whether the first one is sent before the reply to its send-call.
    var startsBeforeReply = false
    /// Finished when the first one has been sent, or is given up.
    var firstIsSent: AsyncStream<Never>.Continuation?

    init(instance: String, webhooks: [PlannedWebhook] = []) {
        self.instance = instance
        self.webhooks = webhooks
    }
}
