/// Phrases, found by the words that they begin with.
struct PhraseList {
    private let patterns: [ReplyPattern]
    private let byFirstWord: [String: [Int]]

    init(_ texts: [String]) {
        let patterns = texts.map(ReplyPattern.init)
        self.patterns = patterns
        var index: [String: [Int]] = [:]
        for (number, pattern) in patterns.enumerated() {
            for word in pattern.firstWords { index[word, default: []].append(number) }
        }
        byFirstWord = index
    }

    /// All words of the phrases.
    var words: Set<String> { Set(patterns.flatMap(\.allWords)) }

    /// The longest phrase that begins at `index`.
    func match(in reply: ReplyWords, at index: Int, steps: inout Int) -> ReplyPattern.Match? {
        steps += 1
        let corrections = reply.corrections.isEmpty ? [] : reply.corrections[index]
        var longest: ReplyPattern.Match?
        for word in [reply.words[index].text] + corrections {
            for number in byFirstWord[word] ?? [] {
                guard let match = patterns[number].match(in: reply, at: index, steps: &steps) else { continue }
                if match.range.count > longest?.range.count ?? 0 { longest = match }
            }
        }
        return longest
    }

    /// The longest phrase at each place where one begins.
    func matches(in reply: ReplyWords, steps: inout Int) -> [ReplyPattern.Match] {
        var found: [ReplyPattern.Match] = []
        for index in reply.words.indices {
            if let match = match(in: reply, at: index, steps: &steps) { found.append(match) }
        }
        return found
    }
}
