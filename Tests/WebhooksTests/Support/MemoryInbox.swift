import CampaignCore
import NIOConcurrencyHelpers

/// An inbox in memory that keeps events by their keys; it can refuse them, or let them wait.
final class MemoryInbox: EventInbox {
    private struct State {
        var events: [IncomingEvent] = []
        var known: Set<String> = []
        var arrived = 0
        var error: StoreError?
        var isHeld = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = NIOLockedValueBox(State())

    /// What was kept, without repeats.
    var events: [IncomingEvent] { state.withLockedValue { $0.events } }
    /// How many calls of `receive` have begun.
    var arrived: Int { state.withLockedValue { $0.arrived } }

    /// How many calls of `receive` wait.
    var held: Int { state.withLockedValue { $0.waiting.count } }

    /// From now on, nothing can be kept; nil means that it can again.
    func fail(_ error: StoreError?) { state.withLockedValue { $0.error = error } }

    /// From now on, `receive` waits until `release`.
    func hold() { state.withLockedValue { $0.isHeld = true } }

    func release() {
        let waiting = state.withLockedValue { state in
            state.isHeld = false
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func receive(_ events: [IncomingEvent]) async throws(StoreError) -> [EventReceipt] {
        state.withLockedValue { $0.arrived += 1 }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let isHeld = state.withLockedValue { state in
                if state.isHeld { state.waiting.append(continuation) }
                return state.isHeld
            }
            if !isHeld { continuation.resume() }
        }
        let kept = state.withLockedValue { state -> [EventReceipt]? in
            guard state.error == nil else { return nil }
            return events.map { event in
                let isNew = state.known.insert("\(event.instance) \(event.key)").inserted
                if isNew { state.events.append(event) }
                return EventReceipt(isNew: isNew)
            }
        }
        guard let kept else { throw state.withLockedValue { $0.error } ?? .missing(path: "") }
        return kept
    }
}
