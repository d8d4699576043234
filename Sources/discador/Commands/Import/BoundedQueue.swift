import Dispatch
import Synchronization

/// Hands things from a thread that makes them to a thread that uses them, a few ahead at most: memory stays flat, and
/// both work at once. Both wait by blocking; the user is the database's own thread, which cannot suspend.
final class BoundedQueue<Element: Sendable>: Sendable {
    private struct State {
        var items: [Element] = []
        var end: Result<Void, any Error>?
        var isCancelled = false
    }

    private let state = Mutex(State())
    private let filled = DispatchSemaphore(value: 0)
    private let free = DispatchSemaphore(value: 0)

    /// - Parameter ahead: how many things may wait to be used.
    init(ahead: Int) {
        // Not as the semaphore's own first value: it must not be let go below that.
        for _ in 0..<ahead { free.signal() }
    }

    /// Waits for room and puts a thing there.
    ///
    /// - Returns: whether more are wanted.
    func put(_ element: Element) -> Bool {
        free.wait()
        let isWanted = state.withLock { state in
            if !state.isCancelled { state.items.append(element) }
            return !state.isCancelled
        }
        if isWanted { filled.signal() }
        return isWanted
    }

    /// Nothing more will come, because all is made or an error stopped it.
    func end(_ result: Result<Void, any Error>) {
        state.withLock { $0.end = result }
        filled.signal()
    }

    /// Waits for the next thing; nil at the end. Throws what stopped the maker.
    func next() throws -> Element? {
        filled.wait()
        let item: Element? = state.withLock { $0.items.isEmpty ? nil : $0.items.removeFirst() }
        if let item {
            free.signal()
            return item
        }
        filled.signal()
        try state.withLock(\.end)?.get()
        return nil
    }

    /// Nothing more is wanted; returns when the maker has noticed.
    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            state.items.removeAll()
        }
        free.signal()
        while state.withLock({ $0.end == nil }) { filled.wait() }
    }
}
