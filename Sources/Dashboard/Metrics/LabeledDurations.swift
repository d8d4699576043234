import NIOConcurrencyHelpers

/// Counts durations while they happen, on any thread, for each set of labels: what a histogram is made of.
package final class LabeledDurations: Sendable {
    /// For what waits for a disk: 1 ms to 5 s.
    package static let commitBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]
    /// For requests to Z-API: 50 ms to a minute.
    package static let requestBounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
    /// For pages: 1 ms to 10 s.
    package static let pageBounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10]

    private let bounds: [Double]
    /// Held for some additions at a time.
    private let counts: NIOLockedValueBox<[[String]: DurationCounts]>

    /// - Parameters:
    ///   - bounds: the longest duration of each bucket, in seconds, ascending.
    ///   - labels: the sets of labels that are there from the beginning, without any duration.
    package init(bounds: [Double], labels: [[String]] = []) {
        self.bounds = bounds
        let none = labels.map { ($0, DurationCounts(bounds: bounds)) }
        counts = NIOLockedValueBox(Dictionary(none) { first, _ in first })
    }

    /// Counts one.
    ///
    /// - Parameter labels: their values, from a set that is bounded: each is kept as long as the process lives.
    package func add(_ duration: Duration, _ labels: String...) {
        counts.withLockedValue { $0[labels, default: DurationCounts(bounds: bounds)].add(duration) }
    }

    /// What has been counted, in the order of the labels.
    package var all: [(labels: [String], counts: DurationCounts)] {
        counts.withLockedValue { $0 }.map { (labels: $0.key, counts: $0.value) }
            .sorted { $0.labels.lexicographicallyPrecedes($1.labels) }
    }
}
