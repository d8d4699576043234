import Foundation

/// The words of one part of an error text, without case, accents and punctuation.
struct ErrorWords {
    private let padded: String

    /// The parts of a text, separated by its punctuation.
    static func parts(_ text: String) -> [ErrorWords] {
        var parts: [String] = []
        var part = ""
        var last: Character = " "
        for character in text {
            // A period within a number or a name, as in an address, separates nothing.
            if character == ":", namesNumbered(part) {
                part.append(" ")
            } else if ",;:!?\n()|–—".contains(character) || character.isWhitespace && last == "."
                || character == "-" && last == " "
            {
                parts.append(part)
                part = ""
            } else {
                // `notConnected` is two words.
                if character.isUppercase, last.isLowercase { part.append(" ") }
                part.append(character)
            }
            last = character
        }
        return (parts + [part]).map(ErrorWords.init).filter { $0.padded != " " }
    }

    /// “Instance id: 12345678” is one part.
    private static func namesNumbered(_ part: String) -> Bool {
        let word = part.split { !$0.isLetter }.last?.lowercased() ?? ""
        return word == "id" || Self.numbered.contains(word)
    }

    private init(_ part: String) {
        let folded = part.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: Locale(identifier: "en"))
        let words = folded.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
        var padded = words.isEmpty ? " " : " \(words) "
        for (phrases, word) in Self.replacements {
            for phrase in phrases { padded = padded.replacingOccurrences(of: " \(phrase) ", with: " \(word) ") }
        }
        // “isn't”.
        self.padded = padded.replacingOccurrences(of: "n t ", with: " not ")
    }

    /// Whether it is about this request: whom to call, and with what.
    var isAboutRequest: Bool { has(anyOf: Self.request) || hasNumber }

    /// Whether it names the number to be called, or who has it.
    var namesCallee: Bool { has(anyOf: Self.callee) || hasNumber }

    /// Whether it says of something that it does not exist.
    var saysNoNumber: Bool { has(anyOf: Self.noNumber) }

    /// Whether it is about what else a request has, or about what WhatsApp or the person allows the sender.
    var mayBeAboutMoreThanNumber: Bool { has(anyOf: Self.besidesNumber) }

    private var hasNumber: Bool {
        let words = padded.split(separator: " ").filter { $0 != "id" && $0 != "is" }
        return words.indices.contains { index in
            guard words[index].count >= 8, words[index].allSatisfy(\.isNumber) else { return false }
            // “Instance 12345678” is not a phone.
            return index == 0 || !Self.numbered.contains(String(words[index - 1]))
        }
    }

    func has(anyOf phrases: [String]) -> Bool {
        phrases.contains { padded.contains(" \($0) ") }
    }

    /// Whether it is exactly one of the phrases.
    func are(anyOf phrases: [String]) -> Bool {
        phrases.contains { padded == " \($0) " }
    }

    func ends(withAnyOf phrases: [String]) -> Bool {
        phrases.contains { padded.hasSuffix(" \($0) ") }
    }
}
