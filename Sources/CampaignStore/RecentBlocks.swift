import Synchronization

/// Tells those who bring contacts back in slices which numbers have been put on the do-not-call list meanwhile.
final class RecentBlocks: Sendable {
    private struct State {
        var listeners: [Int: [Int64]] = [:]
        var last = 0
    }

    private let state = Mutex(State())

    /// Begins to listen.
    ///
    /// - Returns: by which the listener is known.
    func listen() -> Int {
        state.withLock { state in
            state.last += 1
            state.listeners[state.last] = []
            return state.last
        }
    }

    /// Ends that.
    func leave(_ listener: Int) {
        state.withLock { $0.listeners[listener] = nil }
    }

    /// A number is being put on the list, by the transaction that says so.
    func note(_ identity: Int64) {
        state.withLock { state in
            for listener in state.listeners.keys { state.listeners[listener]?.append(identity) }
        }
    }

    /// What has come since the listener last asked. Numbers of a transaction that has failed may be among them.
    func take(_ listener: Int) -> [Int64] {
        state.withLock { state in
            defer { state.listeners[listener]?.removeAll() }
            return state.listeners[listener] ?? []
        }
    }
}
