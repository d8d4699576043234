/// How many durations of each length there were, and their sum.
package struct DurationCounts: Hashable, Sendable {
    /// The longest duration of each bucket, in seconds, ascending; one more bucket is for those above.
    package let bounds: [Double]
    /// By bucket; the last one is for those above all bounds.
    package private(set) var counts: [Int]
    /// In seconds.
    package private(set) var sum = 0.0

    package init(bounds: [Double]) {
        self.bounds = bounds
        counts = Array(repeating: 0, count: bounds.count + 1)
    }

    /// How many there were.
    package var total: Int { counts.reduce(0, +) }

    package mutating func add(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let length = max(Double(seconds) + Double(attoseconds) / 1e18, 0)
        counts[bounds.firstIndex { length <= $0 } ?? bounds.count] += 1
        sum += length
    }
}
