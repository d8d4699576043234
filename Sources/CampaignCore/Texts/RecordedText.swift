/// Finds the other languages of texts that this program has written in English, where only that is left: errors of
/// attempts and conditions of instances in databases, remedies of rejected rows, results of Z-API. What Z-API itself has
/// said stays as it is.
enum RecordedText {
    /// What is different each time in a text.
    enum Slot: Equatable {
        /// It is the same in every language.
        case verbatim
        /// It may itself be a text of ours.
        case text
        /// It must itself be a text of ours, or this is not that text.
        case ownText
    }

    /// A marker for something that is different each time, for the phrase of a ``Template``.
    ///
    /// - Parameter number: 0 to 9, and another one for each.
    static func slot(_ number: Int, _ kind: Slot = .verbatim) -> String {
        let first: UInt32 =
            switch kind {
            case .verbatim: 0xE000
            case .text: 0xE010
            case .ownText: 0xE020
            }
        return Unicode.Scalar(first + UInt32(number)).map { String(Character($0)) } ?? ""
    }

    /// A text of ours with slots.
    struct Template {
        private enum Part {
            case literal(String)
            case slot(Int, Slot)
        }

        private let english: [Part]
        private let portuguese: [Part]

        init(_ phrase: Phrase) {
            english = Self.parts(phrase.english)
            portuguese = Self.parts(phrase.portuguese)
        }

        private static func parts(_ text: String) -> [Part] {
            var parts: [Part] = []
            var literal = ""
            for scalar in text.unicodeScalars {
                guard (0xE000..<0xE030).contains(scalar.value) else {
                    literal.unicodeScalars.append(scalar)
                    continue
                }
                if !literal.isEmpty { parts.append(.literal(literal)) }
                literal = ""
                let kinds: [Slot] = [.verbatim, .text, .ownText]
                let (kind, number) = Int(scalar.value - 0xE000).quotientAndRemainder(dividingBy: 16)
                parts.append(.slot(number, kinds[kind]))
            }
            return literal.isEmpty ? parts : parts + [.literal(literal)]
        }

        /// Whether it is one sentence without slots.
        var isWhole: Bool {
            !english.contains { part in
                switch part {
                case .slot: true
                case .literal: false
                }
            }
        }

        /// The phrase of which this is the English text; nil when it is not of this form.
        func phrase(of text: String, depth: Int, tries: inout Int) -> Phrase? {
            guard let found = Self.match(Substring(text), english[...], depth, &tries) else { return nil }
            let portuguese = portuguese.map { part in
                switch part {
                case .literal(let text): text
                case .slot(let number, _): found[number]?.portuguese ?? ""
                }
            }
            return Phrase(text, portuguese.joined())
        }

        /// What the slots have; nil when the text does not match.
        private static func match(
            _ text: Substring, _ parts: ArraySlice<Part>, _ depth: Int, _ tries: inout Int
        ) -> [Int: Phrase]? {
            switch parts.first {
            case nil: return text.isEmpty ? [:] : nil
            case .literal(let literal)?:
                return text.hasPrefix(literal)
                    ? match(text.dropFirst(literal.count), parts.dropFirst(), depth, &tries) : nil
            case .slot(let number, let kind)?:
                let rest = parts.dropFirst()
                guard case .literal(let end)? = rest.first else {
                    return content(text, kind, depth, &tries).map { [number: $0] }
                }
                var from = text.startIndex
                while tries > 0, let place = text[from...].firstRange(of: end) {
                    tries -= 1
                    if let content = content(text[..<place.lowerBound], kind, depth, &tries),
                        var found = match(text[place.lowerBound...], rest, depth, &tries)
                    {
                        found[number] = content
                        return found
                    }
                    from = text.index(after: place.lowerBound)
                }
                return nil
            }
        }

        private static func content(
            _ text: Substring, _ kind: Slot, _ depth: Int, _ tries: inout Int
        ) -> Phrase? {
            guard !text.isEmpty else { return nil }
            return switch kind {
            case .verbatim: Phrase(verbatim: String(text))
            case .text: RecordedText.phrase(String(text), depth - 1, &tries) ?? Phrase(verbatim: String(text))
            case .ownText: RecordedText.phrase(String(text), depth - 1, &tries)
            }
        }
    }

    /// Texts are within each other at most this often, such as a remedy in a reason in a trouble.
    private static let deepest = 6
    /// What Z-API says may have been written to be read in a great many ways.
    private static let mostTries = 500
    /// Longer texts are not ours.
    private static let longest = 2000

    private static let known = (RecordedWords.phrases + RowRemedy.phrases).map(Template.init)
    private static let whole = Dictionary(
        (RecordedWords.phrases + RowRemedy.phrases).map { ($0.english, $0) }, uniquingKeysWith: { first, _ in first })
    private static let templates = known.filter { !$0.isWhole }

    /// The phrase of which this is the English text; nil when it is not one of ours.
    static func phrase(_ text: String) -> Phrase? {
        var tries = mostTries
        return phrase(text, deepest, &tries)
    }

    private static func phrase(_ text: String, _ depth: Int, _ tries: inout Int) -> Phrase? {
        if let phrase = whole[text] { return phrase }
        guard depth > 0, text.utf8.count <= longest else { return nil }
        for template in templates {
            if let phrase = template.phrase(of: text, depth: depth, tries: &tries) { return phrase }
        }
        return nil
    }
}

extension Phrase {
    /// A text that has been recorded in English, such as the error of an attempt or the condition of an instance: our own
    /// words in it in every language, and what Z-API or the system has said as it is.
    package init(recorded text: String) {
        self = RecordedText.phrase(text) ?? Phrase(verbatim: text)
    }
}
