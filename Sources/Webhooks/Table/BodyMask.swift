import CampaignCore

/// Takes secrets out of bodies before they are kept: Z-API's `ProxyCallback` repeats the password of a proxy in its error
/// text.
enum BodyMask {
    private static let mask = JSON.text("***")
    /// Members whose values are hidden wherever they occur.
    private static let secrets = ["proxy", "password", "senha", "token"]
    /// Members of an event about a proxy that are kept.
    private static let kept: Set<String> = ["type", "instanceId", "momment", "moment"]

    /// The value without secrets; nil when it has none.
    static func masked(_ json: JSON) -> JSON? {
        let masked = concernsProxy(json) ? maskedEntirely(json) : maskedByName(json)
        return masked == json ? nil : masked
    }

    /// What is kept of a body that cannot be read: itself, or only its size where it may hold a secret.
    static func unreadable(_ body: [UInt8]) -> [UInt8] {
        // Escapes, and two bytes a letter, hide the word.
        let text = String(decoding: body.lazy.filter { $0 != 0 }, as: UTF8.self).lowercased()
        guard text.contains("proxy") || text.contains("\\u") || text.contains("://") && text.contains("@") else {
            return body
        }
        return Array(#"{"unreadable":true,"bytes":\#(body.count)}"#.utf8)
    }

    private static func concernsProxy(_ json: JSON) -> Bool {
        guard let type = Payload(json)?.text("type") else { return false }
        return type.lowercased().contains("proxy")
    }

    /// Hides every text and number of an event about a proxy.
    private static func maskedEntirely(_ json: JSON) -> JSON {
        guard case .object(let members) = json else { return json }
        return .object(
            members.map { member in
                kept.contains(member.name) ? member : JSON.Member(name: member.name, value: hidden(member.value))
            })
    }

    private static func maskedByName(_ json: JSON) -> JSON {
        switch json {
        case .object(let members):
            .object(
                members.map { member in
                    let name = member.name.lowercased()
                    let isSecret = secrets.contains { name.contains($0) }
                    let value = isSecret ? hidden(member.value) : maskedByName(member.value)
                    return JSON.Member(name: member.name, value: value)
                })
        case .list(let values): .list(values.map(maskedByName))
        case .text(let text): .text(withoutCredentials(text))
        case .number, .truth, .null: json
        }
    }

    /// A text without user names and passwords in addresses: an error may repeat a proxy's.
    private static func withoutCredentials(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
        return text.replacing(/:\/\/[^\/\s@]+@/, with: "://***@")
    }

    private static func hidden(_ value: JSON) -> JSON {
        switch value {
        case .text, .number, .object, .list: mask
        case .truth, .null: value
        }
    }
}
