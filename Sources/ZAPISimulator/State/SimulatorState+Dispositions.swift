extension SimulatorState {
    /// Rings the phone of a call, unless its disposition says that it never rings, and notes it in its entry.
    ///
    /// - Returns: what the webhooks tell; nil when the instance's webhooks have no address, and every call rings.
    mutating func ring(_ entry: inout LedgerEntry) -> WebhookPlan? {
        guard let name = entry.instance, let instance = instances[name], instance.settings.hasAddress,
            let phone = entry.phone, let zaapId = entry.zaapId, let messageId = entry.messageId
        else {
            entry.rang = true
            return nil
        }
        let told = toldByPhone[phone, default: 0]
        toldByPhone[phone] = told + 1
        // Only accounts with the calls contract may play something.
        let isUnavailable = entry.callAudioUrl != nil && !scenario.callsContract
        let disposition = isUnavailable ? .deliveryCallsUnavailable : disposition(of: phone, call: told)
        entry.disposition = disposition
        entry.rang = disposition.rings
        calls += 1
        let story = CallStory(
            instance: name,
            phone: phone,
            lid: lid(of: phone),
            ids: CallIdentifiers(zaapId: zaapId, messageId: messageId),
            callDuration: entry.callDuration ?? CallRequest.defaultDuration,
            hasContract: scenario.callsContract,
            at: entry.at,
            number: calls
        )
        let plan = WebhookPlan(instance: name, webhooks: story.webhooks(disposition, isFirst: told == 0))
        return faults.applied(to: plan, of: zaapId)
    }

    /// What becomes of call number `call` (0 is the first) to `phone`.
    private func disposition(of phone: String, call: Int) -> Disposition {
        // Its own numbers, so that the dispositions do not depend on the behaviors.
        let share = SplitMix64.share(seed: ~scenario.seed, phone, call)
        return dispositions.value(at: share) ?? Disposition.chosenByDigits(of: phone)
    }
}
