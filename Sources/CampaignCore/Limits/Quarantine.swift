/// When an instance rests: after too many failures in a row, and each time for longer.
///
/// Failures of one phone come and go; failures one after another are the instance's or Z-API's, and to go on would turn a
/// whole list into doubts. After a rest one more failure is enough for the next one.
public struct Quarantine: Hashable, Sendable {
    /// Failures in a row that are too many.
    public static let mostFailuresInARow = 5

    private var failuresInARow = 0
    private var restsInARow = 0

    /// An instance that has not failed yet.
    public init() {}

    /// A call failed on the instance's side of the line.
    ///
    /// - Parameter policy: how waits grow; its first wait is that of the first rest, without chance.
    /// - Returns: how long the instance is to rest; nil when it may go on.
    public mutating func noteFailure(_ policy: RetryPolicy) -> Duration? {
        failuresInARow += 1
        guard failuresInARow >= Self.mostFailuresInARow else { return nil }
        restsInARow += 1
        failuresInARow = Self.mostFailuresInARow - 1
        return policy.backoff(afterFailures: restsInARow, random: 1)
    }

    /// A call went well, or was refused for its own sake: the instance works.
    public mutating func noteSuccess() {
        self = Quarantine()
    }
}
