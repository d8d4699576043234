import CampaignCore
import Foundation

/// A page of Z-API's queue: `{"messages": [{"ZaapId", "MessageId", "Phone", "Created", …}], "pagingState", "hasMore"}`
/// (queue page, read 2026).
///
/// Names are read in any case, since the documentation itself spells them in two ways. An item without a zaapId is an
/// error and is not skipped: to know that an item is gone, all of them must be seen.
struct ProviderQueuePage: Decodable {
    var items: [ProviderQueueItem]
    var pagingState: String?
    var hasMore: Bool

    private enum CodingKeys: CodingKey {
        case messages, pagingState, hasMore
    }

    init(from decoder: any Decoder) throws {
        let keys = try decoder.container(keyedBy: CodingKeys.self)
        items = try keys.decode([Item].self, forKey: .messages).map(\.item)
        pagingState = try keys.decodeIfPresent(String.self, forKey: .pagingState)
        hasMore = try keys.decodeIfPresent(Bool.self, forKey: .hasMore) ?? (pagingState != nil)
    }
}

/// One item, with the fields that are used.
private struct Item: Decodable {
    var item: ProviderQueueItem

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyName.self)
        func text(_ name: String) -> String? {
            for key in container.allKeys where key.stringValue.lowercased() == name {
                if let text = try? container.decode(String.self, forKey: key) { return text }
                if let number = try? container.decode(Int64.self, forKey: key) { return "\(number)" }
            }
            return nil
        }
        guard let zaapId = text("zaapid"), !zaapId.isEmpty else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "no zaapId"))
        }
        item = ProviderQueueItem(zaapId: zaapId)
        item.messageId = text("messageid").flatMap(CallIdentifier.id)
        item.phone = text("phone").flatMap(PhoneNumber.init(text:))
        item.createdAt = text("created").flatMap { Int64($0) }.flatMap(Timestamp.init(zapi:))
        item.kind = ProviderQueueItemKind(container)
    }
}

extension Timestamp {
    /// A time as Z-API writes it: in milliseconds, or in seconds if the number is small. Nil when it is neither.
    init?(zapi number: Int64) {
        switch number {
        case 1..<100_000_000_000: self.init(milliseconds: number * 1000)
        case 100_000_000_000..<100_000_000_000_000: self.init(milliseconds: number)
        default: return nil
        }
    }
}
