import Foundation
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import NIOCore
import ServiceLifecycle

/// What Hummingbird passes on with a request: its connection, so that it can be cut.
struct SimulatorContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

/// Passes requests to the state and sends its responses: the only place that waits.
struct SimulatorResponder: HTTPResponder {
    /// The connection is gone; there is nothing to respond to.
    private struct ConnectionCut: Error {}

    /// The account security token (Z-API docs, page "Client-Token", read 2026).
    private static let clientToken = HTTPFields.Element.Name("Client-Token")
    private static let largestBody = 2 * 1_024 * 1_024

    let state: NIOLockedValueBox<SimulatorState>
    let outbox: WebhookOutbox
    let hang: Duration
    let wallClock: @Sendable () -> Int64
    let clock: any Clock<Duration>
    let logger: Logger

    func respond(to request: Request, context: SimulatorContext) async throws -> Response {
        let incoming = IncomingRequest(
            method: request.method.rawValue,
            path: request.head.path ?? "/",
            clientToken: Self.clientToken.flatMap { request.headers[$0] },
            contentType: request.headers[.contentType],
            body: try await Self.body(of: request)
        )
        let answer: SimulatorState.Answer
        do {
            answer = try state.withLockedValue { try $0.respond(to: incoming, at: wallClock()) }
        } catch {
            logger.error("the ledger cannot be written", metadata: ["error": "\(error)"])
            return Self.response(.error(500, "The simulator cannot write its ledger"))
        }
        // Before the reply, so that whoever has it finds them waiting.
        let webhooks = answer.plan.flatMap { WebhooksToCome(plan: $0, outbox: outbox) }
        if answer.latency > .zero { await wait(answer.latency) }
        if let webhooks, answer.plan?.startsBeforeReply == true { await sendFirst(of: webhooks) }
        switch answer.action {
        case .send(let response):
            guard let webhooks else { return Self.response(response) }
            return Self.response(response) { webhooks.begin() }
        case .hang:
            webhooks?.begin()
            await wait(hang)
            return try await cut(context.channel)
        case .cut:
            defer { webhooks?.begin() }
            return try await cut(context.channel)
        }
    }

    private static func body(of request: Request) async throws -> Data? {
        do {
            let buffer = try await request.body.collect(upTo: largestBody)
            return Data(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            return nil
        }
    }

    /// Returns when the first webhook has been sent, or after a second.
    private func sendFirst(of webhooks: WebhooksToCome) async {
        let firstIsSent = AsyncStream<Never>.makeStream()
        webhooks.begin(firstIsSent.continuation)
        await withDiscardingTaskGroup { group in
            group.addTask { await wait(.seconds(1)) }
            for await _ in firstIsSent.stream {}
            group.cancelAll()
        }
    }

    /// A shutdown or a cancellation ends the wait early, so that no slow call delays it.
    private func wait(_ duration: Duration) async {
        try? await cancelWhenGracefulShutdown { try await clock.sleep(for: duration) }
    }

    /// Closes the connection before a byte of a response was written.
    private func cut(_ channel: any Channel) async throws -> Response {
        try await channel.close()
        throw ConnectionCut()
    }

    /// - Parameter then: called when the response has been written.
    private static func response(
        _ response: SimulatorResponse, then: @escaping @Sendable () -> Void
    ) -> Response {
        var sent = self.response(response)
        let body = ByteBuffer(string: response.body)
        sent.body = ResponseBody(contentLength: body.readableBytes) { writer in
            try await writer.write(body)
            try await writer.finish(nil)
            then()
        }
        return sent
    }

    private static func response(_ response: SimulatorResponse) -> Response {
        var headers = HTTPFields()
        headers[.contentType] = response.contentType
        switch response.header {
        case .retryAfter(let text): headers[.retryAfter] = text
        case .allow(let verbs): headers[.allow] = verbs
        case .location(let address): headers[.location] = address
        case nil: break
        }
        return Response(
            status: HTTPResponse.Status(code: response.status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(string: response.body))
        )
    }
}

/// What the webhooks tell about a call, once its reply has been sent, or once it is certain that it never will be.
private final class WebhooksToCome: Sendable {
    private let plan: WebhookPlan
    private let outbox: WebhookOutbox
    private let hasBegun = NIOLockedValueBox(false)

    /// Nil when there is nothing to tell, or no room for it.
    init?(plan: WebhookPlan, outbox: WebhookOutbox) {
        guard !plan.webhooks.isEmpty, outbox.reserve(plan) else { return nil }
        self.plan = plan
        self.outbox = outbox
    }

    /// - Parameter firstIsSent: finished when the first one has been sent.
    func begin(_ firstIsSent: AsyncStream<Never>.Continuation? = nil) {
        let isFirst = hasBegun.withLockedValue { hasBegun in
            defer { hasBegun = true }
            return !hasBegun
        }
        guard isFirst else { return }
        var begun = plan
        begun.firstIsSent = firstIsSent
        outbox.send(begun)
    }

    // The client may have gone before the reply was written.
    deinit { begin() }
}
