import CampaignCore
import Foundation
import Logging
import NIOCore

/// What the server does for one client.
extension ControlServer {
    /// Signals that no conversation has taken yet; a client that sends more is not listened to any longer.
    private static let mostSignals = 1000
    private static let tooLong = Failure(
        .unexpected,
        Phrase(
            "This was done, but its outcome is too large to be sent: see what it did with `discador status`.",
            "Isto foi feito, mas o resultado é grande demais para ser enviado: veja o que foi feito com `discador status`."
        ))

    /// Serves a client until it has its response.
    func serve(_ client: ControlConnection) async {
        do {
            try await client.executeThenClose { inbound, _ in
                let channel = client.channel
                guard try await channel.isFromOurUser.get() else { return }
                let writer = MessageWriter(to: channel, limit: limits.response)
                try await writer.write(Hello.ours)
                let response = await respond(to: channel, MessageReader(inbound), writer)
                writer.hurry()
                do {
                    try await writer.write(response)
                } catch is MessageFraming.TooLong {
                    try await writer.write(ControlResponse.failed(Self.tooLong))
                }
            }
        } catch {
            // A client that has disconnected needs no response; what it requested is done nevertheless.
            logger.debug("a client disconnected", metadata: ["reason": "\(error)"])
        }
    }

    /// Reads a client's request and carries it out.
    private func respond(
        to client: any Channel, _ messages: sending MessageReader, _ writer: MessageWriter
    ) async -> ControlResponse {
        var messages = messages
        let response: ControlResponse
        switch await request(of: client, &messages, writer) {
        case nil: response = .closing
        case .failure(let failure): response = .failed(failure)
        case .success(.operation(let operation, let actor)):
            response = await perform(operation, by: actor)
        case .success(.conversation(let conversation)):
            response = await conduct(conversation, messages, writer)
        }
        noteDone(client)
        return response
    }

    /// A client's request; nil when the server closed before it was read, or the client took too long.
    private func request(
        of client: any Channel, _ messages: inout MessageReader, _ writer: MessageWriter
    ) async -> Result<ControlRequest, Failure>? {
        guard noteIdle(client) else { return nil }
        // It is told to send it again, on a new connection.
        let timeout = client.eventLoop.scheduleTask(in: TimeAmount(limits.request)) {
            client.close(mode: .input, promise: nil)
        }
        let request = await nextRequest(&messages)
        timeout.cancel()
        var work: Work?
        var isConversation = false
        switch request {
        case .success(.operation(let operation, _)): work = Work(label: operation.label, writer: writer)
        case .success(.conversation(let conversation)):
            work = Work(label: conversation.label, isConversation: true, writer: writer)
            isConversation = true
        case .failure, nil: break
        }
        return begin(work, isConversation: isConversation, for: client) ? request : nil
    }

    private func nextRequest(_ messages: inout MessageReader) async -> Result<ControlRequest, Failure>? {
        do {
            guard let body = try await messages.nextBody() else { return nil }
            return .success(try JSONDecoder().decode(ControlRequest.self, from: body, configuration: kinds))
        } catch {
            let unreadable =
                Phrase(
                    "The process that holds the database cannot read the request: ",
                    "O processo que usa o banco de dados não consegue ler o pedido: ") + Phrase(error)
            return .failure(Failure(error) ?? Failure(.unexpected, unreadable))
        }
    }

    private func perform(_ operation: some StoreOperation, by actor: Actor) async -> ControlResponse {
        await response(to: operation.label) { try await context.carryOut(operation, by: actor) }
    }

    private func conduct<C: StoreConversation>(
        _ conversation: C, _ messages: sending MessageReader, _ writer: MessageWriter
    ) async -> ControlResponse {
        let (signals, sink) = AsyncStream.makeStream(
            of: C.Signal.self, bufferingPolicy: .bufferingOldest(Self.mostSignals))
        // Until the end of the conversation: then it is cancelled.
        async let _ = pass(messages, to: sink)
        return await response(to: conversation.label) {
            try await conversation.perform(in: context, signals: signals) { update in
                try await writer.writeUnlessCancelled(ControlResponse.update(try JSONEncoder().encode(update)))
            }
        }
    }

    /// Passes on a client's signals, until it is gone or has sent something that cannot be read.
    private func pass<Signal: Decodable & Sendable>(
        _ messages: sending MessageReader, to sink: AsyncStream<Signal>.Continuation
    ) async {
        var messages = messages
        defer { sink.finish() }
        do {
            while let signal = try await messages.next(Signal.self) {
                guard case .enqueued = sink.yield(signal) else {
                    return logger.warning("a client has sent more signals than are read; the rest is ignored")
                }
            }
        } catch {
            logger.debug("a client sends no more signals", metadata: ["reason": "\(error)"])
        }
    }

    private func response<Outcome: Encodable>(
        to label: String, _ perform: () async throws -> Outcome
    ) async -> ControlResponse {
        do {
            let outcome = try await perform()
            logger.info("request completed", metadata: ["request": "\(label)"])
            return .done(try JSONEncoder().encode(outcome))
        } catch {
            logger.info("request failed", metadata: ["request": "\(label)", "reason": "\(Phrase(error).english)"])
            return .failed(Failure(error) ?? Failure(.unexpected, Phrase(error)))
        }
    }
}
