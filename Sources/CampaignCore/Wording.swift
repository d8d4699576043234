/// Finds the known name that a mistyped one probably means.
package enum ClosestName {
    /// Longer text is not a mistyped name, and would take long to compare.
    private static let longest = 60

    /// The known name closest to `typed`; nil when none is close enough.
    package static func to(_ typed: String, among known: [String]) -> String? {
        guard typed.count <= longest else { return nil }
        let plain = plainForm(typed)
        let scored = known.map { (name: $0, distance: distance(plain, plainForm($0))) }
        guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, (best.name.count + 1) / 3) ? best.name : nil
    }

    /// People differ in case and separators: `base_url`, `Base-URL` and `baseURL` are the same name.
    private static func plainForm(_ name: String) -> [Character] {
        name.lowercased().filter { $0 != "_" && $0 != "-" }
    }

    /// The Levenshtein distance, with a swap of neighbors counted as one step.
    private static func distance(_ left: [Character], _ right: [Character]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for i in left.indices {
            var row = [i + 1]
            for j in right.indices {
                let substitution = last[j] + (left[i] == right[j] ? 0 : 1)
                var best = min(substitution, last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    best = min(best, beforeLast[j - 1] + 1)
                }
                row.append(best)
            }
            beforeLast = last
            last = row
        }
        return last[right.count]
    }
}

extension Int {
    /// The noun for this number: `reply` for 1, `replies` for any other.
    ///
    /// - Parameter many: the plural; nil is `one` with an s.
    package func noun(_ one: String, _ many: String? = nil) -> String {
        self == 1 ? one : many ?? one + "s"
    }

    /// The number with its noun: `1 reply`, `2 replies`, `0 replies`.
    package func counted(_ one: String, _ many: String? = nil) -> String {
        "\(self) \(noun(one, many))"
    }
}
