import Dispatch
import Synchronization

/// Passes elements from a producer thread to a consumer thread, with a bounded number in between: memory stays flat,
/// and both work at the same time. Both block while they wait; the consumer is the database's own thread, which cannot
/// suspend.
final class BoundedQueue<Element: Sendable>: Sendable {
    private struct State {
        var items: [Element] = []
        var end: Result<Void, any Error>?
        var isCancelled = false
    }

    private let state = Mutex(State())
    private let filled = DispatchSemaphore(value: 0)
    private let free = DispatchSemaphore(value: 0)

    /// - Parameter capacity: how many elements may wait for the consumer.
    init(capacity: Int) {
        // Not as the semaphore's initial value: it must not be released below that.
        for _ in 0..<capacity { free.signal() }
    }

    /// Waits for space and adds an element.
    ///
    /// - Returns: false when the consumer wants no more.
    func put(_ element: Element) -> Bool {
        free.wait()
        let isWanted = state.withLock { state in
            if !state.isCancelled { state.items.append(element) }
            return !state.isCancelled
        }
        if isWanted { filled.signal() }
        return isWanted
    }

    /// Ends the input: everything was produced, or an error stopped the producer.
    func end(_ result: Result<Void, any Error>) {
        state.withLock { $0.end = result }
        filled.signal()
    }

    /// Waits for the next element; nil at the end. Throws the error that stopped the producer.
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

    /// Tells the producer to stop; returns when it has noticed.
    func cancel() {
        state.withLock { state in
            state.isCancelled = true
            state.items.removeAll()
        }
        free.signal()
        while state.withLock({ $0.end == nil }) { filled.wait() }
    }
}
