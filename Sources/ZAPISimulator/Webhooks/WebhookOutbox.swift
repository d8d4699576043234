import Logging
import NIOConcurrencyHelpers

/// The webhooks that wait to be sent. Adding to it never waits: beyond its capacity, what is added is dropped.
final class WebhookOutbox: Sendable {
    static let capacity = 20_000

    private struct State {
        /// How many have a place: they will be sent, or are under way.
        var waiting = 0
        var dropped = 0
        var isClosed = false
        var observers: [AsyncStream<Never>.Continuation] = []

        mutating func takeObservers() -> [AsyncStream<Never>.Continuation] {
            defer { observers = [] }
            return observers
        }
    }

    private let logger: Logger
    private let state = NIOLockedValueBox(State())
    private let stream = AsyncStream<WebhookPlan>.makeStream()

    init(logger: Logger) { self.logger = logger }

    var plans: AsyncStream<WebhookPlan> { stream.stream }

    var count: Int { state.withLockedValue { $0.waiting } }
    /// How many had no place.
    var dropped: Int { state.withLockedValue { $0.dropped } }

    /// Takes places for the webhooks of a plan, which is then handed over with `send`.
    ///
    /// - Returns: false when there are not enough, or nothing is sent any more: the plan is dropped.
    func reserve(_ plan: WebhookPlan) -> Bool {
        let (fits, isFirstDrop) = state.withLockedValue { state in
            guard !state.isClosed else { return (false, false) }
            guard state.waiting + plan.webhooks.count <= Self.capacity else {
                defer { state.dropped += plan.webhooks.count }
                return (false, state.dropped == 0)
            }
            state.waiting += plan.webhooks.count
            return (true, false)
        }
        if isFirstDrop { logger.warning("too many webhooks wait: further ones are dropped") }
        return fits
    }

    /// Begins a plan that has its places.
    func send(_ plan: WebhookPlan) { stream.continuation.yield(plan) }

    /// One that had a place has been sent, or is given up.
    func finishOne() {
        let observers = state.withLockedValue { state in
            state.waiting -= 1
            return state.waiting == 0 ? state.takeObservers() : []
        }
        for observer in observers { observer.finish() }
    }

    /// Drops what is left.
    func close() {
        let observers = state.withLockedValue { state in
            state.waiting = 0
            state.isClosed = true
            return state.takeObservers()
        }
        for observer in observers { observer.finish() }
    }

    /// Returns when nothing waits.
    func becomesEmpty() async {
        let empty = AsyncStream<Never>.makeStream()
        state.withLockedValue { state in
            if state.waiting == 0 { return empty.continuation.finish() }
            state.observers.append(empty.continuation)
        }
        for await _ in empty.stream {}
    }
}
