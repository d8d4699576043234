import Foundation

/// Call ids as they are written in replies.
enum CallIdentifier {
    /// Z-API's ids have 32 characters; of longer ones only the beginning is kept.
    static let longest = 256

    /// The id in a value; nil when it is not an id.
    static func text(_ value: JSONMembers.Value) -> String? {
        switch value {
        case .text(let text): id(text)
        // Not 0 or negative: programs write those for “none”.
        case .number(let text): text.hasPrefix("-") || !text.contains { $0.isNumber && $0 != "0" } ? nil : id(text)
        case .other: nil
        }
    }

    /// `text` as an id of any length; nil when it is not one: blank, a word for “none”, or with characters that no id
    /// has.
    static func id(_ text: String) -> String? {
        let text = text.trimmingCharacters(in: CharacterSet(charactersIn: " "))
        guard !text.isEmpty, !["null", "undefined"].contains(text.lowercased()),
            text.unicodeScalars.allSatisfy({ $0 != "\u{FFFD}" && !TextSanitizer.isUnfit($0) })
        else { return nil }
        return text
    }

    /// An id in the form in which it is kept. Secrets must be searched for before that: half of one can no longer be
    /// found.
    static func kept(_ id: String) -> String { TextSanitizer.shortened(id, to: longest) }
}
