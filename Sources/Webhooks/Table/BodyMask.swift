import CampaignCore

/// Takes secrets out of bodies before anything reads or keeps them: an error may repeat an address of Z-API with the
/// instance's token, a header, or a proxy's password.
enum BodyMask {
    private static let mask = JSON.text(TextMask.mask)
    /// Members of an event about a proxy that are kept.
    private static let kept: Set<String> = ["type", "instanceId", "momment", "moment"]
    /// Members of a message that are not in the person's own words.
    private static let errors = PatternSet(["error", "reason", "detail"].map { Array($0.utf8) })

    /// The value without secrets; nil when it has none.
    static func masked(_ json: JSON) -> JSON? {
        let type = Payload(json)?.text("type")?.lowercased() ?? ""
        let masked =
            type.contains("proxy") ? maskedEntirely(json) : maskedByName(json, isPersonal: type == "receivedcallback")
        return masked == json ? nil : masked
    }

    /// What is kept of a body that cannot be read: itself without secrets, or only its size where it may hold one that
    /// cannot be found.
    static func unreadable(_ body: [UInt8]) -> [UInt8] {
        // Escapes, and two bytes a letter, hide words.
        let isHidden = body.contains(0)
        let plain = isHidden ? body.filter { $0 != 0 } : body
        let text = String(decoding: plain, as: UTF8.self).lowercased()
        let masked = TextMask.masked(plain)
        guard text.contains("proxy") || text.contains(/\\u00[0-7]/) || isHidden && masked != nil else {
            return masked ?? body
        }
        return Array(#"{"unreadable":true,"bytes":\#(body.count)}"#.utf8)
    }

    /// Hides every text and number of an event about a proxy.
    private static func maskedEntirely(_ json: JSON) -> JSON {
        guard case .object(let members) = json else { return json }
        return .object(
            members.map { member in
                kept.contains(member.name) ? member : JSON.Member(name: member.name, value: hidden(member.value))
            })
    }

    /// - Parameter isPersonal: whether the texts are a person's own words, in which only addresses can hold secrets.
    private static func maskedByName(_ json: JSON, isPersonal: Bool) -> JSON {
        switch json {
        case .object(let members):
            .object(
                members.map { member in
                    let name = member.name.lowercased()
                    if TextMask.isSecret(name: member.name) {
                        return JSON.Member(name: TextMask.maskedName(member.name), value: hidden(member.value))
                    }
                    let isPersonal = isPersonal && !errors.isAny(in: Array(name.utf8))
                    return JSON.Member(
                        name: TextMask.maskedName(member.name),
                        value: maskedByName(member.value, isPersonal: isPersonal))
                })
        case .list(let values): .list(values.map { maskedByName($0, isPersonal: isPersonal) })
        case .text(let text): .text(TextMask.masked(text, isPersonal: isPersonal))
        case .number, .truth, .null: json
        }
    }

    private static func hidden(_ value: JSON) -> JSON {
        switch value {
        case .text, .number, .object, .list: mask
        case .truth, .null: value
        }
    }
}
