/// When an instance rests: after too many failures in a row, and longer each time.
///
/// Single failures come and go; failures in a row are the instance's or Z-API's, and continuing would turn a
/// whole list into doubts. After a rest one more failure is enough for the next one.
package struct Quarantine: Hashable, Sendable {
    /// Failures in a row that are too many.
    package static let maxFailuresInARow = 5

    private var failuresInARow = 0
    private var restsInARow = 0

    /// An instance that has not failed yet.
    package init() {}

    /// A call failed on the instance's or Z-API's side.
    ///
    /// - Parameter policy: how waits grow; its first wait is the length of the first rest, without jitter.
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
