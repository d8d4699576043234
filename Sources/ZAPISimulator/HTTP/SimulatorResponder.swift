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
        let action: ResponseAction
        let latency: Duration
        do {
            (action, latency) = try state.withLockedValue { try $0.respond(to: incoming, at: wallClock()) }
        } catch {
            logger.error("the ledger cannot be written", metadata: ["error": "\(error)"])
            return Self.response(.error(500, "The simulator cannot write its ledger"))
        }
        if latency > .zero { await wait(latency) }
        switch action {
        case .send(let response):
            return Self.response(response)
        case .hang:
            await wait(hang)
            return try await cut(context.channel)
        case .cut:
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

    /// A shutdown or a cancellation ends the wait early, so that no slow call delays it.
    private func wait(_ duration: Duration) async {
        try? await cancelWhenGracefulShutdown { try await clock.sleep(for: duration) }
    }

    /// Closes the connection before a byte of a response was written.
    private func cut(_ channel: any Channel) async throws -> Response {
        try await channel.close()
        throw ConnectionCut()
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
