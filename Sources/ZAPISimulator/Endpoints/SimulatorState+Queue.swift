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

        /// The documentation shows no calls in the queue: `CallDuration` is a guess, which the scenario can leave out.
        ///
        /// - Parameter leakedToken: the instance's token, which is then part of the id of a message.
        init(_ item: HeldItem, showsCalls: Bool, leakedToken: String?) {
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
            if isMessage, let leakedToken { zaapId = "\(zaapId.prefix(4))-\(leakedToken)" }
        }
    }

    /// `POST queue` (Z-API docs, queue page, read 2026): a page of the items waiting for the phone to reconnect.
    func queuePage(_ body: Data, of route: Route) -> SimulatorResponse {
        guard let request = try? JSONDecoder().decode(PageRequest.self, from: body) else {
            return .error(400, "The body must be a JSON object with pageSize and pagingState")
        }
        let size = request.pageSize ?? InstanceQueue.largestPage
        guard (1...InstanceQueue.largestPage).contains(size) else {
            return .error(400, "pageSize must be from 1 to \(InstanceQueue.largestPage)")
        }
        guard let position = Int(request.pagingState ?? "0", radix: 16), position >= 0 else {
            return .error(400, "pagingState does not belong to this queue")
        }
        let page = instances[route.instance]?.queue.page(after: position, size: size) ?? (items: [], next: nil)
        let leakedToken = scenario.tokenForm?.written(route.token)
        let messages = page.items.map { Message($0, showsCalls: scenario.queueShowsCalls, leakedToken: leakedToken) }
        let pagingState = page.next.map { String($0, radix: 16) }
        return .json(Page(messages: messages, pagingState: pagingState, hasMore: page.next != nil))
    }

    /// `DELETE queue/{zaapId}` (Z-API docs, queue page, read 2026): that call will never ring.
    mutating func removeFromQueue(_ zaapId: String, _ received: LedgerEntry) -> Exchange {
        guard let name = received.instance, instances[name]?.queue.remove(zaapId: zaapId) == true else {
            return Exchange(.error(404, "Message not found in the queue"), received)
        }
        var entry = received
        entry.zaapId = zaapId
        return Exchange(.json(["value": true]), entry)
    }
}
