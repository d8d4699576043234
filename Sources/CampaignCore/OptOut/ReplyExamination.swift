/// One reply while it is read: the steps of the rule, from the surest to the vaguest.
struct ReplyExamination {
    /// Emoji that mean stop.
    private static let stopSigns: Set<Unicode.Scalar> = ["🛑", "⛔", "🚫", "📵", "✋", "🙅", "❌", "🖕"]

    /// So many phrases are weighed; whoever writes more of them, none of which blocks, is reviewed.
    private static let mostPhrases = 8

    let phrases: OptOutPhrases
    let signs: [Unicode.Scalar]
    /// The words without courtesies, shorthand spelled out.
    private(set) var reply: ReplyWords
    /// All words, for the campaign's own, which may have courtesies in them: `não, obrigado`.
    private let written: [String]
    /// Which of all words are not courtesies.
    private let meant: ClosedRange<Int>?
    /// The places that are known to say nothing about being called.
    private var settled: [Range<Int>] = []
    /// How many comparisons were made.
    var steps = 0

    init(_ text: ReplyText, _ phrases: OptOutPhrases, dropsNumber: Bool = false) {
        self.phrases = phrases
        signs = text.signs
        var words = text.words
        if dropsNumber, words.count > 1, let first = words.first, Int(first.text) != nil { words.removeFirst() }
        var kept: [ReplyText.Word] = []
        var places: [Int] = []
        var index = 0
        let all = ReplyWords(words: words)
        while index < words.count {
            if let courtesy = phrases.courtesies.match(in: all, at: index, steps: &steps) {
                index = courtesy.range.upperBound
            } else {
                kept.append(words[index])
                if let full = phrases.shorthand[words[index].text] { kept[kept.count - 1].text = full }
                places.append(index)
                index += 1
            }
        }
        // `"SAIR", obrigado`: whoever quotes nothing but the word means it.
        if !text.hasQuotedLine, kept.allSatisfy(\.isQuoted) {
            for index in kept.indices { kept[index].isQuoted = false }
        }
        reply = ReplyWords(words: kept)
        written = words.map(\.text)
        meant = places.first.flatMap { first in places.last.map { first...$0 } }
    }

    // MARK: The whole reply

    /// The campaign's own words come first: what it lists, it has thought about.
    mutating func ownWord(_ words: [OptOutReader.OwnWord], _ review: [OptOutReader.OwnWord]) -> OptOutReading? {
        if let own = words.first(where: isWhole) {
            return OptOutReading(level: .optOut, rule: "word “\(own.text)” of the campaign")
        }
        if let own = review.first(where: isWhole) {
            return OptOutReading(level: .review, rule: "word “\(own.text)” of the campaign")
        }
        return nil
    }

    /// Whether the reply is the campaign's own word and nothing but courtesies beside it.
    private func isWhole(_ own: OptOutReader.OwnWord) -> Bool {
        places(of: own).contains { place in
            meant.map { place.contains($0.lowerBound) && place.contains($0.upperBound) } ?? true
        }
    }

    /// Where in the reply the campaign's own word is.
    private func places(of own: OptOutReader.OwnWord) -> [Range<Int>] {
        guard !own.words.isEmpty else { return [] }
        return written.indices.filter { written[$0...].starts(with: own.words) }.map { $0..<($0 + own.words.count) }
    }

    /// A built-in word that is the whole reply, also when it is said several times.
    ///
    /// - Parameter menu: words that are only reviewed.
    mutating func builtInWord(menu: PhraseList?) -> OptOutReading? {
        guard !reply.words.isEmpty else {
            guard let sign = signs.first(where: Self.stopSigns.contains) else { return nil }
            return OptOutReading(level: .review, rule: "nothing but “\(Character(sign))”")
        }
        if let text = whole(phrases.words, in: reply) {
            let isQuoted = reply.words.contains(where: \.isQuoted)
            let isMenu = menu.map { whole($0, in: reply) != nil } ?? false
            if isQuoted { return OptOutReading(level: .review, rule: "word “\(text)” in a quotation") }
            return OptOutReading(
                level: isMenu ? .review : .optOut,
                rule: isMenu ? "word “\(text)” on a button" : "word “\(text)”")
        }
        // Z-API's advice on one of its pages; but it is also the answer to many a question.
        if reply.words.map(\.text) == ["2"] { return OptOutReading(level: .review, rule: "nothing but the digit 2") }
        return nil
    }

    /// The first word if words of the list are all there is.
    private mutating func whole(_ list: PhraseList, in reply: ReplyWords) -> String? {
        var index = 0
        var text: String?
        while index < reply.words.count {
            guard let match = list.match(in: reply, at: index, steps: &steps) else { return nil }
            text = text ?? match.text
            index = match.range.upperBound
        }
        return text
    }

    // MARK: Inside a longer text

    /// A phrase about contact, then whatever has to be reviewed.
    mutating func phrase(_ own: [OptOutReader.OwnWord]) -> OptOutReading? {
        settled = phrases.idioms.matches(in: reply, steps: &steps).map(\.range)
        return contactPhrase() ?? acrossLines() ?? reviewed(own) ?? wordInside() ?? typo()
    }

    private mutating func contactPhrase() -> OptOutReading? {
        var limited: OptOutReading?
        for (list, isBare) in [(phrases.contact, false), (phrases.bare, true)] {
            for match in list.matches(in: reply, steps: &steps).prefix(Self.mostPhrases) where !isSettled(match) {
                guard let why = limit(of: match, isBare: isBare) else {
                    return OptOutReading(level: .optOut, rule: "phrase “\(match.text)”")
                }
                if isBare, isPostponed(match) {
                    settled.append(match.range)
                } else {
                    limited = limited ?? OptOutReading(level: .review, rule: "phrase “\(match.text)”, but \(why)")
                }
            }
        }
        return limited
    }

    /// A phrase with a line break in it: `não quero mais ⏎ receber ligações`. After the first word the break may be a
    /// full stop: `não ⏎ me ligue mais tarde`.
    private mutating func acrossLines() -> OptOutReading? {
        var joined = self
        joined.settled = []
        for index in joined.reply.words.indices {
            joined.reply.words[index].clause = joined.reply.words[index].sentence
        }
        guard joined.reply.words != reply.words else { return nil }
        defer { steps = joined.steps }
        for (list, isBare) in [(phrases.contact, false), (phrases.bare, true)] {
            for match in list.matches(in: joined.reply, steps: &joined.steps).prefix(Self.mostPhrases) {
                let breaks = match.range.dropFirst().filter(reply.startsClause)
                guard let first = breaks.first, joined.limit(of: match, isBare: isBare) == nil else { continue }
                let isSure = first > match.range.lowerBound + 1
                return OptOutReading(level: isSure ? .optOut : .review, rule: "phrase “\(match.text)” over two lines")
            }
        }
        return nil
    }

    /// Whether the match is inside something that is known to mean something else.
    private func isSettled(_ match: ReplyPattern.Match) -> Bool {
        settled.contains { $0.lowerBound <= match.range.lowerBound && match.range.upperBound <= $0.upperBound }
    }

    private mutating func reviewed(_ own: [OptOutReader.OwnWord]) -> OptOutReading? {
        if let found = own.first(where: { !places(of: $0).isEmpty }) {
            return OptOutReading(level: .review, rule: "word “\(found.text)” of the campaign")
        }
        let isExplained = !phrases.settlements.matches(in: reply, steps: &steps).isEmpty
        for list in isExplained ? [phrases.review] : [phrases.review, phrases.needless] {
            let matches = list.matches(in: reply, steps: &steps)
            guard let match = matches.first(where: { !isSettled($0) }) else { continue }
            return OptOutReading(level: .review, rule: "phrase “\(match.text)”")
        }
        return nil
    }

    /// One of the words, unless it is plainly about something other than calls.
    private mutating func wordInside() -> OptOutReading? {
        let idioms = phrases.idioms.matches(in: reply, steps: &steps)
        var other: OptOutReading?
        for match in phrases.words.matches(in: reply, steps: &steps) {
            if let idiom = idioms.first(where: { $0.range.overlaps(match.range) }) {
                other = other ?? OptOutReading(level: .none, rule: "word “\(match.text)” in “\(idiom.text)”")
                continue
            }
            let clause = reply.clause(of: match.range.lowerBound)
            if let matter = reply.words[clause].first(where: { phrases.matters.contains($0.text) }) {
                other = other ?? OptOutReading(level: .none, rule: "word “\(match.text)” about “\(matter.text)”")
                continue
            }
            if let object = object(of: match) {
                other = other ?? OptOutReading(level: .none, rule: "word “\(match.text)” about “\(object)”")
                continue
            }
            return OptOutReading(level: .review, rule: "word “\(match.text)” in a longer text")
        }
        return other
    }

    /// What is to be removed or cancelled, if it has an article and is nothing that we keep: `remover o siso`.
    private func object(of match: ReplyPattern.Match) -> String? {
        let rest = reply.words[match.range.upperBound..<reply.clause(of: match.range.lowerBound).upperBound]
        guard phrases.transitive.contains(reply.words[match.range.upperBound - 1].text),
            let article = rest.first, phrases.articles.contains(article.text),
            let noun = rest.first(where: { !phrases.articles.contains($0.text) }),
            !rest.contains(where: { phrases.ownThings.contains($0.text) })
        else { return nil }
        return noun.text
    }

    /// A word or a phrase that is one letter away.
    private mutating func typo() -> OptOutReading? {
        var corrections: [[String]] = []
        for word in reply.words { corrections.append(phrases.typos.corrections(of: word.text, steps: &steps)) }
        guard corrections.contains(where: { !$0.isEmpty }) else { return nil }
        let corrected = ReplyWords(words: reply.words, corrections: corrections)
        if let text = whole(phrases.words, in: corrected) {
            return OptOutReading(level: .review, rule: "almost the word “\(text)”")
        }
        for list in [phrases.contact, phrases.bare] {
            let matches = list.matches(in: corrected, steps: &steps)
            guard let match = matches.first(where: { !isSettled($0) }) else { continue }
            return OptOutReading(level: .review, rule: "almost the phrase “\(match.text)”")
        }
        return nil
    }
}
