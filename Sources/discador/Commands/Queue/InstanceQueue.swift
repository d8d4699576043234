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
        var otherOwner: Phrase {
            guard let owner, isOurCall else { return .notOurCall }
            return Phrase("a call of campaign \(owner.campaign)", "uma ligação da campanha \(owner.campaign)")
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

    var lines: [Phrase] {
        let beginning = Phrase(verbatim: "\(instance): ") + state + Phrase(verbatim: "; ")
        switch items {
        case .success(let items):
            let count =
                items.isEmpty
                ? Phrase("its queue is empty.", "a fila está vazia.")
                : Phrase.itemsWaiting(items.count) + Phrase(verbatim: ":")
            return [beginning + count] + items.map(Self.line)
        case .failure(let error):
            return [
                beginning + Phrase("its queue cannot be read: ", "não foi possível ler a fila: ") + error.phrase
                    + Phrase(verbatim: ".")
            ]
        }
    }

    private var state: Phrase {
        switch health {
        case .connected:
            Phrase("connected, so items are sent as they arrive", "conectada, portanto os itens saem assim que chegam")
        case .disconnected(let why):
            Phrase("disconnected (", "desconectada (") + Phrase(recorded: why)
                + Phrase(
                    "), its queue is sent automatically when it reconnects",
                    "), a fila sai sozinha quando ela reconectar")
        case .misconfigured(let why):
            Phrase("misconfigured (", "mal configurada (") + Phrase(recorded: why) + Phrase(verbatim: ")")
        case .unreachable(let why):
            Phrase("unreachable (", "inalcançável (") + Phrase(recorded: why) + Phrase(verbatim: ")")
        }
    }

    private static func line(_ item: Item) -> Phrase {
        let parts = [
            item.call.phone.map { Phrase(verbatim: $0.text) } ?? Phrase("no phone", "sem telefone"),
            item.call.createdAt.map { Phrase("since ", "desde ") + Phrase(verbatim: TimeText.iso($0)) }
                ?? Phrase("since an unknown time", "não se sabe desde quando"),
            Phrase(verbatim: "zaapId \(item.call.shownId)"),
            item.owner.map { Phrase(verbatim: "\($0.campaign): \($0.own.joined(separator: " | "))") } ?? item.what,
        ]
        return Phrase(verbatim: "  ") + parts.joined(separator: "  ")
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
    fileprivate var what: Phrase {
        switch call.kind {
        case .call(let seconds):
            Phrase(
                "a call of \(seconds) s, unknown to this database",
                "uma ligação de \(seconds) s que este banco de dados não conhece")
        case .message: Phrase("a message from another program", "uma mensagem de outro programa")
        case .unknown: .notOurCall
        }
    }
}

extension Phrase {
    /// Of an item in the provider queue.
    static let notOurCall = Phrase("not a call of this database", "algo que não é uma ligação deste banco de dados")
}
