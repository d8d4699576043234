/// Calls over time, in intervals of equal length that begin on round local times. Their number is bounded, however long
/// a campaign runs.
package struct CallSeries: Hashable, Sendable {
    /// The calls of one interval.
    package struct Interval: Hashable, Sendable {
        /// By outcome; `unfinished` has none.
        package var outcomes: [Int]
        package var unfinished = 0
        package var answered = 0

        init() {
            outcomes = Array(repeating: 0, count: AttemptOutcome.allCases.count)
        }

        package var calls: Int { outcomes.reduce(unfinished, +) }

        package subscript(outcome: AttemptOutcome) -> Int { outcomes[outcome.place] }
    }

    /// 1 s to 30 days, in milliseconds.
    private static let lengths: [Int64] = [
        1, 5, 10, 30, 60, 300, 600, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86_400, 2 * 86_400, 7 * 86_400,
        30 * 86_400,
    ].map { $0 * 1000 }
    /// More do not fit beside each other on paper.
    private static let maxIntervals: Int64 = 72

    /// The beginning of the first interval.
    package let start: Timestamp
    /// The length of each, in milliseconds.
    package let length: Int64
    package private(set) var intervals: [Interval]

    /// Empty intervals from `first` to `last`.
    ///
    /// - Parameter utcOffset: of the local time by which they are round, in seconds.
    package init(from first: Timestamp, to last: Timestamp, utcOffset: Int) {
        let offset = Int64(utcOffset) * 1000
        let (first, last) = (first.milliseconds + offset, max(last.milliseconds, first.milliseconds) + offset)
        func count(_ length: Int64) -> Int64 { last.floor(length) / length - first.floor(length) / length + 1 }
        var length = Self.lengths.first { count($0) <= Self.maxIntervals } ?? Self.lengths.last ?? 1000
        while count(length) > Self.maxIntervals { length *= 2 }
        self.length = length
        start = Timestamp(milliseconds: first.floor(length) - offset)
        intervals = Array(repeating: Interval(), count: Int(count(length)))
    }

    /// The beginning of an interval; that of the one after the last is the end.
    package func beginning(of index: Int) -> Timestamp {
        Timestamp(milliseconds: start.milliseconds + Int64(index) * length)
    }

    /// Counts a call. One outside of the intervals belongs to the nearest one.
    package mutating func add(at moment: Timestamp, outcome: AttemptOutcome?, wasAnswered: Bool) {
        let index = (moment.milliseconds - start.milliseconds).floor(length) / length
        let place = min(max(Int(index), 0), intervals.count - 1)
        if let outcome { intervals[place].outcomes[outcome.place] += 1 } else { intervals[place].unfinished += 1 }
        if wasAnswered { intervals[place].answered += 1 }
    }
}

extension AttemptOutcome {
    /// Its place in an array that has one element for each outcome.
    var place: Int {
        switch self {
        case .accepted: 0
        case .inDoubt: 1
        case .notSent: 2
        case .throttled: 3
        case .refused: 4
        case .misconfigured: 5
        case .serverError: 6
        }
    }
}

extension Int64 {
    /// The greatest multiple of `length` that is not above it.
    fileprivate func floor(_ length: Int64) -> Int64 {
        let rest = self % length
        return self - (rest < 0 ? rest + length : rest)
    }
}
