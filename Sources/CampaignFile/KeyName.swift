/// What is known about a key before it is known to be one.
enum KeyName {
    /// Whether it can be shown: `token:abc` without a space after the colon is a key too, and holds a secret.
    static func isPresentable(_ key: String) -> Bool {
        (1...20).contains(key.utf8.count) && key.allSatisfy { EnvironmentFile.isNameCharacter($0) || $0 == "-" }
    }

    /// The known key closest to `typed`, when it is close enough to be meant.
    static func suggestion(for typed: String, among known: [String]) -> String? {
        let plain = plainForm(typed)
        let scored = known.map { (key: $0, distance: distance(plain, plainForm($0))) }
        guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
        return best.distance <= max(1, (best.key.count + 1) / 3) ? best.key : nil
    }

    /// Case and separators are what differs between habits: `base_url`, `Base-URL` and `baseURL` are one key.
    private static func plainForm(_ key: String) -> [Character] {
        key.lowercased().filter { $0 != "_" && $0 != "-" }
    }

    /// Levenshtein's distance, with a swap of neighbours counted as one step.
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
