/// A phrase as the tables write it: `não [me|nos] ligue|liguem mais`.
///
/// Words apart by spaces; `|` separates words that mean the same, `[…]` may be missing, `^` at the beginning and `$` at
/// the end mean those of a clause. A phrase never goes beyond a clause: `não, me ligue mais tarde` is another thing.
struct ReplyPattern {
    private struct Slot {
        /// The words as they are shown, by their plain letters.
        var words: [String: String]
        var isOptional: Bool
    }

    /// A place in a reply where the pattern was found.
    struct Match {
        var range: Range<Int>
        /// The phrase as the table writes it.
        var text: String
    }

    private let slots: [Slot]
    private let startsClause: Bool
    private let endsClause: Bool

    init(_ text: String) {
        startsClause = text.hasPrefix("^")
        endsClause = text.hasSuffix("$")
        let body = text.dropFirst(startsClause ? 1 : 0).dropLast(endsClause ? 1 : 0)
        slots = body.split(separator: " ").map { slot in
            let isOptional = slot.hasPrefix("[")
            let words = (isOptional ? slot.dropFirst().dropLast() : slot).split(separator: "|").map(String.init)
            return Slot(
                words: Dictionary(words.map { (Self.plain($0), $0) }) { first, _ in first }, isOptional: isOptional)
        }
    }

    /// The words that a match can begin with.
    var firstWords: [String] {
        var words: [String] = []
        for slot in slots {
            words += slot.words.keys
            if !slot.isOptional { break }
        }
        return words
    }

    /// All words in it.
    var allWords: [String] { slots.flatMap(\.words.keys) }

    /// The longest match that begins at `start`. `steps` counts the comparisons.
    func match(in reply: ReplyWords, at start: Int, steps: inout Int) -> Match? {
        guard !startsClause || reply.startsClause(start) else { return nil }
        var shown: [String] = []
        guard let end = end(in: reply, from: start, slot: 0, &shown, &steps), end > start else { return nil }
        return Match(range: start..<end, text: shown.joined(separator: " "))
    }

    private func end(
        in reply: ReplyWords, from index: Int, slot: Int, _ shown: inout [String], _ steps: inout Int
    ) -> Int? {
        steps += 1
        guard slot < slots.count else { return endsClause && !reply.endsClause(before: index) ? nil : index }
        let isInClause = shown.isEmpty || !reply.startsClause(index)
        if isInClause, let word = reply.word(at: index, among: slots[slot].words) {
            shown.append(word)
            if let end = end(in: reply, from: index + 1, slot: slot + 1, &shown, &steps) { return end }
            shown.removeLast()
        }
        guard slots[slot].isOptional else { return nil }
        return end(in: reply, from: index, slot: slot + 1, &shown, &steps)
    }

    static func plain(_ word: String) -> String { ReplyText(word).words.map(\.text).joined() }
}

/// The words of a reply that phrases are looked for in.
struct ReplyWords {
    var words: [ReplyText.Word]
    /// For each word, the known words that it is one letter away from; empty when only exact words count.
    var corrections: [[String]] = []

    /// Whether a clause, or the end of the text, begins at `index`.
    func startsClause(_ index: Int) -> Bool {
        index == 0 || index >= words.count || words[index - 1].clause != words[index].clause
    }

    /// Whether the word before `index` is the last of its clause.
    func endsClause(before index: Int) -> Bool { startsClause(index) }

    /// How a table writes the word at `index`; nil when it is none of `table`.
    func word(at index: Int, among table: [String: String]) -> String? {
        guard words.indices.contains(index) else { return nil }
        if let exact = table[words[index].text] { return exact }
        guard !corrections.isEmpty else { return nil }
        return corrections[index].lazy.compactMap { table[$0] }.first
    }

    /// The words of the clause that `index` is in.
    func clause(of index: Int) -> Range<Int> {
        var start = index
        while !startsClause(start) { start -= 1 }
        var end = index + 1
        while !startsClause(end) { end += 1 }
        return start..<end
    }
}
