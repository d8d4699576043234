import CampaignCore
import Glibc
import NIOCore
import NIOPosix

/// Brings an request to the server of the process that holds a database.
struct ControlClient {
    /// How long a process may take to say hello; one that is stopped (SIGSTOP) never does.
    private static let patience = TimeAmount.seconds(5)

    let database: String

    /// Hands an request over and waits for the answer.
    ///
    /// - Parameter request: asked for once there is somebody who takes it.
    /// - Returns: nil when there is nobody; nothing was asked of anybody then. ``ControlResponse/closing`` when there is nobody any
    ///   more: nothing was done.
    /// - Throws: an error when the whole request was handed over and no answer came.
    func bring(_ request: () throws -> ControlRequest) async throws -> ControlResponse? {
        let path = ControlServer.socketPath(ofDatabase: database)
        guard let descriptor = try UnixSocket.connect(to: path) else { return nil }
        let connection = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .withConnectedSocket(descriptor) { channel in
                channel.eventLoop.makeCompletedFuture { try ControlConnection(wrappingChannelSynchronously: channel) }
            }
        return try await connection.executeThenClose { inbound, _ in
            var messages = MessageReader(inbound)
            let channel = connection.channel
            let patience = channel.eventLoop.scheduleTask(in: Self.patience) { channel.close(promise: nil) }
            // However it ends before anything is asked, somebody else may be asked.
            let hello = try? await messages.next(Hello.self)
            patience.cancel()
            guard let hello else { return nil }
            try hello.requireOurs()
            let frame = try MessageFraming.frame(request())
            // Until the kernel has all of it, and for good: of half an request nobody does anything.
            let isHandedOver = (try? await channel.writeAndFlush(frame).get()) != nil
            // A server that closed while the request was being made has said so, and is not there any more.
            if let answer = try? await messages.next(ControlResponse.self) { return answer }
            guard isHandedOver else { return .closing }
            throw Failure(
                .unexpected,
                "The process that holds \(database) broke off before it answered, and whether this was done is not "
                    + "known: look with `\(SuggestedCommands(databaseAt: database).command("status"))` before you do it "
                    + "again.")
        }
    }
}
