import CampaignCore
import CampaignStore

/// What happened to an item that was to be removed from the provider queue.
struct ClearedItem {
    enum Fate: Equatable {
        /// It certainly was not sent; its contact may be dialed again.
        case ready
        /// It certainly was not sent; its contact is excluded. The text says why.
        case excluded(String)
        /// It was not touched: it is not ours to remove, or not this campaign's. The text says whose it is.
        case leftAlone(String)
        /// It is gone, but may have been sent: its contact is not changed.
        case unconfirmed(String)
        /// It is still there, or may be: its contact is not changed.
        case kept(String)
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

    /// One line of text; nil when the total says enough.
    var line: String? {
        let name = "\(item.call.phone?.text ?? "an item without a phone") (zaapId \(item.call.shownId))"
        return switch fate {
        case .ready: nil
        case .leftAlone(let whose): "\(name) was left alone: it is \(whose)."
        case .excluded(let why): "\(name) was removed; its contact is \(why)."
        case .unconfirmed(let why):
            "\(name) was removed, but it may have been sent (\(why)): its contact was not changed."
        case .kept(let why): "\(name) was not removed (\(why)): its contact was not changed."
        }
    }
}

extension ClearedItem: Encodable {
    private enum CodingKeys: CodingKey {
        case instance, zaapId, phone, campaign, fate, detail
    }

    func encode(to encoder: any Encoder) throws {
        let (word, detail): (String, String?) =
            switch fate {
            case .ready: ("ready", nil)
            case .excluded(let why): ("excluded", why)
            case .leftAlone(let whose): ("left_alone", whose)
            case .unconfirmed(let why): ("unconfirmed", why)
            case .kept(let why): ("kept", why)
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
