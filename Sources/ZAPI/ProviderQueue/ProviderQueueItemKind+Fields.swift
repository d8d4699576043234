import CampaignCore

/// A key in any case.
struct AnyName: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension ProviderQueueItemKind {
    /// How the names of fields with the content of a message begin. From the documentation of what Z-API sends (pages
    /// on messages and queue, read 2026); the queue page itself shows only `Message`.
    private static let content = [
        "message", "text", "caption", "title", "image", "sticker", "gif", "audio", "video", "ptv", "document", "file",
        "link", "button", "option", "list", "carousel", "contact", "vcard", "location", "latitude", "address", "poll",
        "reaction", "product", "catalog", "order", "payment", "pix", "event", "url", "media", "body", "content",
    ]
    /// How long the phone rings, as given to `send-call` (send-call page, read 2026).
    private static let duration = "callduration"

    /// What an item is, by its fields: the one table.
    ///
    /// | fields | kind |
    /// |---|---|
    /// | one with the content of a message, not empty | message, with any other fields |
    /// | `CallDuration`, 1…15 | call |
    /// | anything else | unknown |
    init(_ item: KeyedDecodingContainer<AnyName>) {
        var seconds: Int?
        for key in item.allKeys {
            let name = key.stringValue.lowercased().filter { $0 != "_" && $0 != "-" }
            if name == Self.duration {
                let number = try? item.decode(Int.self, forKey: key)
                seconds = number ?? (try? item.decode(String.self, forKey: key)).flatMap { Int($0) }
            } else if Self.isContent(name), !Self.isEmpty(item, key) {
                self = .message
                return
            }
        }
        guard let seconds, 1...15 ~= seconds else {
            self = .unknown
            return
        }
        self = .call(seconds: seconds)
    }

    /// Ids only identify things, and every item has a `MessageId`.
    private static func isContent(_ name: String) -> Bool {
        !name.hasSuffix("id") && content.contains { name.hasPrefix($0) }
    }

    /// Numbers and Booleans are settings, such as a delay: no message consists of them.
    private static func isEmpty(_ item: KeyedDecodingContainer<AnyName>, _ key: AnyName) -> Bool {
        if let text = try? item.decode(String.self, forKey: key) { return text.allSatisfy(\.isWhitespace) }
        if let fields = try? item.nestedContainer(keyedBy: AnyName.self, forKey: key) { return fields.allKeys.isEmpty }
        if let list = try? item.nestedUnkeyedContainer(forKey: key) { return list.count == 0 }
        return true
    }
}
