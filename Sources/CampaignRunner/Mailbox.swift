/// Where everything that happens during a run is laid down, for the one loop that acts on it.
///
/// The loop takes all that is there at once: what came in while a transaction was being written goes into the next one
/// together.
actor Mailbox<Event: Sendable> {
    private var events: [Event] = []
    private var reader: CheckedContinuation<[Event], Never>?

    /// Lays an event down; never waits for the reader.
    func post(_ event: Event) {
        guard let reader else {
            events.append(event)
            return
        }
        self.reader = nil
        reader.resume(returning: [event])
    }

    /// Takes everything that is there, or waits for the next event. For one reader.
    func take() async -> [Event] {
        guard events.isEmpty else { return takeAtOnce() }
        return await withCheckedContinuation { reader = $0 }
    }

    /// Takes everything that is there, which may be nothing.
    func takeAtOnce() -> [Event] {
        defer { events = [] }
        return events
    }
}
