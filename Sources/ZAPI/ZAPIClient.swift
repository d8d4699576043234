import AsyncHTTPClient
public import CampaignCore
import Foundation
import NIOCore
import NIOHTTP1

/// Z-API over HTTP: places calls and asks how instances are.
///
/// Tokens stand in the path of every request (developer.z-api.io, read 2026), so no URL leaves this module, and what
/// Z-API says is searched for secrets before it is handed on.
public final class ZAPIClient: PhoneLine {
    /// The largest reply that is read, in bytes.
    static let largestReply = 65_536
    /// A run waits for this before its first call, whatever the timeout of calls.
    private static let longestHealthCheck = TimeAmount.seconds(10)

    private let http: HTTPClient
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
    ///   - now: the wall clock, for a `Retry-After` that is a date.
    public init(
        instances: [Instance],
        timeout: Duration,
        connections: Int,
        now: @escaping @Sendable () -> Timestamp
    ) {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout = .init(connect: TimeAmount(min(timeout, .seconds(10))))
        configuration.httpVersion = .http1Only
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = max(connections, 1)
        // A refused port is an answer at once, not after the whole timeout.
        configuration.connectionPool.retryConnectionEstablishment = false
        // Servers close idle connections after 5 s or more. Closing first, a call never races with that: a request
        // that meets a closing connection would be in doubt.
        configuration.connectionPool.idleTimeout = .seconds(2)
        let passing = PassingBodies()
        configuration.http1_1ConnectionDebugInitializer = { channel in
            channel.eventLoop.submit {
                try channel.pipeline.syncOperations.addHandler(DepartureGate(passing), position: .first)
            }
        }
        self.passing = passing
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        endpoints = instances.map(Endpoint.init)
        self.timeout = TimeAmount(timeout)
        let secrets = instances.flatMap { [$0.token, $0.clientToken].compactMap { $0?.reveal() } }
        table = VerdictTable(now: now) { text in
            secrets.reduce(text) { $0.replacingOccurrences(of: $1, with: "‹secret›") }
        }
    }

    /// Closes all connections. Call it once, when no request is under way.
    public func shutdown() async throws {
        try await http.shutdown()
    }

    /// `POST …/send-call` with `phone` and `callDuration` (send-call page, read 2026).
    ///
    /// `refusal` is asked when there is a connection and the head of the request has left, before its body does: no
    /// server can act on a body that never came.
    public func call(
        _ phone: PhoneNumber, seconds: Int, through instance: Int,
        unless refusal: @escaping @Sendable () -> DepartureRefusal? = { nil }
    ) async -> CallReply {
        // A phone is digits, or digits and "@lid": there is nothing in it to escape.
        let body = DepartingBody(
            Array(#"{"phone":"\#(phone.text)","callDuration":\#(seconds)}"#.utf8), to: passing, unless: refusal)
        var request = endpoints[instance].request("send-call", method: .POST)
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(body, length: .known(Int64(body.count)))
        let outcome = await send(request, limits: (Self.largestReply, timeout))
        if let refusal = body.refusal { return CallReply(heldBack: refusal) }
        return table.reply(to: outcome)
    }

    /// `GET …/status` (status page, read 2026). `error` is set even when all is well.
    public func health(of instance: Int) async -> InstanceHealth {
        let outcome = await status(of: instance)
        if case .reply(200, _, let bytes) = outcome, let status = StatusBody(bytes) {
            return status.health
        }
        let reply = table.reply(to: outcome)
        let text = [reply.httpStatus.map { "HTTP \($0)" }, reply.error].compactMap(\.self).joined(separator: ", ")
        return switch reply.verdict {
        case .misconfigured, .refused: .misconfigured(text)
        case .accepted, .inDoubt, .notSent, .heldBack, .throttled, .refusedForNow: .unreachable(text)
        }
    }

    /// Whether Z-API certainly sends nothing from an instance's queue: `/status` says that it is not connected to
    /// WhatsApp. A phone that is merely without internet proves nothing, since WhatsApp works without it.
    public func sendsNothing(from instance: Int) async -> Bool {
        guard case .reply(200, _, let bytes) = await status(of: instance) else { return false }
        return StatusBody(bytes)?.connected == false
    }

    private func status(of instance: Int) async -> WireOutcome {
        let request = endpoints[instance].request("status", method: .GET)
        return await send(request, limits: (Self.largestReply, min(timeout, Self.longestHealthCheck)))
    }

    /// How large a reply may be in bytes, and how long the request may take.
    typealias Limits = (bytes: Int, time: TimeAmount)

    func post(_ path: String, _ body: [UInt8], through instance: Int, limits: Limits) async -> WireOutcome {
        var request = endpoints[instance].request(path, method: .POST)
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(body)
        return await send(request, limits: limits)
    }

    /// `DELETE` of the thing at the end of `path`, whose parts are escaped here.
    func delete(_ path: [String], through instance: Int, limits: Limits) async -> WireOutcome {
        let path = path.map(Endpoint.pathSegment).joined(separator: "/")
        return await send(endpoints[instance].request(path, method: .DELETE), limits: limits)
    }

    private func send(_ request: HTTPClientRequest, limits: Limits) async -> WireOutcome {
        do {
            let response = try await http.execute(request, timeout: limits.time)
            let status = Int(response.status.code)
            let retryAfter = response.headers.first(name: "Retry-After")
            do {
                let body = try await response.body.collect(upTo: limits.bytes)
                return .reply(status: status, retryAfter: retryAfter, body: Array(body.readableBytesView))
            } catch is NIOTooManyBytesError {
                return .tooLarge(status: status, retryAfter: retryAfter)
            }
        } catch {
            return WireOutcome(failure: error)
        }
    }
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

    func request(_ path: String, method: HTTPMethod) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: prefix + path)
        request.method = method
        request.headers.add(name: "User-Agent", value: "discador")
        if let clientToken { request.headers.add(name: "Client-Token", value: clientToken) }
        return request
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

    var health: InstanceHealth {
        guard connected else { return .disconnected(error ?? "not connected") }
        guard smartphoneConnected ?? true else { return .disconnected("the phone is not connected to the internet") }
        return .connected
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) {
        self = .nanoseconds(
            duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000)
    }
}
