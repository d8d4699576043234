import Synchronization

/// Tells those who bring contacts back in slices which numbers have been put on the do-not-call list meanwhile.
final class BlockFeed: Sendable {
    private struct State {
        var subscribers: [Int: [Int64]] = [:]
        var last = 0
    }

    private let state = Mutex(State())

    /// Begins to listen.
    ///
    /// - Returns: by which the listener is known.
    func subscribe() -> Int {
        state.withLock { state in
            state.last += 1
            state.subscribers[state.last] = []
            return state.last
        }
    }

    /// Ends that.
    func unsubscribe(_ subscriber: Int) {
        state.withLock { $0.subscribers[subscriber] = nil }
    }

    /// A number is being put on the list, by the transaction that says so.
    func publish(_ identity: Int64) {
        state.withLock { state in
            for subscriber in state.subscribers.keys { state.subscribers[subscriber]?.append(identity) }
        }
    }

    /// What has come since the listener last asked. Numbers of a transaction that has failed may be among them.
    func take(_ subscriber: Int) -> [Int64] {
        state.withLock { state in
            defer { state.subscribers[subscriber]?.removeAll() }
            return state.subscribers[subscriber] ?? []
        }
    }
}
