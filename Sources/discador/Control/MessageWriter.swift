import NIOConcurrencyHelpers
import NIOCore

/// Writes messages to one client, which may read them slowly or never.
final class MessageWriter: Sendable {
    private struct State {
        /// Messages that the kernel has not taken completely.
        var underWay = 0
        /// Whether the client has little time to read.
        var isHurried = false
        /// Closes the connection.
        var timeout: Scheduled<Void>?
    }

    private let channel: any Channel
    private let limit: Duration
    private let state = NIOLockedValueBox(State())

    /// - Parameter limit: how long a client that is hurried may take to make room for a message.
    init(to channel: any Channel, limit: Duration) {
        self.channel = channel
        self.limit = limit
    }

    /// Writes a message, and waits until the kernel has all of it: what it does not have is lost when the connection is
    /// closed.
    func write(_ message: some Encodable) async throws {
        try await send(message).get()
    }

    /// The same, except that it gives up waiting when the task is cancelled.
    func writeUnlessCancelled(_ message: some Encodable) async throws {
        try Task.checkCancellation()
        let (written, note) = AsyncThrowingStream<Never, any Error>.makeStream()
        try send(message).whenComplete { result in
            switch result {
            case .success: note.finish()
            case .failure(let error): note.finish(throwing: error)
            }
        }
        for try await _ in written {}
        try Task.checkCancellation()
    }

    /// From now on, a client that makes no room for a message in time is disconnected, also for one that waits
    /// already.
    func hurry() {
        state.withLockedValue { state in
            guard !state.isHurried else { return }
            state.isHurried = true
            restartTimeout(&state)
        }
    }

    private func send(_ message: some Encodable) throws -> EventLoopFuture<Void> {
        let frame = try MessageFraming.frame(message)
        state.withLockedValue { state in
            state.underWay += 1
            if state.timeout == nil { restartTimeout(&state) }
        }
        let written = channel.writeAndFlush(frame)
        written.whenComplete { _ in
            self.state.withLockedValue { state in
                state.underWay -= 1
                self.restartTimeout(&state)
            }
        }
        return written
    }

    private func restartTimeout(_ state: inout State) {
        state.timeout?.cancel()
        state.timeout = nil
        guard state.isHurried, state.underWay > 0 else { return }
        state.timeout = channel.eventLoop.scheduleTask(in: TimeAmount(limit)) { [channel] in
            channel.close(promise: nil)
        }
    }
}
