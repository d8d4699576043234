import Foundation

extension SimulatorState {
    private struct PageRequest: Decodable {
        var pageSize: Int?
        var pagingState: String?
    }

    private struct Page: Encodable {
        var messages: [Message]
        var pagingState: String?
        var hasMore: Bool

        enum CodingKeys: CodingKey {
            case messages, pagingState, hasMore
        }

        func encode(to encoder: any Encoder) throws {
            var keys = encoder.container(keyedBy: CodingKeys.self)
            try keys.encode(messages, forKey: .messages)
            try keys.encode(pagingState, forKey: .pagingState)
            try keys.encode(hasMore, forKey: .hasMore)
        }
    }

    private struct Message: Encodable {
        var id: String
        var zaapId: String
        var messageId: String
        var phone: String
        var created: Int64
        var callDuration: Int?
        var text: String?

        enum CodingKeys: String, CodingKey {
            case id = "_id"
            case zaapId = "ZaapId"
            case messageId = "MessageId"
            case phone = "Phone"
            case created = "Created"
            case callDuration = "CallDuration"
            case text = "Message"
        }

        /// The documentation shows no call in the queue: `CallDuration` is a guess, which the scenario can leave out.
        ///
        /// - Parameter told: the instance's token, which then stands in the id of a message.
        init(_ item: HeldItem, showsCalls: Bool, told: String?) {
            let identifiers: CallIdentifiers
            switch item {
            case .call(let call):
                (identifiers, phone, created) = (call.identifiers, call.phone, call.created)
                if showsCalls { callDuration = call.callDuration }
            case .message(let message):
                (identifiers, phone, created) = (message.identifiers, message.phone, message.created)
                text = message.text
            }
            let isMessage = text != nil
            (zaapId, messageId) = (identifiers.zaapId, identifiers.messageId)
            id = zaapId.prefix(24).lowercased()
            if isMessage, let told { zaapId = "\(zaapId.prefix(4))-\(told)" }
        }
    }

    /// `POST queue` (Z-API docs, queue page, read 2026): a page of the items that wait for the phone to come back.
    func queuePage(_ body: Data, of route: Route) -> Answer {
        guard let wanted = try? JSONDecoder().decode(PageRequest.self, from: body) else {
            return .error(400, "The body must be a JSON object with pageSize and pagingState")
        }
        let size = wanted.pageSize ?? HeldCalls.largestPage
        guard (1...HeldCalls.largestPage).contains(size) else {
            return .error(400, "pageSize must be from 1 to \(HeldCalls.largestPage)")
        }
        guard let position = Int(wanted.pagingState ?? "0", radix: 16), position >= 0 else {
            return .error(400, "pagingState is not one that this queue gave")
        }
        let page = instances[route.instance]?.held.page(after: position, size: size) ?? (items: [], next: nil)
        let told = scenario.tokenForm?.written(route.token)
        let messages = page.items.map { Message($0, showsCalls: scenario.queueShowsCalls, told: told) }
        let pagingState = page.next.map { String($0, radix: 16) }
        return .json(Page(messages: messages, pagingState: pagingState, hasMore: page.next != nil))
    }

    /// `DELETE queue/{zaapId}` (Z-API docs, queue page, read 2026): that call will never ring.
    mutating func removeFromQueue(_ zaapId: String, _ received: LedgerEntry) -> Exchange {
        guard let name = received.instance, instances[name]?.held.remove(zaapId: zaapId) == true else {
            return Exchange(.error(404, "Message not found in the queue"), received)
        }
        var entry = received
        entry.zaapId = zaapId
        return Exchange(.json(["value": true]), entry)
    }

    /// Another program sends a text message, which is held while the phone is away and else goes out at once: nothing
    /// rings, and the ledger has no line of it.
    mutating func send(_ message: Scenario.Message, at now: Int64) {
        guard let instance = instances[message.instance], !instance.isConnected, !instance.held.isFull else { return }
        let held = HeldMessage(
            identifiers: messageIdentifiers.next(), phone: message.phone, text: message.text, created: now)
        instances[message.instance]?.held.hold(.message(held))
    }

    /// Takes the phone of `instance` away; what is sent now is held. Returns the number of this disconnection.
    mutating func disconnect(_ instance: String) -> Int {
        instances[instance, default: Instance()].isConnected = false
        instances[instance, default: Instance()].disconnections += 1
        return instances[instance]?.disconnections ?? 0
    }

    /// Brings the phone of `instance` back: **everything held rings at once**, as the documentation says it does.
    ///
    /// Does nothing when `disconnection` is given and is not the latest one. Returns how many rang. Throws when the
    /// ledger cannot be written; then nothing rang and the instance stays disconnected.
    mutating func connect(_ name: String, endOf disconnection: Int? = nil, at now: Int64) throws -> Int {
        guard var instance = instances[name], !instance.isConnected else { return 0 }
        guard disconnection == nil || disconnection == instance.disconnections else { return 0 }
        let entries = instance.held.calls.map { call in
            var entry = LedgerEntry(at: now, instance: name, method: nil, endpoint: "ring")
            entry.phone = call.phone
            entry.callDuration = call.callDuration
            entry.behaviour = call.behaviour
            entry.rang = true
            entry.zaapId = call.identifiers.zaapId
            entry.messageId = call.identifiers.messageId
            return entry
        }
        try ledger.append(entries)
        instance.held.removeAll()
        instance.isConnected = true
        instances[name] = instance
        return entries.count
    }
}
