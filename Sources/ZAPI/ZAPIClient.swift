import AsyncHTTPClient
package import CampaignCore
import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import NIOHTTPCompression

/// Z-API over HTTP: places calls and asks how instances are.
///
/// Tokens stand in the path of every request (developer.z-api.io, read 2026), so no URL leaves this module, and what
/// Z-API says is searched for secrets before it is handed on.
package final class ZAPIClient: CallProvider {
    /// The largest reply that is read, in bytes.
    static let largestReply = 65_536
    /// What any reply may come to that is compressed, though nobody asked for that.
    private static let largestDecompressed = 32 << 20
    /// A run waits for this before its first call, whatever the timeout of calls.
    private static let longestHealthCheck = TimeAmount.seconds(10)

    /// The most connections that a call is tried on which turn out to have idled for too long. Each is closed, and the
    /// timers of the others, which are late, close those.
    private static let maxConnections = 8

    /// So many connections keep one event loop busy before another is of use.
    private static let connectionsPerLoop = 16

    /// One for each event loop in use. A body must leave on the loop of its connection: a client that had several would
    /// open a connection for every call that requires one of them, and close it afterwards.
    private let clients: [HTTPClient]
    private let turn = NIOLockedValueBox(0)
    private let passing: PassingBodies
    private let endpoints: [Endpoint]
    private let timeout: TimeAmount
    let table: VerdictTable

    /// A client for the instances of a run.
    ///
    /// - Parameters:
    ///   - instances: in the order of the run's list.
    ///   - timeout: how long a request may take, from connecting to the last byte.
    ///   - connections: the most requests that are under way at once.
    ///   - trust: whose certificates are trusted.
    ///   - now: the wall clock, for a `Retry-After` that is a date, and to notice that the machine slept.
    package convenience init(
        instances: [Instance],
        timeout: Duration,
        connections: Int,
        trust: TrustedIssuers = .system,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.init(
            instances: instances, timeout: timeout, rules: ConnectionRules(most: connections, trust: trust), now: now)
    }

    /// With limits of its own for connections that idle.
    convenience init(
        instances: [Instance],
        timeout: Duration,
        connections: Int,
        idle: IdleLimits,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.init(
            instances: instances, timeout: timeout, rules: ConnectionRules(most: connections, idle: idle), now: now)
    }

    private init(
        instances: [Instance], timeout: Duration, rules: ConnectionRules, now: @escaping @Sendable () -> Timestamp
    ) {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: rules.trust.tls, redirectConfiguration: .disallow)
        // Before the time for the whole request is over: a connection that never came is then known as such.
        configuration.timeout = .init(connect: TimeAmount(min(timeout * 9 / 10, .seconds(10))))
        configuration.decompression = .enabled(limit: .size(Self.largestDecompressed))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(rules.most, 1)
        // A refused port is an answer at once, not after the whole timeout.
        configuration.connectionPool.retryConnectionEstablishment = false
        // Closing idle connections first, a call never races with the server's closing them: it would be in doubt.
        configuration.connectionPool.idleTimeout = TimeAmount(rules.idle.pool)
        let passing = PassingBodies()
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.submit {
                try channel.pipeline.syncOperations.addHandler(
                    DepartureGate(passing, longestIdle: rules.idle.calls, now: now), position: .first)
            }
        }
        self.passing = passing
        let loops = Array(HTTPClient.defaultEventLoopGroup.makeIterator())
        clients = loops.prefix(max(1, rules.most / Self.connectionsPerLoop)).map {
            HTTPClient(eventLoopGroupProvider: .shared($0), configuration: configuration)
        }
        endpoints = instances.map(Endpoint.init)
        self.timeout = TimeAmount(timeout)
        let secrets = instances.flatMap { [$0.token, $0.clientToken].compactMap { $0?.reveal() } }
        table = VerdictTable(now: now, outside: OutsideText(secrets: secrets))
    }

    /// Closes all connections. Call it once, when no request is under way.
    package func shutdown() async throws {
        for client in clients { try await client.shutdown() }
    }

    /// The clients take turns.
    private func nextClient() -> HTTPClient {
        let turn = turn.withLockedValue { turn in
            turn = (turn + 1) % clients.count
            return turn
        }
        return clients[turn]
    }

    /// `POST …/send-call` with `phone` and `callDuration` (send-call page, read 2026).
    ///
    /// `refusal` is asked when there is a connection and the head of the request has left, before its body does: no
    /// server can act on a body that never came.
    package func call(
        _ phone: PhoneNumber, seconds: Int, through instance: Int,
        unless refusal: @escaping @Sendable () -> DepartureRefusal? = { nil }
    ) async -> CallReply {
        // A phone is digits, or digits and "@lid": there is nothing in it to escape.
        let bytes = Array(#"{"phone":"\#(phone.text)","callDuration":\#(seconds)}"#.utf8)
        let client = nextClient()
        for _ in 0..<Self.maxConnections {
            let body = DepartingBody(bytes, on: client.eventLoopGroup.any(), through: passing, unless: refusal)
            let outcome = await send(
                limits: (Self.largestReply, timeout), by: client,
                try endpoints[instance].request("send-call", method: .POST, body: body.body))
            if let refusal = body.refusal { return CallReply(heldBack: refusal) }
            if body.needsAnotherConnection { continue }
            // Such as a server that breaks off while TLS is being agreed on.
            if case .lost(let text) = outcome, !body.isFetched {
                return table.reply(to: .neverLeft("cannot connect: \(text)"))
            }
            return table.reply(to: outcome)
        }
        return CallReply(verdict: .notSent, error: "not sent: each connection at hand had idled for too long")
    }

    /// `GET …/status` (status page, read 2026). `error` is set even when all is well.
    package func health(of instance: Int) async -> InstanceHealth {
        let outcome = await status(of: instance)
        if case .reply(200, _, let bytes) = outcome, let status = StatusBody(bytes) {
            return status.health(table.tidy)
        }
        let reply = table.reply(to: outcome)
        let text = [reply.httpStatus.map { "HTTP \($0)" }, reply.error].compactMap(\.self).joined(separator: ", ")
        return switch reply.verdict {
        case .disconnected: .disconnected(text)
        case .misconfigured, .refused: .misconfigured(text)
        case .accepted, .inDoubt, .notSent, .heldBack, .throttled: .unreachable(text)
        }
    }

    /// Whether Z-API certainly sends nothing from an instance's queue: `/status` says that it is not connected to
    /// WhatsApp. A phone that is merely without internet proves nothing, since WhatsApp works without it.
    package func sendsNothing(from instance: Int) async -> Bool {
        guard case .reply(200, _, let bytes) = await status(of: instance) else { return false }
        return StatusBody(bytes)?.connected == false
    }

    private func status(of instance: Int) async -> WireOutcome {
        await send(
            limits: (Self.largestReply, min(timeout, Self.longestHealthCheck)),
            try endpoints[instance].request("status", method: .GET))
    }

    /// How large a reply may be in bytes, and how long the request may take.
    typealias Limits = (bytes: Int, time: TimeAmount)

    func post(_ path: String, _ body: [UInt8], through instance: Int, limits: Limits) async -> WireOutcome {
        await send(limits: limits, try endpoints[instance].request(path, method: .POST, body: .bytes(body)))
    }

    /// `DELETE` of the thing at the end of `path`, whose parts are escaped here.
    func delete(_ path: [String], through instance: Int, limits: Limits) async -> WireOutcome {
        let path = path.map(Endpoint.pathSegment).joined(separator: "/")
        return await send(limits: limits, try endpoints[instance].request(path, method: .DELETE))
    }

    /// One deadline from connecting to the last byte. Whoever cancels the task ends the request at once.
    ///
    /// - Parameter client: nil is the one whose turn it is.
    private func send(
        limits: Limits, by client: HTTPClient? = nil, _ request: @autoclosure () throws -> HTTPClient.Request
    ) async -> WireOutcome {
        let collector = ReplyCollector(maxBytes: limits.bytes)
        do {
            let task = (client ?? nextClient()).execute(
                request: try request(), delegate: collector, deadline: .now() + limits.time)
            return try await withTaskCancellationHandler {
                try await task.futureResult.get()
            } onCancel: {
                task.cancel()
            }
        } catch {
            return collector.outcome(of: error)
        }
    }
}

/// How connections are kept.
private struct ConnectionRules {
    /// So many at once.
    var most: Int
    var idle = IdleLimits()
    var trust = TrustedIssuers.system
}

/// Where the requests of one instance go. Holds secrets: never printed.
private struct Endpoint {
    private let prefix: String
    private let clientToken: String?

    init(_ instance: Instance) {
        let id = Self.pathSegment(instance.id)
        let token = Self.pathSegment(instance.token.reveal())
        prefix = "\(instance.baseURL)/instances/\(id)/token/\(token)/"
        clientToken = instance.clientToken?.reveal()
    }

    func request(_ path: String, method: HTTPMethod, body: HTTPClient.Body? = nil) throws -> HTTPClient.Request {
        var headers = HTTPHeaders([("User-Agent", "discador"), ("Accept-Encoding", "identity")])
        if body != nil { headers.add(name: "Content-Type", value: "application/json") }
        if let clientToken { headers.add(name: "Client-Token", value: clientToken) }
        return try HTTPClient.Request(
            url: prefix + path, method: method, headers: headers, body: body)
    }

    static func pathSegment(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._~"))) ?? text
    }
}

/// The reply to `GET …/status`.
private struct StatusBody: Decodable {
    var connected: Bool
    var smartphoneConnected: Bool?
    var error: String?

    init?(_ bytes: [UInt8]) {
        guard let body = try? JSONDecoder().decode(StatusBody.self, from: Data(bytes)) else { return nil }
        self = body
    }

    /// - Parameter tidy: makes Z-API's text fit to be kept.
    func health(_ tidy: (String) -> String) -> InstanceHealth {
        guard connected else {
            let text = tidy(error ?? "")
            return .disconnected(text.isEmpty ? "not connected" : text)
        }
        guard smartphoneConnected ?? true else { return .disconnected("the phone is not connected to the internet") }
        return .connected
    }
}

extension TimeAmount {
    init(_ duration: Duration) {
        self = .nanoseconds(
            duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
    }
}
