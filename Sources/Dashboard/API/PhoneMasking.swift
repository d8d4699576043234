import CampaignCore

/// Documents as they are shown to tokens that may not operate: every text in them that looks like a phone is masked, so
/// that no place is forgotten. Addresses of sounds, which may contain a signature, are shown by their host to everybody.
enum PhoneMasking {
    /// Keys whose texts are never about a person, and are needed as they are.
    private static let exempt: Set = ["next", "version"]

    static func document(_ bytes: [UInt8], masksPhones: Bool) -> [UInt8] {
        // What cannot be read cannot be masked.
        guard let document = JSON(bytes[...]) else { return masksPhones ? Array("{}".utf8) : bytes }
        return shown(document, of: "", masksPhones).bytes
    }

    private static func shown(_ json: JSON, of key: String, _ masks: Bool) -> JSON {
        switch json {
        case .object(let members):
            return .object(
                members.map {
                    JSON.Member(name: masks ? text($0.name) : $0.name, value: shown($0.value, of: $0.name, masks))
                })
        case .list(let values): return .list(values.map { shown($0, of: key, masks) })
        case .text(let text):
            if key == "callAudioUrl" { return .text(host(of: text)) }
            return .text(masks && !exempt.contains(key) ? self.text(text) : text)
        case .number, .truth, .null: return json
        }
    }

    private static func text(_ text: String) -> String { PhoneMask.masked(text) }

    private static func host(of address: String) -> String {
        guard let scheme = address.firstRange(of: "://") else { return "" }
        let rest = address[scheme.upperBound...].prefix { !"/?#".contains($0) }
        return String(rest.split(separator: "@", omittingEmptySubsequences: false).last ?? "")
    }
}
