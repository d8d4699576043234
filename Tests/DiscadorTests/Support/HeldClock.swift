import Ongoing
import Synchronization

/// A clock whose waits last until the test ends them, whatever their duration.
final class HeldClock: Clock {
    private let waits = Atomic(0)
    private let released = Atomic(0)

    var now: ContinuousClock.Instant { .now }
    var minimumResolution: Duration { .zero }

    /// How many waits have begun.
    var begun: Int { waits.load(ordering: .acquiring) }

    /// Ends the first wait that has not been ended yet.
    func releaseNext() { released.add(1, ordering: .releasing) }

    func sleep(until deadline: ContinuousClock.Instant, tolerance: Duration?) async throws {
        let number = waits.add(1, ordering: .acquiringAndReleasing).newValue
        var poller = Poller()
        while released.load(ordering: .acquiring) < number {
            try Task.checkCancellation()
            await poller.pause()
        }
    }
}
