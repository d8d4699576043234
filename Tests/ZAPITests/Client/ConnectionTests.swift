import CampaignCore
import NIOConcurrencyHelpers
import ScriptedServer
import Testing

@testable import ZAPI

@Suite struct `A connection` {
    typealias Limits = ConnectionRules.IdleLimits

    private static let ever = Duration.seconds(600)

    @Test(arguments: [1, 4, 16])
    func `serves one call after another`(workers: Int) async throws {
        let accepted = #"{"zaapId":"Z1","messageId":"M1"}"#
        let server = try ScriptedServer { _ in
            .keepingOpen(Array("HTTP/1.1 200 OK\r\nContent-Length: \(accepted.utf8.count)\r\n\r\n\(accepted)".utf8))
        }
        var instance = Instance(name: "a", id: "A", token: Secret("t0ken-of-A"))
        instance.baseURL = server.baseURL
        let pool = ConnectionPool(
            rules: ConnectionRules(max: workers, idle: Limits(pool: Self.ever, calls: Self.ever)),
            now: { Timestamp(milliseconds: 0) })
        let client = ZAPIClient(
            instances: [instance], timeout: .seconds(600), pool: pool, now: { Timestamp(milliseconds: 0) })
        let phone = try #require(PhoneNumber(text: "5511999999900"))
        let calls = 400 / workers
        await withTaskGroup { group in
            for _ in 0..<workers {
                group.addTask {
                    for _ in 0..<calls {
                        #expect(await client.call(phone, seconds: 5, through: 0).verdict.outcome == .accepted)
                    }
                }
            }
        }
        #expect(server.requests.count == calls * workers)
        #expect(server.connections <= workers)
        try await pool.shutdown()
        server.stop()
    }

    /// A server may close an idle connection, and a call that coincides with that is in doubt although it never rang.
    @Test(arguments: [
        (Limits(pool: ever, calls: ever), 0, true),
        // The client's timer is late: the observation at the socket counts.
        (Limits(pool: ever, calls: .zero), 0, false),
        (Limits(pool: .zero, calls: .zero), 0, false),
        (Limits(pool: ever, calls: ever), 599, true),
        // The machine slept, which timers do not notice; or its clock was set, which looks the same.
        (Limits(pool: ever, calls: ever), 601, false),
        (Limits(pool: ever, calls: ever), -1, false),
    ])
    func `that has idled for too long is not used for a call, and no call is lost by that`(
        idle: Limits, step: Int, mayBeUsed: Bool
    ) async throws {
        let server = try ScriptedServer { line in
            let body =
                line.contains("send-call")
                ? #"{"zaapId":"Z","messageId":"M","id":"M"}"# : #"{"connected":true,"smartphoneConnected":true}"#
            return .keepingOpen(Array("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8))
        }
        defer { server.stop() }
        var instance = Instance(name: "a", id: "A", token: Secret("t"))
        instance.baseURL = server.baseURL
        let clock = NIOLockedValueBox(Timestamp(milliseconds: 1_790_000_000_000))
        let now = { @Sendable in clock.withLockedValue(\.self) }
        let pool = ConnectionPool(rules: ConnectionRules(max: 8, idle: idle), now: now)
        let client = ZAPIClient(instances: [instance], timeout: .seconds(600), pool: pool, now: now)
        let phone = try #require(PhoneNumber(value: 5_511_900_000_000))
        for _ in 0..<20 {
            #expect(await client.health(of: 0) == .connected)
            clock.withLockedValue { $0 = $0.advanced(by: .seconds(step)) }
            let reply = await client.call(phone, seconds: 5, through: 0)
            #expect(reply.verdict == .accepted(CallReceipt(zaapId: "Z", messageId: "M")), "\(reply)")
        }
        try await pool.shutdown()
        #expect(server.requests.count { $0.contains("send-call") } == 20)
        #expect(server.requestsOnUsedConnections.contains { $0.contains("send-call") } == mayBeUsed)
    }
}
