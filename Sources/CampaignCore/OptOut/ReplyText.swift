/// A reply as words, without case, accents, punctuation, emoji and invisible characters.
struct ReplyText {
    /// A text that is cut here blocks nobody by itself.
    static let longest = 2_000
    /// So many accents and invisible characters may stand among them: some adorn each letter with dozens.
    private static let mostMarks = 20_000

    struct Word: Equatable {
        /// In plain letters.
        var text: String
        /// Which part of the text it is in: parts end at punctuation, line breaks and emoji.
        var clause: Int
        /// The same, if line breaks end nothing.
        var sentence: Int
        /// Whether it is in quotation marks, or in a line that begins with `>`: somebody else's words.
        var isQuoted = false
    }

    private(set) var words: [Word] = []
    /// The emoji, without skin tones and repeats.
    private(set) var signs: [Unicode.Scalar] = []
    /// Whether the text is longer than ``longest`` characters, and its rest was not read.
    private(set) var isCut = false
    /// Whether a line begins with `>`.
    private(set) var hasQuotedLine = false
    /// Whether a letter of another alphabet was read as the Latin one that it looks like.
    private(set) var hasLookalikes = false
    /// Whether letters have been lost, or each byte of them became a letter, on the way: `n�o` and `nÃ£o` for `não`.
    private(set) var isDamaged = false

    private var word = ""
    private var clause = 0
    private var sentence = 0
    private var line = 0
    /// The line of each word.
    private var lines: [Int] = []
    private var isInQuotes = false
    private var isInQuotedLine = false
    private var isLineStart = true

    init(_ text: String) {
        var count = 0
        var marks = 0
        var last: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            if scalar == "\u{FFFD}" || Self.isSplit(last, scalar) { isDamaged = true }
            last = scalar
            if Self.isInvisible(scalar) { marks += 1 } else { count += 1 }
            guard count <= Self.longest, marks <= Self.mostMarks else {
                isCut = true
                break
            }
            read(scalar)
        }
        endWord()
        joinSpelledWord()
        joinColumn()
    }

    private mutating func read(_ scalar: Unicode.Scalar) {
        if Self.isInvisible(scalar) { return }
        if let latin = Self.latin(scalar) {
            word += latin
            hasLookalikes = true
            isLineStart = false
            return
        }
        let letter = scalar.plainLetter
        if !letter.isEmpty {
            word += letter
            isLineStart = false
            return
        }
        switch scalar {
        case "'", "’", "‘", "ʼ", "´", "`":
            // don't is one word.
            return
        case "\"", "“", "”", "„", "«", "»":
            endWord()
            isInQuotes.toggle()
        case "\n", "\r", "\u{2028}", "\u{2029}":
            endClause(isLine: true)
            isInQuotedLine = false
            isLineStart = true
        case ">" where isLineStart:
            isInQuotedLine = true
            hasQuotedLine = true
        case ".", ",", ";", ":", "!", "?", "…", "–", "—", "(", ")", "¡", "¿", "|":
            endClause()
        default:
            if scalar.isEmojiSign {
                endClause()
                if !scalar.properties.isEmojiModifier, !signs.contains(scalar) { signs.append(scalar) }
            } else {
                endWord()
            }
        }
        if !scalar.properties.isWhitespace { isLineStart = false }
    }

    /// Whether two characters are the bytes of one letter. In lower case, only those of a frequent letter: a space, a
    /// quotation mark or a degree sign may stand behind `ã`.
    private static func isSplit(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Bool {
        switch first {
        case "Ã", "Â": 0x80...0xBF ~= second.value
        case "ã", "â": "£©¡³§ªµ".unicodeScalars.contains(second)
        default: false
        }
    }

    /// Accents of their own, variation selectors, keycaps; zero width, soft hyphens, directions.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        guard scalar.value > 0x7F else { return false }
        return switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: true
        default: false
        }
    }

    private mutating func endWord() {
        guard !word.isEmpty else { return }
        let isQuoted = isInQuotes || isInQuotedLine
        words.append(Word(text: word, clause: clause, sentence: sentence, isQuoted: isQuoted))
        lines.append(line)
        word = ""
    }

    private mutating func endClause(isLine: Bool = false) {
        endWord()
        if words.last?.clause == clause { clause += 1 }
        if isLine { line += 1 } else if words.last?.sentence == sentence { sentence += 1 }
    }

    /// `S.A.I.R.` and `s a i r` are a word.
    private mutating func joinSpelledWord() {
        let isSpelled =
            words.count >= 3 && words.allSatisfy { $0.text.unicodeScalars.count == 1 && Int($0.text) == nil }
        guard isSpelled, let first = words.first else { return }
        words = [
            Word(
                text: words.map(\.text).joined(), clause: first.clause, sentence: first.sentence,
                isQuoted: first.isQuoted)
        ]
        lines = [line]
    }

    /// A sentence that is written a word a line, as some do for emphasis, is one sentence.
    private mutating func joinColumn() {
        guard words.count >= 3, Set(lines).count == words.count else { return }
        for index in words.indices { words[index].clause = words[index].sentence }
    }

    /// The small Latin letter that a Cyrillic or Greek one looks like.
    private static func latin(_ scalar: Unicode.Scalar) -> String? {
        guard 0x370...0x52F ~= scalar.value else { return nil }
        return switch scalar.properties.lowercaseMapping {
        case "а", "α": "a"
        case "е", "ε": "e"
        case "о", "ο": "o"
        case "р", "ρ": "p"
        case "с": "c"
        case "у": "y"
        case "х", "χ": "x"
        case "і", "ι": "i"
        case "ѕ": "s"
        case "ј": "j"
        case "к", "κ": "k"
        case "м", "μ": "m"
        case "н": "h"
        case "т", "τ": "t"
        case "в", "β": "b"
        case "ν": "n"
        default: nil
        }
    }
}

extension Unicode.Scalar {
    /// Whether it is an emoji; digits and `#` are counted as such by Unicode, but not here.
    fileprivate var isEmojiSign: Bool { value > 0x2000 && properties.isEmoji }
}
