import Synchronization

/// Tells operations that requeue contacts in slices which numbers have been blocked since they began.
final class BlockFeed: Sendable {
    private struct State {
        var subscribers: [Int: [Int64]] = [:]
        var last = 0
    }

    private let state = Mutex(State())

    /// - Returns: an identifier of the subscriber.
    func subscribe() -> Int {
        state.withLock { state in
            state.last += 1
            state.subscribers[state.last] = []
            return state.last
        }
    }

    func unsubscribe(_ subscriber: Int) {
        state.withLock { $0.subscribers[subscriber] = nil }
    }

    /// Called when a number is added to the list, within the transaction that adds it.
    func publish(_ identity: Int64) {
        state.withLock { state in
            for subscriber in state.subscribers.keys { state.subscribers[subscriber]?.append(identity) }
        }
    }

    /// The numbers since the subscriber's last call; those of a failed transaction may be among them.
    func take(_ subscriber: Int) -> [Int64] {
        state.withLock { state in
            defer { state.subscribers[subscriber]?.removeAll() }
            return state.subscribers[subscriber] ?? []
        }
    }
}
