import CampaignCore
import CampaignRunner
import Synchronization

/// Those who want to know how a campaign goes on, in this process.
final class ProgressObservers: Sendable {
    typealias Observer = @Sendable (RunProgress) -> Void
    typealias Listener = @Sendable (Phrase) -> Void

    private struct State {
        var latest: RunProgress?
        var observers: [Observer] = []
        var warnings: [Phrase] = []
        var listeners: [Listener] = []
        var waiters: [CheckedContinuation<Void, Never>] = []
        var isOver = false
    }

    private let state = Mutex(State())

    /// Adds an observer; it hears the latest progress at once, and all warnings so far.
    func add(_ observer: @escaping Observer, onWarning listener: @escaping Listener = { _ in }) {
        let (latest, warnings) = state.withLock { state in
            state.observers.append(observer)
            state.listeners.append(listener)
            return (state.latest, state.warnings)
        }
        if let latest { observer(latest) }
        for warning in warnings { listener(warning) }
    }

    /// Passes on what a person should know.
    func warn(_ text: Phrase) {
        let listeners = state.withLock { state in
            state.warnings.append(text)
            return state.listeners
        }
        for listener in listeners { listener(text) }
    }

    /// Passes progress on; called after each turn of the dispatcher.
    func note(_ progress: RunProgress) {
        let (observers, waiters) = state.withLock { state in
            state.latest = progress
            defer { state.waiters = [] }
            return (state.observers, state.waiters)
        }
        for waiter in waiters { waiter.resume() }
        for observer in observers { observer(progress) }
    }

    /// The latest progress; nil before the first.
    var latest: RunProgress? { state.withLock(\.latest) }

    /// Whether there has been any progress.
    var hasBegun: Bool { latest != nil }

    /// Waits until there has been any progress, or there will be none.
    func waitForBeginning() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.latest == nil, !state.isOver { state.waiters.append(continuation) }
                return state.latest != nil || state.isOver
            }
            if isThere { continuation.resume() }
        }
    }

    /// There will be no more progress.
    func end() {
        let waiters = state.withLock { state in
            state.isOver = true
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }
}
