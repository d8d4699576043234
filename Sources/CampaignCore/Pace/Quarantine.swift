/// When an instance rests: after several failures in a row, longer each time.
///
/// Single failures come and go. Failures in a row are the instance's or Z-API's fault, and continuing would turn a
/// whole list into doubts. After a rest, a single failure is enough for the next one.
package struct Quarantine: Hashable, Sendable {
    /// How many failures in a row lead to a rest.
    package static let maxFailuresInARow = 5

    private var failuresInARow = 0
    private var restsInARow = 0

    package init() {}

    /// Counts a failure on the instance's or Z-API's side.
    ///
    /// - Parameter policy: how rests grow; its `first` is the length of the first rest, without jitter.
    /// - Returns: how long the instance is to rest; nil when it may continue.
    package mutating func noteFailure(_ policy: RetryPolicy) -> Duration? {
        failuresInARow += 1
        guard failuresInARow >= Self.maxFailuresInARow else { return nil }
        restsInARow += 1
        failuresInARow = Self.maxFailuresInARow - 1
        return policy.backoff(afterFailures: restsInARow, random: 1)
    }

    /// A call was accepted, or refused because of the call itself: the instance works.
    package mutating func noteSuccess() {
        self = Quarantine()
    }
}
