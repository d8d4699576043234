/// Known words that a typed one is a single letter away from: one missing, one too many, another one, two swapped; or the
/// same word drawn out (`pareeee`).
struct OneLetterTypos {
    /// In shorter words, one letter makes another word.
    private static let shortest = 4
    private static let longest = 20

    /// The known words, by what is left of each when one of its letters is missing, and by themselves.
    private let byRest: [String: [String]]
    private let bySqueezed: [String: [String]]
    /// Words that are what they are: `pagar` is not `parar`.
    private let lookalikes: Set<String>
    private let known: Set<String>

    init(of words: Set<String>, lookalikes: Set<String>) {
        let known = words.filter { $0.unicodeScalars.count >= Self.shortest }
        var byRest: [String: [String]] = [:]
        // Sorted, so that the same word is shown every time.
        for word in known.sorted() {
            for rest in Self.rests(of: word) { byRest[rest, default: []].append(word) }
        }
        self.byRest = byRest
        bySqueezed = Dictionary(grouping: known.sorted(), by: Self.squeezed)
        self.known = words
        self.lookalikes = lookalikes
    }

    /// The known words that `typed` may be meant for; none when it is a known word itself.
    func corrections(of typed: String, steps: inout Int) -> [String] {
        let length = typed.unicodeScalars.count
        guard Self.shortest - 1...Self.longest ~= length, !known.contains(typed), !lookalikes.contains(typed) else {
            steps += 1
            return []
        }
        var found: [String] = bySqueezed[Self.squeezed(typed)] ?? []
        for rest in Self.rests(of: typed) {
            steps += 1
            for word in byRest[rest] ?? [] where !found.contains(word) && Self.isOneLetterAway(typed, word) {
                found.append(word)
            }
        }
        return found
    }

    private static func rests(of word: String) -> Set<String> {
        let letters = Array(word.unicodeScalars)
        var rests: Set<String> = [word]
        for index in letters.indices {
            var rest = String.UnicodeScalarView()
            rest.append(contentsOf: letters[..<index])
            rest.append(contentsOf: letters[(index + 1)...])
            rests.insert(String(rest))
        }
        return rests
    }

    private static func squeezed(_ word: String) -> String {
        var squeezed = String.UnicodeScalarView()
        for letter in word.unicodeScalars where letter != squeezed.last { squeezed.append(letter) }
        return String(squeezed)
    }

    /// Two words can have a rest in common and still differ in two places.
    private static func isOneLetterAway(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        let start = zip(left, right).prefix { $0 == $1 }.count
        let (leftRest, rightRest) = (left[start...], right[start...])
        let end = zip(leftRest.reversed(), rightRest.reversed()).prefix { $0 == $1 }.count
        let (a, b) = (leftRest.dropLast(end), rightRest.dropLast(end))
        return (a.count <= 1 && b.count <= 1) || (a.count == 2 && b.count == 2 && Array(a) == b.reversed())
    }
}
