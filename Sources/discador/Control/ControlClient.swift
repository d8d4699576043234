import CampaignCore
import Foundation
import Glibc
import NIOCore
import NIOPosix

/// Sends requests to the process that holds a database.
struct ControlClient {
    /// A request after it was sent.
    private struct Sent {
        let channel: any Channel
        /// Whether the kernel has all of it: an incomplete request is never carried out.
        let isComplete: Bool
        var responses: MessageReader

        /// The next response; nil when there is none.
        mutating func next() async -> ControlResponse? { try? await responses.next(ControlResponse.self) }
    }

    let database: String
    /// How long a process may take to say hello; one that is stopped (SIGSTOP) never does.
    var helloTimeout = Duration.seconds(5)

    /// Sends a request and waits for the response.
    ///
    /// - Parameter request: evaluated once a server has said hello.
    /// - Returns: nil when no server accepts requests; ``ControlResponse/closing`` when it was closing. In both cases
    ///   nothing was done.
    /// - Throws: when the whole request was sent and no response came.
    func send(_ request: () throws -> ControlRequest) async throws -> ControlResponse? {
        try await exchange(request) { sent in
            // A server that closed while the request was being prepared has said so, and is gone.
            if let response = await sent.next() { return response }
            guard sent.isComplete else { return .closing }
            throw Failure(
                .unexpected,
                Phrase(
                    "The process that holds \(database) broke off before it answered, and it is not known whether this "
                        + "was done: check with `\(status)` before you try again.",
                    "O processo que usa \(database) parou antes de responder, e não se sabe se isto foi feito: confira com "
                        + "`\(status)` antes de tentar de novo."))
        }
    }

    /// Sends a conversation, and stays in it until its end.
    ///
    /// - Parameters:
    ///   - signals: sent one after another; those that come after the server is gone are ignored.
    ///   - onUpdate: called with each update in turn. While it waits, the server is not read from.
    /// - Throws: ``Failure`` when the conversation failed, or what `onUpdate` throws.
    func converse<C: StoreConversation>(
        _ conversation: C, signals: AsyncStream<C.Signal>, onUpdate: (C.Update) async throws -> Void
    ) async throws -> ConversationEnd<C.Outcome> {
        let result: ConversationEnd<C.Outcome>? = try await exchange({ ControlRequest(conversation) }) { sent in
            let channel = sent.channel
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await signal in signals {
                        channel.writeAndFlush(try MessageFraming.frame(signal), promise: nil)
                    }
                }
                defer { group.cancelAll() }
                return try await end(of: conversation, &sent, onUpdate)
            }
        }
        return result ?? .unavailable
    }

    private func end<C: StoreConversation>(
        of conversation: C, _ sent: inout Sent, _ onUpdate: (C.Update) async throws -> Void
    ) async throws -> ConversationEnd<C.Outcome> {
        while let response = await sent.next() {
            switch response {
            case .update(let update): try await onUpdate(try decode(C.Update.self, from: update, conversation.label))
            case .done(let outcome): return .outcome(try decode(C.Outcome.self, from: outcome, conversation.label))
            case .failed(let failure): throw failure
            case .closing: return .unavailable
            }
        }
        try Task.checkCancellation()
        return sent.isComplete ? .lost : .unavailable
    }

    /// Connects, reads the hello and sends a request.
    ///
    /// - Returns: nil when no server accepts requests, and nothing was done.
    private func exchange<Result>(
        _ request: () throws -> ControlRequest, _ body: (inout Sent) async throws -> sending Result
    ) async throws -> sending Result? {
        let path = ControlServer.socketPath(ofDatabase: database)
        guard let descriptor = try UnixSocket.connect(to: path) else { return nil }
        let connection = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .withConnectedSocket(descriptor) { channel in
                channel.eventLoop.makeCompletedFuture { try ControlConnection(wrappingChannelSynchronously: channel) }
            }
        return try await connection.executeThenClose { inbound, _ in
            var messages = MessageReader(inbound)
            let channel = connection.channel
            let timeout = channel.eventLoop.scheduleTask(in: TimeAmount(helloTimeout)) {
                channel.close(promise: nil)
            }
            // Whatever goes wrong before anything was requested, the request may be tried again.
            let hello = try? await messages.next(Hello.self)
            timeout.cancel()
            guard let hello else { return nil }
            try hello.requireOurs()
            let frame = try frame(try request())
            let isComplete = (try? await channel.writeAndFlush(frame).get()) != nil
            var sent = Sent(channel: channel, isComplete: isComplete, responses: messages)
            return try await body(&sent)
        }
    }

    private var status: String { SuggestedCommands(databaseAt: database).command("status") }

    private func frame(_ request: ControlRequest) throws -> ByteBuffer {
        do {
            return try MessageFraming.frame(request)
        } catch let error as MessageFraming.TooLong {
            throw Failure(
                .badInput,
                Phrase(
                    "The request is too large (\(error.bytes) bytes): split it into several commands.",
                    "O pedido é grande demais (\(error.bytes) bytes): divida em vários comandos."))
        }
    }

    private func decode<Message: Decodable>(
        _ type: Message.Type, from bytes: Data, _ label: String
    ) throws -> Message {
        do {
            return try JSONDecoder().decode(type, from: bytes)
        } catch {
            throw Failure(
                .unexpected,
                Phrase(
                    "What the process that holds the database says about `\(label)` cannot be read: it is another version. "
                        + "See `\(status)`.",
                    "Não foi possível ler o que o processo que usa o banco de dados diz sobre `\(label)`: é outra versão. "
                        + "Veja `\(status)`."))
        }
    }
}
