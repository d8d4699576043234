import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// Accepts connections on a listening socket. Each is either served or closed, whatever happens at the same time.
final class ControlListener: Sendable {
    private let reception: Reception
    private let listener: any Channel
    /// Says that connections are waiting; ends with the listener.
    private let arrivals: AsyncStream<Void>

    /// - Parameters:
    ///   - descriptor: a socket that listens; closed with the listener.
    ///   - limit: how many connections may be open at the same time.
    ///   - refusal: the response to clients beyond them.
    init(on descriptor: Int32, limit: Int, refusal: ControlResponse) async throws {
        // One note is enough, however many connections are waiting.
        let (arrivals, noteArrival) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let reception = Reception(limit: limit, refusal: refusal) { noteArrival.yield() }
        self.arrivals = arrivals
        self.reception = reception
        listener = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            // While this process has no descriptor left for a client, it tries again once a second.
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptBackoffHandler(shouldForwardIOErrorCaught: false))
                }
            }
            // A client that has closed its side, or whose side was closed here, still gets its response.
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(reception) }
            }
            .withBoundSocket(descriptor).get()
        listener.closeFuture.whenComplete { _ in noteArrival.finish() }
    }

    /// Serves connections until the listener is closed, or the task is cancelled, and the last of them has ended.
    func serve(_ serve: @escaping @Sendable (ControlConnection) async -> Void) async {
        await withDiscardingTaskGroup { group in
            for await _ in arrivals {
                for connection in reception.takeWaiting() { group.addTask { await serve(connection) } }
            }
            for connection in reception.close() {
                group.addTask { try? await connection.executeThenClose { _, _ in } }
            }
            try? await listener.close()
        }
    }

    /// Accepts no more connections, and closes those that wait to be served.
    func close() async {
        // It may have been closed already.
        try? await listener.close()
    }
}

/// Decides about each connection at the moment in which it is accepted.
private final class Reception: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    private struct State {
        var isClosed = false
        /// Each of these has to be served: NIO ends the process when a connection is dropped.
        var waiting: [ControlConnection] = []
        /// How many connections have been accepted and are still open.
        var open = 0
    }

    private enum Decision {
        case served
        case closed
        case tooMany
    }

    private let state = NIOLockedValueBox(State())
    private let limit: Int
    private let refusal: ControlResponse
    private let noteArrival: @Sendable () -> Void

    init(limit: Int, refusal: ControlResponse, noteArrival: @escaping @Sendable () -> Void) {
        self.limit = limit
        self.refusal = refusal
        self.noteArrival = noteArrival
    }

    func channelActive(context: ChannelHandlerContext) {
        let channel = context.channel
        switch decide(channel) {
        case .served:
            channel.closeFuture.whenComplete { _ in self.state.withLockedValue { $0.open -= 1 } }
            noteArrival()
        case .closed: channel.close(promise: nil)
        case .tooMany: turnAway(channel)
        }
        context.fireChannelActive()
    }

    /// The connections that wait to be served.
    func takeWaiting() -> [ControlConnection] {
        state.withLockedValue { state in
            defer { state.waiting = [] }
            return state.waiting
        }
    }

    /// Closes every connection that is accepted from now on.
    ///
    /// - Returns: those that wait to be served.
    func close() -> [ControlConnection] {
        state.withLockedValue { $0.isClosed = true }
        return takeWaiting()
    }

    private func decide(_ channel: any Channel) -> Decision {
        state.withLockedValue { state in
            guard !state.isClosed else { return .closed }
            guard state.open < limit else { return .tooMany }
            // It fails for a channel that is closed.
            guard let connection = try? ControlConnection(wrappingChannelSynchronously: channel) else { return .closed }
            state.open += 1
            state.waiting.append(connection)
            return .served
        }
    }

    /// Tells a client that it cannot be served. That fits into the kernel's memory, so the client need not read it yet.
    private func turnAway(_ channel: any Channel) {
        channel.isFromOurUser.whenComplete { [refusal] isOurs in
            guard case .success(true) = isOurs, var messages = try? MessageFraming.frame(Hello.ours),
                var response = try? MessageFraming.frame(refusal)
            else { return channel.close(promise: nil) }
            messages.writeBuffer(&response)
            channel.writeAndFlush(messages).whenComplete { _ in channel.close(promise: nil) }
        }
    }
}
