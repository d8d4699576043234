import NIOConcurrencyHelpers

/// The events of a dispatcher, for its one loop.
///
/// The loop takes all of them together: what arrived while a transaction was being written goes into the next one.
final class Mailbox<Event: Sendable>: Sendable {
    private struct State {
        var events: [Event] = []
        var reader: CheckedContinuation<[Event], Never>?
        var isClosed = false
    }

    private let state = NIOLockedValueBox(State())

    /// Adds an event; never waits for the reader.
    ///
    /// - Returns: whether a reader will see it.
    @discardableResult
    func post(_ event: Event) -> Bool {
        let (reader, isOpen) = state.withLockedValue { state -> (CheckedContinuation<[Event], Never>?, Bool) in
            guard !state.isClosed else { return (nil, false) }
            guard let reader = state.reader else {
                state.events.append(event)
                return (nil, true)
            }
            state.reader = nil
            return (reader, true)
        }
        reader?.resume(returning: [event])
        return isOpen
    }

    /// Takes all events, or waits for the next one. For a single reader.
    func take() async -> [Event] {
        await withCheckedContinuation { continuation in
            let events = state.withLockedValue { state -> [Event]? in
                guard state.events.isEmpty else {
                    defer { state.events = [] }
                    return state.events
                }
                state.reader = continuation
                return nil
            }
            if let events { continuation.resume(returning: events) }
        }
    }

    /// Takes no more events.
    ///
    /// - Returns: those that were not taken.
    func close() -> [Event] {
        state.withLockedValue { state in
            state.isClosed = true
            defer { state.events = [] }
            return state.events
        }
    }
}
