import CampaignCore
import CampaignStore

/// The contents of one instance's provider queue, and whose calls they are.
struct InstanceQueue {
    /// An item and its owner; nil when it belongs to no campaign of this database.
    struct Item {
        var call: ProviderQueueItem
        var owner: ProviderQueueItemOwner?

        /// Whether it certainly is a call placed by this database: one of its calls has this id, and the item's fields
        /// are not those of a message.
        var isOurCall: Bool { owner != nil && call.hasCallId && call.kind != .message }

        /// The owner of an item that must not be removed.
        var otherOwner: String {
            guard let owner, isOurCall else { return "not a call of this database" }
            return "a call of campaign \(owner.campaign)"
        }
    }

    /// The campaign's name for the instance.
    let instance: String
    /// The instance's index in the list that the client was created with.
    let index: Int
    let health: InstanceHealth
    let items: Result<[Item], ProviderError>

    /// All items; empty when the provider queue could not be read.
    var known: [Item] { (try? items.get()) ?? [] }

    /// The exit code when it could not be read.
    var exit: ExitStatus {
        switch items {
        case .success: .success
        case .failure(.refused): .stopped
        case .failure(.throttled), .failure(.unreachable): .unreachable
        }
    }

    // MARK: For people

    var lines: [String] {
        switch items {
        case .success(let items):
            [
                "\(instance): \(state); "
                    + (items.isEmpty ? "its queue is empty." : "\(Phrase.itemsWaiting(items.count).english):")
            ]
                + items.map(Self.line)
        case .failure(let error):
            ["\(instance): \(state); its queue cannot be read: \(error)."]
        }
    }

    private var state: String {
        switch health {
        case .connected: "connected, so items are sent as they arrive"
        case .disconnected(let why): "disconnected (\(why)), its queue is sent automatically when it reconnects"
        case .misconfigured(let why): "misconfigured (\(why))"
        case .unreachable(let why): "unreachable (\(why))"
        }
    }

    private static func line(_ item: Item) -> String {
        let parts = [
            item.call.phone?.text ?? "no phone",
            item.call.createdAt.map { "since \(TimeText.iso($0))" } ?? "since an unknown time",
            "zaapId \(item.call.shownId)",
            item.owner.map { "\($0.campaign): \($0.own.joined(separator: " | "))" } ?? item.what,
        ]
        return "  " + parts.joined(separator: "  ")
    }
}

extension InstanceQueue: Encodable {
    private enum CodingKeys: CodingKey {
        case instance, connection, detail, error, items
    }

    private struct Entry: Encodable {
        var zaapId: String
        var messageId, phone, since, campaign: String?
        var contact: [String]?

        init(_ item: Item) {
            zaapId = item.call.shownId
            messageId = item.call.messageId
            phone = item.call.phone?.text
            since = item.call.createdAt.map { $0.json() }
            campaign = item.owner?.campaign
            contact = item.owner?.own
        }
    }

    func encode(to encoder: any Encoder) throws {
        let (connection, detail): (String, String?) =
            switch health {
            case .connected: ("connected", nil)
            case .disconnected(let why): ("disconnected", why)
            case .misconfigured(let why): ("misconfigured", why)
            case .unreachable(let why): ("unreachable", why)
            }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(instance, forKey: .instance)
        try container.encode(connection, forKey: .connection)
        try container.encode(detail, forKey: .detail)
        switch items {
        case .success(let items): try container.encode(items.map(Entry.init), forKey: .items)
        case .failure(let error): try container.encode("\(error)", forKey: .error)
        }
    }
}

extension InstanceQueue.Item {
    /// What an item is, if it is not a known call of this database.
    fileprivate var what: String {
        switch call.kind {
        case .call(let seconds): "a call of \(seconds) s, unknown to this database"
        case .message: "a message from another program"
        case .unknown: "not a call of this database"
        }
    }
}
