/// The name that somebody meant who wrote another one.
enum NearestName {
    /// The name that is most like the word: with a letter or two wrong, or begun.
    static func nearest(to word: String, among names: [String]) -> String? {
        let word = word.lowercased()
        let near = names.map { (name: $0, distance: distance(word, $0.lowercased())) }
            .min { $0.distance < $1.distance }
        if let near, near.distance <= min(2, near.name.count / 2) { return near.name }
        return word.count > 1 ? names.first { $0.lowercased().hasPrefix(word) } : nil
    }

    /// How many letters have to be added, left out, replaced, or swapped with the next.
    static func distance(_ left: String, _ right: String) -> Int {
        let (left, right) = (Array(left), Array(right))
        // Rows of the table of distances: of the last two beginnings of `left`, to each beginning of `right`.
        var before: [Int] = []
        var row = Array(0...right.count)
        for i in left.indices {
            var next = [i + 1]
            for j in right.indices {
                var least = min(row[j] + (left[i] == right[j] ? 0 : 1), row[j + 1] + 1, next[j] + 1)
                if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                    least = min(least, before[j - 1] + 1)
                }
                next.append(least)
            }
            before = row
            row = next
        }
        return row[right.count]
    }
}
