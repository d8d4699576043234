/// A word or a symbol of a filter, with its position.
struct FilterToken: Hashable {
    enum Kind: Hashable {
        /// Letters, digits and anything that is not a symbol: a field, a value, `and`.
        case word(String)
        /// A value in quotes, without them.
        case quoted(String)
        /// The name of a column in brackets, without them.
        case bracketed(String)
        case comparison(Comparison)
        case open, close, comma, end
    }

    enum Comparison: String, CaseIterable {
        case equal = "="
        case unequal = "!="
        case below = "<"
        case atMost = "<="
        case above = ">"
        case atLeast = ">="
        case contains = "~"
        case containsNot = "!~"
    }

    var kind: Kind
    /// Characters from the beginning of the text, from 1.
    var column: Int
    /// As it was written.
    var text: String

    /// Whether it is this word, in any case.
    func isWord(_ word: String) -> Bool {
        if case .word(let text) = kind { text.lowercased() == word } else { false }
    }

    /// Operators that people know from other languages, with their equivalents here.
    private static let foreign = [
        "==": "=", "===": "=", "<>": "!=", "~=": "~", "=~": "~", "!": "not", "=>": ">=", "=<": "<=", "!==": "!=",
    ]

    /// The tokens of a text, the last of which is ``Kind/end``.
    static func tokens(of text: String) throws(FilterError) -> [FilterToken] {
        let characters = Array(text)
        var tokens: [FilterToken] = []
        var place = 0
        while place < characters.count {
            guard !characters[place].isWhitespace else {
                place += 1
                continue
            }
            let token = try next(characters, from: &place)
            tokens.append(token)
        }
        tokens.append(FilterToken(kind: .end, column: characters.count + 1, text: ""))
        return tokens
    }

    private static func next(_ characters: [Character], from place: inout Int) throws(FilterError) -> FilterToken {
        let start = place
        let first = characters[place]
        place += 1
        let kind: Kind
        switch first {
        case "(": kind = .open
        case ")": kind = .close
        case ",": kind = .comma
        case "]": throw FilterError(start + 1, .strayBracket)
        case "[":
            guard let name = enclosed(characters, by: "]", from: &place) else {
                throw FilterError(start + 1, .unclosed("[", by: "]"))
            }
            kind = .bracketed(name)
        case _ where closingQuote(of: first) != nil:
            let closing = closingQuote(of: first) ?? first
            guard let value = enclosed(characters, by: closing, from: &place) else {
                throw FilterError(start + 1, .unclosed("\(first)", by: "\(closing)"))
            }
            kind = .quoted(value)
        case _ where isComparison(first):
            while place < characters.count, isComparison(characters[place]) { place += 1 }
            let sign = String(characters[start..<place])
            guard let comparison = Comparison(rawValue: sign) else {
                throw FilterError(start + 1, .unknownComparison(sign, meant: foreign[sign]))
            }
            kind = .comparison(comparison)
        default:
            while place < characters.count, isOfWord(characters[place]) { place += 1 }
            kind = .word(String(characters[start..<place]))
        }
        return FilterToken(kind: kind, column: start + 1, text: String(characters[start..<place]))
    }

    /// The text up to the closing sign, which is part of the text where it is doubled; nil when it never comes.
    private static func enclosed(_ characters: [Character], by closing: Character, from place: inout Int) -> String? {
        var text = ""
        while place < characters.count {
            let character = characters[place]
            place += 1
            if character == closing {
                guard place < characters.count, characters[place] == closing else { return text }
                place += 1
            }
            text.append(character)
        }
        return nil
    }

    /// Word processors replace quotes with these automatically.
    private static func closingQuote(of character: Character) -> Character? {
        switch character {
        case "\"", "'": character
        case "“": "”"
        case "‘": "’"
        default: nil
        }
    }

    private static func isComparison(_ character: Character) -> Bool {
        "=!<>~".contains(character)
    }

    private static func isOfWord(_ character: Character) -> Bool {
        !character.isWhitespace && !"()[],=!<>~\"".contains(character)
    }
}
