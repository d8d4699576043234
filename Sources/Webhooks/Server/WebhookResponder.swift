import CampaignCore
import Connections
import Hummingbird
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTPTypes

/// Answers requests: the address is checked first, and a body is read only when it is right.
struct WebhookResponder: HTTPResponder {
    let dependencies: WebhookServer.Dependencies
    let limits: WebhookLimits
    let isBehindProxy: Bool
    let state: NIOLockedValueBox<State>
    let connections: OpenConnections

    struct State: Sendable {
        var counts = WebhookCounts()
        /// Events that wait for the inbox.
        var waiting = 0
        /// Their bodies.
        var waitingBytes = 0
        /// Whether the inbox could not keep the last event, so that it is logged once.
        var isFailing = false
    }

    func respond(to request: Request, context: ChannelContext) async throws -> Response {
        let path = request.head.path ?? ""
        let route = WebhookRoute(path[...])
        // A path of another form costs as much as a wrong token.
        let address = dependencies.addresses.address(
            token: route?.token ?? "", instance: route?.instance ?? "", at: dependencies.now())
        guard let address, let route, request.method == .post, isBehindProxy || route.prefix.isEmpty else {
            return refused()
        }
        connections.know(context.channel)
        guard let body = try await body(of: request, context) else { return await tooLarge(address) }
        let reading = WebhookTable.read(
            body, instance: String(route.instance), token: String(route.token), at: dependencies.now())
        switch reading {
        case .foreignInstance: return refused()
        case .events(let events): return await keep(events, bytes: body.count, at: address)
        }
    }

    /// Nil when it is too large. Throws when the connection ends before the body does.
    private func body(of request: Request, _ context: ChannelContext) async throws -> [UInt8]? {
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limits.body { return nil }
        if request.headers[.expect]?.lowercased() == "100-continue" {
            context.channel.writeAndFlush(HTTPResponsePart.head(HTTPResponse(status: .continue)), promise: nil)
        }
        do {
            let buffer = try await request.body.collect(upTo: limits.body)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            return nil
        }
    }

    /// The answer leaves only when the events are on disk, and whoever dials knows what they changed.
    /// - Parameter bytes: the size of the body that they came in.
    private func keep(_ events: [IncomingEvent], bytes: Int, at address: WebhookAddress) async -> Response {
        let mayWait = state.withLockedValue { state in
            guard state.waiting < limits.waiting, state.waitingBytes + bytes <= limits.waitingBytes else {
                return false
            }
            state.waiting += 1
            state.waitingBytes += bytes
            return true
        }
        guard mayWait else { return unavailable("too many events are waiting") }
        defer {
            state.withLockedValue { state in
                state.waiting -= 1
                state.waitingBytes -= bytes
            }
        }
        let receipts: [EventReceipt]
        do {
            receipts = try await dependencies.inbox.receive(events)
        } catch {
            return unavailable("\(error)")
        }
        let received = zip(events, receipts).map { ReceivedEvent(address: address, event: $0, receipt: $1) }
        await dependencies.onReceived(received)
        let new = receipts.count { $0.isNew }
        let wasFailing = state.withLockedValue { state in
            state.counts.events += new
            state.counts.repeats += receipts.count - new
            defer { state.isFailing = false }
            return state.isFailing
        }
        if wasFailing { dependencies.logger.info("webhooks are kept again") }
        return Response(status: .ok)
    }

    /// The same for everything that is wrong with an address. The connection ends: whoever guesses must begin anew.
    private func refused() -> Response {
        state.withLockedValue { $0.counts.refused += 1 }
        return Response(status: .notFound, headers: [.connection: "close"])
    }

    /// The same answer again: nobody learns that the address is right. What is lost is counted.
    private func tooLarge(_ address: WebhookAddress) async -> Response {
        state.withLockedValue { $0.counts.tooLarge += 1 }
        dependencies.logger.warning("a webhook was too large and is lost", metadata: ["limit": "\(limits.body)"])
        await dependencies.onTooLarge(address)
        return Response(status: .notFound, headers: [.connection: "close"])
    }

    private func unavailable(_ reason: String) -> Response {
        let wasFailing = state.withLockedValue { state in
            state.counts.unavailable += 1
            defer { state.isFailing = true }
            return state.isFailing
        }
        if !wasFailing { dependencies.logger.error("webhooks cannot be kept", metadata: ["reason": "\(reason)"]) }
        return Response(status: .serviceUnavailable, headers: [.retryAfter: "5"])
    }
}
