/// How long requests took, counted by the millisecond: exact percentiles in a bounded space.
package struct LatencyCounts: Hashable, Sendable {
    /// A request takes five minutes at most; what took longer counts as this.
    private static let longest = 300_000

    private var counts: [Int] = []
    /// How many are counted.
    package private(set) var total = 0
    /// The longest, in milliseconds.
    package private(set) var maximum = 0

    package init() {}

    /// Counts one request.
    package mutating func add(milliseconds: Int) {
        let place = min(max(milliseconds, 0), Self.longest)
        if place >= counts.count {
            let grown = max(place + 1, min(counts.count * 2, Self.longest + 1))
            counts += Array(repeating: 0, count: grown - counts.count)
        }
        counts[place] += 1
        total += 1
        maximum = max(maximum, milliseconds)
    }

    /// The smallest number of milliseconds within which this share of the requests ended (nearest rank); nil when none
    /// is counted.
    ///
    /// - Parameter tenths: tenths of a percent, 1…1000: 990 is the 99th percentile.
    package func percentile(tenths: Int) -> Int? {
        guard total > 0 else { return nil }
        let rank = max((total * tenths + 999) / 1000, 1)
        var seen = 0
        for (milliseconds, count) in counts.enumerated() {
            seen += count
            if seen >= rank { return milliseconds }
        }
        return maximum
    }

    /// How many took at least `from` and less than `to` milliseconds.
    package func count(from: Int, to: Int) -> Int {
        guard from < to, from < counts.count else { return 0 }
        return counts[max(from, 0)..<min(to, counts.count)].reduce(0, +)
    }
}
