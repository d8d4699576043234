import Synchronization

/// Something that goes on beside a test, such as a run, a request or a process.
public protocol Ongoing: Sendable {
    /// Whether it can bring about nothing more.
    var isOver: Bool { get }
}

/// What a test waited for never came.
public struct WaitedInVain: Error, CustomStringConvertible {
    /// What it was.
    public let description: String

    /// - Parameter what: a noun, with its article.
    public init(for what: String) { description = "It ended, and there was never \(what)." }
}

/// The pauses of somebody who looks again and again whether something has come about. At first it lets others have their
/// turn, and then it sleeps for moments: what is waited for may need the processor that it would keep busy. The condition
/// alone decides, never how long that took.
public struct Patience {
    private static let yields = 300
    private var looks = 0

    /// The patience of one wait.
    public init() {}

    /// Pauses before the next look.
    public mutating func pause() async {
        looks += 1
        guard looks > Self.yields else { return await Task.yield() }
        // Who is cancelled looks at that himself.
        try? await Task.sleep(for: .milliseconds(1))
    }
}

extension Ongoing {
    /// Waits, without a look at the time, until this has brought something about.
    ///
    /// - Parameter what: a noun with its article, for whoever reads that the wait was in vain.
    /// - Throws: ``WaitedInVain`` when it ended before; the wait would never end.
    public func wait(for what: String, until isReached: () throws -> Bool) async throws {
        var patience = Patience()
        while true {
            // Asked first: what is reached at the very end counts.
            let isOver = isOver
            if try isReached() { return }
            guard !isOver else { throw WaitedInVain(for: what) }
            try Task.checkCancellation()
            await patience.pause()
        }
    }
}

/// A task that a test waits beside.
public final class OngoingTask<Success: Sendable>: Ongoing {
    private final class End: Sendable {
        let isReached = Atomic(false)
    }

    private let end: End
    private let task: Task<Success, any Error>

    /// Begins it.
    public init(_ operation: @escaping @Sendable () async throws -> Success) {
        let end = End()
        self.end = end
        task = Task {
            defer { end.isReached.store(true, ordering: .releasing) }
            return try await operation()
        }
    }

    /// Whether the operation has returned or thrown.
    public var isOver: Bool { end.isReached.load(ordering: .acquiring) }

    /// Waits for its end.
    public var value: Success {
        get async throws { try await task.value }
    }

    /// Asks it to end.
    public func cancel() { task.cancel() }
}
