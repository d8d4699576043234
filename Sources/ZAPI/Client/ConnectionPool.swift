import AsyncHTTPClient
package import CampaignCore
import NIOConcurrencyHelpers
import NIOCore

/// The connections to Z-API of a process, shared by any number of ``ZAPIClient``s.
///
/// A connection is used for one request after another, whichever client they come from. Connections that take equally
/// long to be given up, on the same event loop, to the same address, are shared.
package final class ConnectionPool: Sendable {
    /// Each has one event loop. A body must leave on its connection's event loop: a client with several loops would
    /// open a connection for every call that requires one of them, and close it afterwards.
    private struct Key: Hashable {
        let connectTimeout: Duration
        let loop: Int
    }

    private struct State {
        var load: LoopLoad
        /// Made when they are needed.
        var clients: [Key: HTTPClient] = [:]
        var isShutDown = false
    }

    let bodies = BodiesInFlight()
    private let loops: [any EventLoop]
    let rules: ConnectionRules
    private let now: @Sendable () -> Timestamp
    private let state: NIOLockedValueBox<State>

    /// A pool for any number of clients.
    ///
    /// - Parameters:
    ///   - connections: the maximum number of connections to one address on one event loop; beyond it, requests wait.
    ///     It costs nothing by itself: as many are opened as requests are under way at the same time, which the callers
    ///     decide. A process whose number of callers grows gives what it can afford.
    ///   - trust: the certificates to trust.
    ///   - now: the wall clock, to notice that the machine slept.
    package convenience init(
        connections: Int, trust: TrustedIssuers = .system, now: @escaping @Sendable () -> Timestamp
    ) {
        self.init(rules: ConnectionRules(max: connections, trust: trust), now: now)
    }

    /// A pool with other connection rules.
    init(rules: ConnectionRules, now: @escaping @Sendable () -> Timestamp) {
        let loops = Array(HTTPClient.defaultEventLoopGroup.makeIterator())
        self.loops = loops
        self.rules = rules
        self.now = now
        state = NIOLockedValueBox(State(load: LoopLoad(loops: loops.count)))
    }

    /// Closes all connections, for all clients: what they send afterwards does not leave. Call it once, when no request
    /// is under way.
    package func shutdown() async throws {
        let clients = state.withLockedValue { state in
            state.isShutDown = true
            return state.clients.values
        }
        for client in clients { try await client.shutdown() }
    }

    /// Sends a request with the client whose event loop takes the next one.
    ///
    /// - Parameter connectTimeout: see ``ConnectionRules/connectTimeout(of:)``.
    /// - Throws: `HTTPClientError.alreadyShutdown`.
    func withClient<Reply>(
        connectTimeout: Duration, _ send: (HTTPClient) async -> Reply
    ) async throws -> Reply {
        guard let (key, client) = take(connectTimeout) else { throw HTTPClientError.alreadyShutdown }
        defer { state.withLockedValue { $0.load.end(on: key.loop) } }
        return await send(client)
    }

    /// The client for the next request; nil after the shutdown.
    private func take(_ connectTimeout: Duration) -> (Key, HTTPClient)? {
        state.withLockedValue { state in
            guard !state.isShutDown else { return nil }
            let key = Key(connectTimeout: connectTimeout, loop: state.load.begin())
            let client = state.clients[key] ?? client(for: key)
            state.clients[key] = client
            return (key, client)
        }
    }

    private func client(for key: Key) -> HTTPClient {
        HTTPClient(
            eventLoopGroupProvider: .shared(loops[key.loop]),
            configuration: rules.configuration(connectTimeout: key.connectTimeout, bodies: bodies, now: now))
    }
}

/// How many requests are under way on each event loop, and which loop takes the next one.
///
/// Connections stay with their loop: with few requests, few loops reuse them best, and the other threads sleep.
struct LoopLoad {
    /// As many requests as keep one event loop busy before another is useful.
    static let requestsPerLoop = 16

    /// Requests under way, by loop.
    private(set) var requests: [Int]
    private var total = 0

    /// - Parameter loops: how many there are; at least one.
    init(loops: Int) {
        requests = Array(repeating: 0, count: loops)
    }

    /// The loop that takes the next request: the one with the fewest, of as many as are useful.
    mutating func begin() -> Int {
        let useful = min(total / Self.requestsPerLoop + 1, requests.count)
        let loop = (0..<useful).min { requests[$0] < requests[$1] } ?? 0
        requests[loop] += 1
        total += 1
        return loop
    }

    /// A request has ended.
    mutating func end(on loop: Int) {
        requests[loop] -= 1
        total -= 1
    }
}
