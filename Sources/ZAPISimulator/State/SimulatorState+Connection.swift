extension SimulatorState {
    /// Sends a text message of another program: it is held while the phone is disconnected, otherwise it goes out
    /// immediately. Nothing rings, and the ledger gets no entry for it.
    mutating func send(_ message: Scenario.Message, at now: Int64) {
        guard let instance = instances[message.instance], !instance.isConnected, !instance.queue.isFull else { return }
        let held = HeldMessage(
            identifiers: messageIdentifiers.next(), phone: message.phone, text: message.text, created: now)
        instances[message.instance]?.queue.hold(.message(held))
    }

    /// Disconnects the phone of `instance`; what is sent now is held, or refused. Returns the number of this
    /// disconnection.
    mutating func disconnect(_ instance: String) -> Int {
        instances[instance, default: Instance()].isConnected = false
        instances[instance, default: Instance()].disconnections += 1
        return instances[instance]?.disconnections ?? 0
    }

    /// What the webhooks tell about disconnection number `number`.
    func disconnectionPlan(of instance: String, _ number: Int) -> WebhookPlan {
        var body = WebhookBody("DisconnectedCallback", instance: instance)
        (body.disconnected, body.error) = (true, "Device has been disconnected")
        return connectionPlan(of: instance, number, .disconnected, body)
    }

    private func connectionPlan(
        of instance: String, _ number: Int, _ kind: WebhookKind, _ body: WebhookBody
    ) -> WebhookPlan {
        let webhook = PlannedWebhook(kind: kind, body: body, delay: .zero)
        let plan = WebhookPlan(instance: instance, webhooks: [webhook])
        return faults.applied(to: plan, of: "\(instance)/\(number)/\(kind.rawValue)")
    }

    /// What a reconnection has caused.
    struct Reconnected: Sendable {
        /// How many phones rang.
        var rings = 0
        var plans: [WebhookPlan] = []
    }

    /// Reconnects the phone of `instance`: **all held calls ring at the same time**, as the documentation says.
    ///
    /// Does nothing when `disconnection` is given and is not the latest one. Throws when the
    /// ledger cannot be written; then nothing rang and the instance stays disconnected.
    mutating func connect(_ name: String, endOf disconnection: Int? = nil, at now: Int64) throws -> Reconnected {
        guard let instance = instances[name], !instance.isConnected else { return Reconnected() }
        guard disconnection == nil || disconnection == instance.disconnections else { return Reconnected() }
        var reconnected = Reconnected()
        var body = WebhookBody("ConnectedCallback", instance: name)
        (body.connected, body.phone) = (true, CallStory.connectedPhone)
        reconnected.plans.append(connectionPlan(of: name, instance.disconnections, .connected, body))
        let entries = instance.queue.calls.map { call in
            var entry = LedgerEntry(at: now, instance: name, method: nil, endpoint: "ring")
            entry.phone = call.phone
            entry.callDuration = call.callDuration
            entry.callAudioUrl = call.audioURL
            entry.behavior = call.behavior
            entry.zaapId = call.identifiers.zaapId
            entry.messageId = call.identifiers.messageId
            if let plan = ring(&entry) { reconnected.plans.append(plan) }
            if entry.rang { reconnected.rings += 1 }
            return entry
        }
        try ledger.append(entries)
        instances[name]?.queue.removeAll()
        instances[name]?.isConnected = true
        return reconnected
    }
}
