import Ongoing
import Synchronization

/// A clock by which every wait lasts until the test ends it, however long it is to be.
final class HeldClock: Clock {
    private let isReleased = Atomic(false)

    var now: ContinuousClock.Instant { .now }
    var minimumResolution: Duration { .zero }

    /// Ends all waits.
    func release() { isReleased.store(true, ordering: .releasing) }

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        var patience = Patience()
        while !isReleased.load(ordering: .acquiring) {
            try Task.checkCancellation()
            await patience.pause()
        }
    }
}
