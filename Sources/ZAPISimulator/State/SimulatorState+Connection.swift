extension SimulatorState {
    /// Sends a text message of another program: it is held while the phone is disconnected, otherwise it goes out
    /// immediately. Nothing rings, and the ledger gets no entry for it.
    mutating func send(_ message: Scenario.Message, at now: Int64) {
        guard let instance = instances[message.instance], !instance.isConnected, !instance.queue.isFull else { return }
        let held = HeldMessage(
            identifiers: messageIdentifiers.next(), phone: message.phone, text: message.text, created: now)
        instances[message.instance]?.queue.hold(.message(held))
    }

    /// Disconnects the phone of `instance`; what is sent now is held. Returns the number of this disconnection.
    mutating func disconnect(_ instance: String) -> Int {
        instances[instance, default: Instance()].isConnected = false
        instances[instance, default: Instance()].disconnections += 1
        return instances[instance]?.disconnections ?? 0
    }

    /// Reconnects the phone of `instance`: **all held calls ring at the same time**, as the documentation says.
    ///
    /// Does nothing when `disconnection` is given and is not the latest one. Returns how many rang. Throws when the
    /// ledger cannot be written; then nothing rang and the instance stays disconnected.
    mutating func connect(_ name: String, endOf disconnection: Int? = nil, at now: Int64) throws -> Int {
        guard var instance = instances[name], !instance.isConnected else { return 0 }
        guard disconnection == nil || disconnection == instance.disconnections else { return 0 }
        let entries = instance.queue.calls.map { call in
            var entry = LedgerEntry(at: now, instance: name, method: nil, endpoint: "ring")
            entry.phone = call.phone
            entry.callDuration = call.callDuration
            entry.behavior = call.behavior
            entry.rang = true
            entry.zaapId = call.identifiers.zaapId
            entry.messageId = call.identifiers.messageId
            return entry
        }
        try ledger.append(entries)
        instance.queue.removeAll()
        instance.isConnected = true
        instances[name] = instance
        return entries.count
    }
}
