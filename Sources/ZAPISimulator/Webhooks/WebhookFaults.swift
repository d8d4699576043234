/// Makes webhooks go wrong on purpose: a pure function of the seed, the shares and what the webhooks belong to.
struct WebhookFaults: Sendable {
    /// Larger than any receiver must take.
    private static let tooLarge = 300 * 1_024

    let seed: UInt64
    let rates: [WebhookFault: Double]
    let lateBy: Duration

    /// The plan with its faults.
    ///
    /// - Parameter cause: what no other plan has, such as the zaapId of its call.
    func applied(to plan: WebhookPlan, of cause: String) -> WebhookPlan {
        guard !rates.isEmpty, !plan.webhooks.isEmpty else { return plan }
        var faulty = plan
        if has(.outOfOrder, cause, 0) {
            let delays = plan.webhooks.map(\.delay)
            faulty.webhooks = zip(plan.webhooks.reversed(), delays).map { webhook, delay in
                var moved = webhook
                moved.delay = delay
                return moved.noting(.outOfOrder)
            }
        }
        faulty.webhooks = faulty.webhooks.enumerated().flatMap { applied(to: $0.element, cause, $0.offset) }
        // Sorting is stable: those that are due at the same time keep their order.
        faulty.webhooks.sort { $0.delay < $1.delay }
        if has(.beforeReply, cause, 0), let first = faulty.webhooks.first, plan.webhooks[0].zaapId != nil {
            faulty.startsBeforeReply = true
            faulty.webhooks[0] = first.noting(.beforeReply)
            faulty.webhooks[0].delay = .zero
        }
        return faulty
    }

    /// What is sent for one webhook: the webhook, unless it is lost, after those that are sent before it.
    private func applied(to webhook: PlannedWebhook, _ cause: String, _ index: Int) -> [PlannedWebhook] {
        var sent = webhook
        if has(.lidOnly, cause, index), let lid = webhook.lid, webhook.body.phone != nil {
            sent.body.phone = lid
            sent = sent.noting(.lidOnly)
        }
        if has(.secondsTime, cause, index) {
            sent.momentForm = .seconds
            sent = sent.noting(.secondsTime)
        }
        if has(.textTime, cause, index) {
            sent.momentForm = .text
            sent = sent.noting(.textTime)
        }
        if has(.late, cause, index) {
            sent.delay += lateBy
            sent = sent.noting(.late)
        }
        if has(.duplicate, cause, index) {
            sent.copies = 2
            sent = sent.noting(.duplicate)
        }
        let others = [
            has(.unknownKind, cause, index) ? unknown(beside: sent) : nil,
            has(.tooLarge, cause, index) ? large(beside: sent) : nil,
            has(.wrongInstance, cause, index) ? foreign(sent) : nil,
        ]
        return others.compactMap(\.self) + (has(.lost, cause, index) ? [] : [sent])
    }

    private func unknown(beside webhook: PlannedWebhook) -> PlannedWebhook {
        var other = webhook
        other.kind = .received
        other.body = WebhookBody(WebhookContent.unknownType, instance: webhook.body.instanceId)
        other.body.phone = webhook.body.phone
        return other.alone(.unknownKind)
    }

    private func large(beside webhook: PlannedWebhook) -> PlannedWebhook {
        var other = webhook
        other.kind = .received
        other.body = WebhookBody("ReceivedCallback", instance: webhook.body.instanceId)
        other.body.phone = webhook.body.phone
        other.body.fromMe = false
        other.body.text = WebhookBody.Text(message: String(repeating: "blá ", count: Self.tooLarge / 5))
        return other.alone(.tooLarge)
    }

    private func foreign(_ webhook: PlannedWebhook) -> PlannedWebhook {
        var other = webhook
        other.body.instanceId = "SOMEBODY-ELSES"
        return other.alone(.wrongInstance)
    }

    private func has(_ fault: WebhookFault, _ cause: String, _ index: Int) -> Bool {
        guard let rate = rates[fault] else { return false }
        return SplitMix64.share(seed: seed, "\(cause)/\(fault.rawValue)", index) < rate
    }
}

extension PlannedWebhook {
    /// The ledger has room for one fault: the last.
    fileprivate func noting(_ fault: WebhookFault) -> PlannedWebhook {
        var noted = self
        noted.fault = fault
        return noted
    }

    /// Sent once, with this fault alone.
    fileprivate func alone(_ fault: WebhookFault) -> PlannedWebhook {
        var noted = noting(fault)
        noted.copies = 1
        return noted
    }
}
