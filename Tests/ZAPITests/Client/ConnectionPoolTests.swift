import CampaignCore
import NIOConcurrencyHelpers
import ScriptedServer
import Testing

@testable import ZAPI

@Suite struct `A pool of connections` {
    private static let now: @Sendable () -> Timestamp = { Timestamp(milliseconds: 0) }

    /// Connections that stay open for as long as a test takes.
    private static func pool(max: Int = 8) -> ConnectionPool {
        let ever = ConnectionRules.IdleLimits(pool: .seconds(600), calls: .seconds(600))
        return ConnectionPool(rules: ConnectionRules(max: max, idle: ever), now: now)
    }

    private static func client(
        _ name: String, timeout: Duration = .seconds(30), _ baseURL: String, _ pool: ConnectionPool
    ) -> ZAPIClient {
        var instance = Instance(name: name, id: name, token: Secret("t0ken-of-\(name)"))
        instance.baseURL = baseURL
        return ZAPIClient(instances: [instance], timeout: timeout, pool: pool, now: now)
    }

    /// Accepts every call on a connection that stays open.
    private static func acceptingServer() throws -> ScriptedServer {
        let body = #"{"zaapId":"Z","messageId":"M"}"#
        return try ScriptedServer { _ in
            .keepingOpen(Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8))
        }
    }

    private static func call(_ client: ZAPIClient) async throws -> CallReply {
        await client.call(try #require(PhoneNumber(text: "5511999999900")), seconds: 5, through: 0)
    }

    @Test(arguments: [(30, 30), (30, 12), (20, 300)])
    func `is shared by clients, each with its own token and timeout`(first: Int, second: Int) async throws {
        let server = try Self.acceptingServer()
        defer { server.stop() }
        let pool = Self.pool()
        let clients = [("A", first), ("B", second)].map { name, timeout in
            Self.client(name, timeout: .seconds(timeout), server.baseURL, pool)
        }
        for _ in 0..<3 {
            for client in clients { #expect(try await Self.call(client).verdict.outcome == .accepted) }
        }
        #expect(
            server.requests
                == (0..<3).flatMap { _ in
                    ["A", "B"].map { "POST /instances/\($0)/token/t0ken-of-\($0)/send-call HTTP/1.1" }
                })
        #expect(server.connections == 1)
        #expect(server.requestsOnUsedConnections.count == 5)
        try await pool.shutdown()
    }

    @Test func `ends for all of its clients when it is shut down, and what they send then does not leave`() async throws
    {
        let server = try Self.acceptingServer()
        defer { server.stop() }
        let pool = Self.pool()
        let clients =
            ["A", "B"].map { Self.client($0, server.baseURL, pool) }
            // One that has never sent anything, and one whose connections would be others.
            + [Self.client("C", server.baseURL, pool), Self.client("D", timeout: .seconds(2), server.baseURL, pool)]
        for client in clients.prefix(2) { #expect(try await Self.call(client).verdict.outcome == .accepted) }
        try await pool.shutdown()
        for client in clients {
            #expect(try await Self.call(client).verdict == .notSent)
            guard case .unreachable = await client.health(of: 0) else {
                Issue.record("it was reached")
                continue
            }
        }
        #expect(server.requests.count == 2)
    }

    @Test func `keeps the secrets of one client out of its own texts, not of another's`() async throws {
        let body = #"{"error":"t0ken-of-A or t0ken-of-B"}"#
        let server = try ScriptedServer { _ in .reply(400, body, headers: ["Content-Type: application/json"]) }
        defer { server.stop() }
        let pool = Self.pool()
        for (name, error) in [("A", "‹secret› or t0ken-of-B"), ("B", "t0ken-of-A or ‹secret›")] {
            #expect(try await Self.call(Self.client(name, server.baseURL, pool)).error == error)
        }
        try await pool.shutdown()
    }

    /// A server whose queue of new connections is full does not answer to another one.
    @Test(.timeLimit(.minutes(1)), arguments: [200, 1000])
    func `knows that nothing left when the server does not answer to the connection`(milliseconds: Int) async throws {
        let server = try UnansweringServer()
        let pool = Self.pool()
        let client = Self.client("A", timeout: .milliseconds(milliseconds), "http://127.0.0.1:\(server.port)", pool)
        let reply = try await Self.call(client)
        #expect(reply.verdict == .notSent)
        #expect(reply.error?.hasPrefix("cannot connect: ") == true, "\(reply)")
        try await pool.shutdown()
    }

    @Test(arguments: [
        (300_000, 10_000), (30_000, 10_000), (11_200, 10_000), (11_100, 5_000), (10_000, 5_000), (3_000, 2_500),
        (2_000, 1_250), (1_000, 625),
    ])
    func `gives a connection less time than the request, and has few such times`(timeout: Int, expected: Int) {
        #expect(
            ConnectionRules(max: 1).connectTimeout(of: .milliseconds(timeout)) == .milliseconds(expected))
    }
}

/// Which event loops are used: as many as are useful.
@Suite struct `The load of event loops` {
    @Test(arguments: [
        (4, 1, [1, 0, 0, 0]), (4, 16, [16, 0, 0, 0]), (4, 20, [16, 4, 0, 0]), (4, 64, [16, 16, 16, 16]),
        (4, 100, [25, 25, 25, 25]), (2, 64, [32, 32]), (1, 64, [64]),
    ])
    func `is spread over one more for every sixteen requests`(loops: Int, requests: Int, expected: [Int]) {
        var load = LoopLoad(loops: loops)
        for _ in 0..<requests { _ = load.begin() }
        #expect(load.requests == expected)
    }

    @Test func `stays level while requests end and begin, and goes back to one loop`() {
        var load = LoopLoad(loops: 4)
        var running = (0..<64).map { _ in load.begin() }
        for step in 0..<10_000 {
            load.end(on: running.remove(at: step * 7919 % running.count))
            running.append(load.begin())
            #expect(load.requests.allSatisfy { (15...17).contains($0) })
        }
        for loop in running { load.end(on: loop) }
        #expect(load.requests == [0, 0, 0, 0])
        #expect(load.begin() == 0)
    }
}
