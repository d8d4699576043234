import CampaignCore

/// Colors say something: green for calls that Z-API has accepted, red for what failed, yellow for what is in doubt or
/// needs attention.
extension TerminalLook {
    private enum Color: Int {
        case red = 31
        case green = 32
        case yellow = 33

        func painted(_ text: Substring) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[39m" }
    }

    /// What is counted, in every language. Longer ones first: `not answered` is not `answered`.
    private static let words: [(word: String, color: Color?)] = [
        ("not answered", nil), ("não atendidas", nil), ("não atendida", nil), ("não atenderam", nil),
        ("accepted", .green), ("aceitas", .green), ("aceita", .green),
        ("answered", .green), ("atendidas", .green), ("atendida", .green), ("atenderam", .green),
        ("failed", .red), ("falharam", .red), ("falhou", .red),
        ("in doubt", .yellow), ("in_doubt", .yellow), ("em dúvida", .yellow), ("em duvida", .yellow),
    ]

    private static let openings: [(text: String, color: Color)] = [
        ("discador: error:", .red), ("discador: erro:", .red), ("discador:", .yellow), ("  ! ", .yellow),
    ]

    /// The line with its counts in color: `12 accepted`, and `accepted  12` in tables; nothing that is zero.
    func painted(_ line: String) -> String {
        guard hasColor else { return line }
        for (opening, color) in Self.openings where line.hasPrefix(opening) {
            return color.painted(line.prefix(opening.count)) + line.dropFirst(opening.count)
        }
        var painted = ""
        var rest = line[...]
        while let start = rest.firstIndex(where: { $0.isNumber || $0.isLetter }) {
            painted += rest[..<start]
            rest = rest[start...]
            let (length, color) = Self.count(at: rest)
            let piece = rest.prefix(length)
            // Not of an option: `--failed`.
            painted += painted.last == "-" ? String(piece) : color.map { $0.painted(piece) } ?? String(piece)
            rest = rest.dropFirst(length)
        }
        return painted + rest
    }

    /// How many characters belong together at the beginning of this text, and their color; nil: none.
    private static func count(at text: Substring) -> (length: Int, color: Color?) {
        let number = text.prefix { $0.isNumber }
        if !number.isEmpty {
            let after = text.dropFirst(number.count)
            guard after.first == " ", let (word, color) = word(at: after.dropFirst()) else {
                return (number.count, nil)
            }
            return (number.count + 1 + word.count, number.contains { $0 != "0" } ? color : nil)
        }
        if let (word, color) = word(at: text) {
            let after = text.dropFirst(word.count)
            let space = after.prefix { $0 == " " }
            let number = after.dropFirst(space.count).prefix { $0.isNumber }
            let isRow = space.count > 1 && number.contains { $0 != "0" }
            return (word.count, isRow ? color : nil)
        }
        return (text.prefix { $0.isLetter || $0 == "_" }.count, nil)
    }

    private static func word(at text: Substring) -> (word: String, color: Color?)? {
        words.first { word, _ in
            text.hasPrefix(word) && !(text.dropFirst(word.count).first.map { $0.isLetter || $0 == "_" } ?? false)
        }
    }
}
