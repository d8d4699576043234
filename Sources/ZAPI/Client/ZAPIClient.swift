import AsyncHTTPClient
package import CampaignCore
import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1

/// Z-API over HTTP: places calls, checks instances, reads their queues, and asks which numbers have WhatsApp.
///
/// Tokens are in the path of every request (developer.z-api.io, read 2026), so no URL leaves this module, and Z-API's
/// texts are searched for secrets before they are passed on.
package final class ZAPIClient: CallProvider {
    /// The largest reply that is read, in bytes.
    static let largestReply = 65_536

    /// How many connections a call is tried on if they have been idle for too long. Each of them is closed, and the
    /// late timers of the others close those.
    private static let maxConnections = 8

    /// As many connections as keep one event loop busy before another is useful.
    private static let connectionsPerLoop = 16

    /// One for each event loop in use. A body must leave on its connection's event loop: a client with several loops
    /// would open a connection for every call that requires one of them, and close it afterwards.
    private let clients: [HTTPClient]
    private let turn = NIOLockedValueBox(0)
    private let bodies: BodiesInFlight
    private let endpoints: [InstanceEndpoint]
    let timeout: TimeAmount
    let table: VerdictTable

    /// A client for the instances of a run.
    ///
    /// - Parameters:
    ///   - instances: in the order of the run's list.
    ///   - timeout: how long a request may take, from connecting to the last byte.
    ///   - connections: the maximum number of requests under way at the same time.
    ///   - trust: the certificates to trust.
    ///   - now: the wall clock, for a `Retry-After` that is a date, and to notice that the machine slept.
    package convenience init(
        instances: [Instance],
        timeout: Duration,
        connections: Int,
        trust: TrustedIssuers = .system,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.init(
            instances: instances, timeout: timeout, rules: ConnectionRules(max: connections, trust: trust), now: now)
    }

    /// A client with other connection rules.
    init(
        instances: [Instance], timeout: Duration, rules: ConnectionRules, now: @escaping @Sendable () -> Timestamp
    ) {
        let bodies = BodiesInFlight()
        let configuration = rules.configuration(timeout: timeout, bodies: bodies, now: now)
        self.bodies = bodies
        let loops = Array(HTTPClient.defaultEventLoopGroup.makeIterator())
        clients = loops.prefix(max(1, rules.max / Self.connectionsPerLoop)).map {
            HTTPClient(eventLoopGroupProvider: .shared($0), configuration: configuration)
        }
        endpoints = instances.map(InstanceEndpoint.init)
        self.timeout = TimeAmount(timeout)
        let secrets = instances.flatMap { [$0.token, $0.clientToken].compactMap { $0?.reveal() } }
        table = VerdictTable(now: now, sanitizer: TextSanitizer(secrets: secrets))
    }

    /// Closes all connections. Call it once, when no request is under way.
    package func shutdown() async throws {
        for client in clients { try await client.shutdown() }
    }

    /// The next client, in turn.
    private func nextClient() -> HTTPClient {
        let turn = turn.withLockedValue { turn in
            turn = (turn + 1) % clients.count
            return turn
        }
        return clients[turn]
    }

    /// `POST …/send-call` with `phone` and `callDuration` (send-call page, read 2026).
    ///
    /// `refusal` is called once there is a connection and the head of the request has left, but before its body does:
    /// no server can act on a body that never came.
    package func call(
        _ phone: PhoneNumber, seconds: Int, through instance: Int,
        unless refusal: @escaping @Sendable () -> SendRefusal? = { nil }
    ) async -> CallReply {
        // A phone is digits, or digits and "@lid": nothing in it needs escaping.
        let bytes = Array(#"{"phone":"\#(phone.text)","callDuration":\#(seconds)}"#.utf8)
        let client = nextClient()
        for _ in 0..<Self.maxConnections {
            let body = GuardedBody(bytes, on: client.eventLoopGroup.any(), through: bodies, unless: refusal)
            let outcome = await send(
                limits: (Self.largestReply, timeout), by: client,
                try endpoints[instance].request("send-call", method: .POST, body: body.body))
            if let refusal = body.refusal { return CallReply(heldBack: refusal) }
            if body.needsAnotherConnection { continue }
            // For example a server that breaks off during the TLS handshake.
            if case .lost(let text) = outcome, !body.isFetched {
                return table.reply(to: .neverLeft("cannot connect: \(text)"))
            }
            return table.reply(to: outcome)
        }
        return CallReply(verdict: .notSent, error: "not sent: every open connection had been idle for too long")
    }

    // MARK: Requests

    /// Maximum size of a reply in bytes, and maximum time for the request.
    typealias Limits = (bytes: Int, time: TimeAmount)

    func get(_ path: String, through instance: Int, limits: Limits) async -> WireOutcome {
        await send(limits: limits, try endpoints[instance].request(path, method: .GET))
    }

    func post(_ path: String, _ body: [UInt8], through instance: Int, limits: Limits) async -> WireOutcome {
        await send(limits: limits, try endpoints[instance].request(path, method: .POST, body: .bytes(body)))
    }

    /// `DELETE` of the resource at the end of `path`, whose parts are escaped here.
    func delete(_ path: [String], through instance: Int, limits: Limits) async -> WireOutcome {
        let path = path.map(InstanceEndpoint.pathSegment).joined(separator: "/")
        return await send(limits: limits, try endpoints[instance].request(path, method: .DELETE))
    }

    /// One deadline from connecting to the last byte. Cancelling the task ends the request immediately.
    ///
    /// - Parameter client: nil means the next one in turn.
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

/// The address of one instance's requests. Contains secrets: never printed.
private struct InstanceEndpoint {
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
