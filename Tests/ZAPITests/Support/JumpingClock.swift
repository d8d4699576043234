import NIOConcurrencyHelpers

/// A clock on which nobody waits: its time moves on to whatever is waited for. Or, when it stands, one on which
/// everybody waits until the task is cancelled.
final class JumpingClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let stands: Bool
    private let time = NIOLockedValueBox(Instant(offset: .zero))

    init(stands: Bool = false) {
        self.stands = stands
    }

    var now: Instant { time.withLockedValue(\.self) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        if stands { for await _ in AsyncStream<Never>.makeStream().stream {} }
        try Task.checkCancellation()
        time.withLockedValue { $0 = max($0, deadline) }
    }
}
