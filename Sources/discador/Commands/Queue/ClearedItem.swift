import CampaignCore
import CampaignStore

/// What happened to an item that was to be removed from the provider queue.
struct ClearedItem {
    enum Fate: Equatable {
        /// It certainly was not sent; its contact may be dialed again.
        case ready
        /// It certainly was not sent; its contact is excluded. The text says why.
        case excluded(Phrase)
        /// It was not touched: it is not ours to remove, or not this campaign's. The text says whose it is.
        case leftAlone(Phrase)
        /// It is gone, but may have been sent: its contact is not changed.
        case unconfirmed(Phrase)
        /// It is still there, or may be: its contact is not changed.
        case kept(Phrase)
    }

    var instance: String
    var item: InstanceQueue.Item
    var fate: Fate

    /// Whether nobody needs to look into it.
    var isDone: Bool {
        switch fate {
        case .ready, .excluded, .leftAlone: true
        case .unconfirmed, .kept: false
        }
    }

    /// Whether it is no longer there.
    var isCleared: Bool {
        switch fate {
        case .ready, .excluded: true
        case .leftAlone, .unconfirmed, .kept: false
        }
    }

    /// One line of text; nil when the total says enough.
    var line: Phrase? {
        let name =
            (item.call.phone.map { Phrase(verbatim: $0.text) }
                ?? Phrase("an item without a phone", "um item sem telefone"))
            + Phrase(verbatim: " (zaapId \(item.call.shownId))")
        switch fate {
        case .ready: return nil
        case .leftAlone(let whose):
            return name + Phrase(" was left alone: it is ", " foi deixado como estava: é ") + whose
                + Phrase(verbatim: ".")
        case .excluded(let why):
            return name + Phrase(" was removed; its contact is ", " foi tirado da fila; o contato ") + why
                + Phrase(verbatim: ".")
        case .unconfirmed(let why):
            return name
                + Phrase(" was removed, but it may have been sent (", " foi tirado da fila, mas talvez tenha saído (")
                + why + Self.unchanged
        case .kept(let why):
            return name + Phrase(" was not removed (", " não foi tirado da fila (") + why + Self.unchanged
        }
    }

    private static let unchanged = Phrase("): its contact was not changed.", "): o contato não mudou.")
}

extension ClearedItem: Encodable {
    private enum CodingKeys: CodingKey {
        case instance, zaapId, phone, campaign, fate, detail
    }

    func encode(to encoder: any Encoder) throws {
        let (word, detail): (String, String?) =
            switch fate {
            case .ready: ("ready", nil)
            case .excluded(let why): ("excluded", why.english)
            case .leftAlone(let whose): ("left_alone", whose.english)
            case .unconfirmed(let why): ("unconfirmed", why.english)
            case .kept(let why): ("kept", why.english)
            }
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(instance, forKey: .instance)
        try container.encode(item.call.shownId, forKey: .zaapId)
        try container.encode(item.call.phone?.text, forKey: .phone)
        try container.encode(item.owner?.campaign, forKey: .campaign)
        try container.encode(word, forKey: .fate)
        try container.encode(detail, forKey: .detail)
    }
}
