import AsyncHTTPClient
package import CampaignCore
import Foundation
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1

/// Z-API over HTTP: places calls, checks and sets up instances, reads their queues, and asks which numbers have WhatsApp.
///
/// Tokens are in the path of every request (developer.z-api.io, read 2026), so no URL leaves this module, and Z-API's
/// texts are searched for secrets before they are passed on.
package final class ZAPIClient: CallProvider {
    /// The largest reply that is read, in bytes.
    static let largestReply = 65_536

    /// How many connections a call is tried on if they have been idle for too long. Each of them is closed, and the
    /// late timers of the others close those.
    private static let maxConnections = 8

    /// The connections that it shares with other clients.
    package let pool: ConnectionPool
    private let endpoints: [InstanceEndpoint]
    let timeout: TimeAmount
    private let connectTimeout: Duration
    let table: VerdictTable

    /// A client for the instances of a campaign.
    ///
    /// - Parameters:
    ///   - instances: in the order of the campaign's list.
    ///   - timeout: how long a request may take, from connecting to the last byte.
    ///   - pool: the connections. They are closed by whoever made it.
    ///   - now: the wall clock, for a `Retry-After` that is a date.
    package init(
        instances: [Instance], timeout: Duration, pool: ConnectionPool, now: @escaping @Sendable () -> Timestamp
    ) {
        self.pool = pool
        endpoints = instances.map(InstanceEndpoint.init)
        self.timeout = TimeAmount(timeout)
        connectTimeout = pool.rules.connectTimeout(of: timeout)
        let secrets = instances.flatMap { [$0.token, $0.clientToken].compactMap { $0?.reveal() } }
        table = VerdictTable(now: now, sanitizer: TextSanitizer(secrets: secrets))
    }

    /// A client with a pool of its own, which must be shut down.
    ///
    /// - Parameter connections: the maximum number of requests under way at the same time.
    package convenience init(
        instances: [Instance], timeout: Duration, connections: Int, now: @escaping @Sendable () -> Timestamp
    ) {
        self.init(
            instances: instances, timeout: timeout, pool: ConnectionPool(connections: connections, now: now), now: now)
    }

    /// `POST …/send-call` with `phone`, `callDuration` and, if there is one, `callAudioUrl` (send-call page, read 2026).
    ///
    /// `refusal` is called once there is a connection and the head of the request has left, but before its body does:
    /// no server can act on a body that never came.
    package func call(
        _ phone: PhoneNumber, seconds: Int, audio: String? = nil, through instance: Int,
        unless refusal: @escaping @Sendable () -> SendRefusal? = { nil }
    ) async -> CallReply {
        // A phone is digits, or digits and "@lid": nothing in it needs escaping.
        let sound = audio.map { #","callAudioUrl":\#(Self.json($0))"# } ?? ""
        let bytes = Array(#"{"phone":"\#(phone.text)","callDuration":\#(seconds)\#(sound)}"#.utf8)
        do {
            return try await pool.withClient(connectTimeout: connectTimeout) { client in
                await call(bytes, through: instance, by: client, unless: refusal)
            }
        } catch {
            return table.reply(to: WireOutcome(failure: error))
        }
    }

    /// A text as JSON.
    private static func json(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        // Encoding a text cannot fail.
        guard let data = try? encoder.encode(text) else { return "null" }
        return String(decoding: data, as: UTF8.self)
    }

    private func call(
        _ bytes: [UInt8], through instance: Int, by client: HTTPClient,
        unless refusal: @escaping @Sendable () -> SendRefusal?
    ) async -> CallReply {
        for _ in 0..<Self.maxConnections {
            let body = GuardedBody(bytes, on: client.eventLoopGroup.any(), through: pool.bodies, unless: refusal)
            let outcome = await client.outcome(
                of: try endpoints[instance].request("send-call", method: .POST, body: body.body),
                maxBytes: Self.largestReply, within: timeout)
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

    func put(_ path: String, _ body: [UInt8], through instance: Int, limits: Limits) async -> WireOutcome {
        await send(limits: limits, try endpoints[instance].request(path, method: .PUT, body: .bytes(body)))
    }

    /// `DELETE` of the resource at the end of `path`, whose parts are escaped here.
    func delete(_ path: [String], through instance: Int, limits: Limits) async -> WireOutcome {
        let path = path.map(InstanceEndpoint.pathSegment).joined(separator: "/")
        return await send(limits: limits, try endpoints[instance].request(path, method: .DELETE))
    }

    private func send(
        limits: Limits, _ request: @autoclosure () throws -> HTTPClient.Request
    ) async -> WireOutcome {
        do {
            let request = try request()
            return try await pool.withClient(connectTimeout: connectTimeout) { client in
                await client.outcome(of: request, maxBytes: limits.bytes, within: limits.time)
            }
        } catch {
            return WireOutcome(failure: error)
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
        var headers = HTTPHeaders([("User-Agent", ProductVersion.userAgent), ("Accept-Encoding", "identity")])
        if body != nil { headers.add(name: "Content-Type", value: "application/json") }
        if let clientToken { headers.add(name: "Client-Token", value: clientToken) }
        return try HTTPClient.Request(
            url: prefix + path, method: method, headers: headers, body: body)
    }

    static func pathSegment(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._~"))) ?? text
    }
}
