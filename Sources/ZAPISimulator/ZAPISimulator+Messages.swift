import NIOConcurrencyHelpers

extension ZAPISimulator {
    /// Has a person write to an instance, whether or not they were called: its webhook is sent, where it has an
    /// address.
    package func receive(_ text: String, from phone: String, to instance: String) {
        let now = configuration.wallClock()
        let plan = state.withLockedValue { $0.message(text, from: phone, to: instance, at: now) }
        if let plan { tell(plan) }
    }
}

extension SimulatorState {
    fileprivate mutating func message(
        _ text: String, from phone: String, to instance: String, at now: Int64
    ) -> WebhookPlan? {
        guard instances[instance]?.settings.hasAddress == true else { return nil }
        let ids = messageIdentifiers.next()
        let story = CallStory(
            instance: instance,
            phone: phone,
            lid: lid(of: phone),
            ids: ids,
            callDuration: CallRequest.defaultDuration,
            hasContract: scenario.callsContract,
            at: now,
            number: 0
        )
        let plan = WebhookPlan(instance: instance, webhooks: [story.message(text)])
        return faults.applied(to: plan, of: ids.zaapId)
    }
}
