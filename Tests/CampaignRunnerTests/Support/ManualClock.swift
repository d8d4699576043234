import CampaignCore
import NIOConcurrencyHelpers

/// A clock that a test advances. Nothing waits in real time.
final class ManualClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration

        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        var id: Int
        var deadline: Instant
        var continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var wallShift = Duration.zero
        var sleepers: [Sleeper] = []
        var cancelled: Set<Int> = []
        var nextID = 0
    }

    private let state = NIOLockedValueBox(State())

    var now: Instant { state.withLockedValue(\.now) }
    var minimumResolution: Duration { .nanoseconds(1) }

    /// What a wall clock shows that was at `start` when this one was at zero.
    func wall(from start: Timestamp) -> Timestamp {
        state.withLockedValue { start.advanced(by: $0.now.offset + $0.wallShift) }
    }

    /// Sets the wall clock; no sleeper is woken by it.
    func setWall(by step: Duration) {
        state.withLockedValue { $0.wallShift += step }
    }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let id = state.withLockedValue { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                // No sleeper is resumed under the lock, which a cancellation waits for while it holds one of the runtime's.
                let outcome: Result<Void, any Error>? = state.withLockedValue { state in
                    if state.cancelled.contains(id) { return .failure(CancellationError()) }
                    guard deadline > state.now else { return .success(()) }
                    state.sleepers.append(Sleeper(id: id, deadline: deadline, continuation: continuation))
                    return nil
                }
                if let outcome { continuation.resume(with: outcome) }
            }
        } onCancel: {
            let sleeper = state.withLockedValue { state in
                state.cancelled.insert(id)
                let found = state.sleepers.first { $0.id == id }
                state.sleepers.removeAll { $0.id == id }
                return found
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    /// Whether a sleeper waits for exactly this time.
    func isWaited(until offset: Duration) -> Bool {
        state.withLockedValue { $0.sleepers.contains { $0.deadline.offset == offset } }
    }

    /// Moves the time forward by `duration` in one step and wakes all sleepers that are due by then.
    func advance(by duration: Duration) async {
        let woken: [Sleeper] = state.withLockedValue { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.deadline <= state.now }
            state.sleepers.removeAll { $0.deadline <= state.now }
            return due
        }
        for sleeper in woken { sleeper.continuation.resume() }
    }

    /// Moves to the earliest deadline, if there is one by `limit`, and wakes the sleepers that it is for.
    ///
    /// - Returns: whether there was one.
    func advance(toDeadlineBy limit: Duration) -> Bool {
        let woken: [Sleeper] = state.withLockedValue { state in
            let limit = Instant(offset: limit)
            guard let earliest = state.sleepers.map(\.deadline).min(), earliest <= limit else { return [] }
            state.now = max(state.now, earliest)
            let due = state.sleepers.filter { $0.deadline <= earliest }
            state.sleepers.removeAll { $0.deadline <= earliest }
            return due
        }
        for sleeper in woken { sleeper.continuation.resume() }
        return !woken.isEmpty
    }
}
