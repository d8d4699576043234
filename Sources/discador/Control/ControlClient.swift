import CampaignCore
import Glibc
import NIOCore
import NIOPosix

/// Sends a request to the process that holds a database.
struct ControlClient {
    /// How long a process may take to say hello; one that is stopped (SIGSTOP) never does.
    private static let helloTimeout = TimeAmount.seconds(5)

    let database: String

    /// Sends a request and waits for the response.
    ///
    /// - Parameter request: evaluated once a server has said hello.
    /// - Returns: nil when no server accepts requests; ``ControlResponse/closing`` when it was closing. In both cases
    ///   nothing was done.
    /// - Throws: when the whole request was sent and no response came.
    func send(_ request: () throws -> ControlRequest) async throws -> ControlResponse? {
        let path = ControlServer.socketPath(ofDatabase: database)
        guard let descriptor = try UnixSocket.connect(to: path) else { return nil }
        let connection = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .withConnectedSocket(descriptor) { channel in
                channel.eventLoop.makeCompletedFuture { try ControlConnection(wrappingChannelSynchronously: channel) }
            }
        return try await connection.executeThenClose { inbound, _ in
            var messages = MessageReader(inbound)
            let channel = connection.channel
            let timeout = channel.eventLoop.scheduleTask(in: Self.helloTimeout) { channel.close(promise: nil) }
            // Whatever goes wrong before anything was requested, the request may be tried again.
            let hello = try? await messages.next(Hello.self)
            timeout.cancel()
            guard let hello else { return nil }
            try hello.requireOurs()
            let frame = try MessageFraming.frame(request())
            // Until the kernel has all of it: an incomplete request is never carried out.
            let isSent = (try? await channel.writeAndFlush(frame).get()) != nil
            // A server that closed while the request was being prepared has said so, and is gone.
            if let response = try? await messages.next(ControlResponse.self) { return response }
            guard isSent else { return .closing }
            throw Failure(
                .unexpected,
                "The process that holds \(database) broke off before it answered, and it is not known whether this "
                    + "was done: check with `\(SuggestedCommands(databaseAt: database).command("status"))` before you try "
                    + "again.")
        }
    }
}
