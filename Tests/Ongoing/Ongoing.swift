import Synchronization

/// Something that runs at the same time as a test, such as a campaign run, a request or a process.
package protocol Ongoing: Sendable {
    /// Whether it has ended, so that nothing more can happen.
    var isOver: Bool { get }
}

/// The event that a test waited for never happened.
package struct ConditionNeverMet: Error, CustomStringConvertible {
    package let description: String

    /// - Parameter what: a noun, with its article.
    package init(for what: String) { description = "It ended, and there was never \(what)." }
}

/// The pauses of a polling loop. At first it only yields, then it sleeps for a millisecond each time, since the event
/// may need the processor. Only the condition ends the wait, never a time limit.
package struct Poller {
    private static let yields = 300
    private var checks = 0

    package init() {}

    /// Pauses before the condition is checked again.
    package mutating func pause() async {
        checks += 1
        guard checks > Self.yields else { return await Task.yield() }
        // The caller checks for cancellation.
        try? await Task.sleep(for: .milliseconds(1))
    }
}

extension Ongoing {
    /// Waits, without a time limit, until this has reached a condition.
    ///
    /// - Parameter what: a noun with its article, for the error message.
    /// - Throws: ``ConditionNeverMet`` when it ended before, since the wait would then never end.
    package func wait(for what: String, until isReached: () throws -> Bool) async throws {
        var poller = Poller()
        while true {
            // Read first, so that a condition reached at the very end counts.
            let isOver = isOver
            if try isReached() { return }
            guard !isOver else { throw ConditionNeverMet(for: what) }
            try Task.checkCancellation()
            await poller.pause()
        }
    }
}

/// A task that runs at the same time as a test.
package final class OngoingTask<Success: Sendable>: Ongoing {
    private final class End: Sendable {
        let isReached = Atomic(false)
    }

    private let end: End
    private let task: Task<Success, any Error>

    /// Starts it.
    package init(_ operation: @escaping @Sendable () async throws -> Success) {
        let end = End()
        self.end = end
        task = Task {
            defer { end.isReached.store(true, ordering: .releasing) }
            return try await operation()
        }
    }

    /// Whether the operation has returned or thrown.
    package var isOver: Bool { end.isReached.load(ordering: .acquiring) }

    /// Its result, when it has ended.
    package var value: Success {
        get async throws { try await task.value }
    }

    /// Cancels it.
    package func cancel() { task.cancel() }
}
