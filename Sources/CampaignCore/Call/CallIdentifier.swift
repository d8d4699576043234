/// What can be an id of a call, in replies and in webhooks: an id that many have would join the calls of strangers.
package enum CallIdentifier {
    /// What programs write where they have no id, as letters and digits alone.
    private static let none: Set<String> = [
        "null", "nil", "none", "undefined", "unknown", "nan", "na", "false", "true", "empty", "object", "objectobject",
        "string", "nulo", "vazio",
    ]

    /// `text` as an id of any length; nil when it is not one: blank, zero, a negative number, a word for “none”, or with
    /// characters that no id has.
    package static func id(_ text: String) -> String? {
        let text = trimmed(text)
        guard text.unicodeScalars.allSatisfy({ $0 != "\u{FFFD}" && !$0.isUnfit }) else { return nil }
        let word = Self.word(text)
        guard word.contains(where: { $0 != "0" }), !none.contains(word),
            !(text.hasPrefix("-") && word.allSatisfy(\.isNumber))
        else { return nil }
        return text
    }

    /// The letters, in lower case, and the digits.
    private static func word(_ text: String) -> String {
        // Nearly every id is ASCII: asking Unicode about each character took a twentieth of a run's CPU time.
        guard text.utf8.allSatisfy({ $0 < 0x80 }) else {
            return text.lowercased().filter { $0.isLetter || $0.isNumber }
        }
        return String(
            decoding: text.utf8.compactMap { byte -> UInt8? in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"): byte
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte | 0x20
                default: nil
                }
            }, as: UTF8.self)
    }

    /// Without spaces at both ends.
    private static func trimmed(_ text: String) -> String {
        guard let first = text.firstIndex(where: { $0 != " " }), let last = text.lastIndex(where: { $0 != " " }) else {
            return ""
        }
        return String(text[first...last])
    }
}
