import CampaignCore
import NIOConcurrencyHelpers
import ScriptedServer
import Testing

@testable import ZAPI

/// A server may close a connection that idles, and a call that meets that is in doubt though it never rang.
@Suite struct `A connection that idles` {
    private static let ever = Duration.seconds(600)

    @Test(arguments: [
        (IdleLimits(pool: ever, calls: ever), 0, true),
        // The client's timer is late: what is seen at the socket counts.
        (IdleLimits(pool: ever, calls: .zero), 0, false),
        (IdleLimits(pool: .zero, calls: .zero), 0, false),
        (IdleLimits(pool: ever, calls: ever), 599, true),
        // The machine slept, which timers do not see; or its clock was set, which cannot be told from that.
        (IdleLimits(pool: ever, calls: ever), 601, false),
        (IdleLimits(pool: ever, calls: ever), -1, false),
    ])
    func `is not used for a call once it has idled for too long, and no call is lost by that`(
        idle: IdleLimits, step: Int, mayBeUsed: Bool
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
        let client = ZAPIClient(
            instances: [instance], timeout: .seconds(30), connections: 8, idle: idle,
            now: { clock.withLockedValue(\.self) })
        let phone = try #require(PhoneNumber(value: 5_511_900_000_000))
        for _ in 0..<20 {
            #expect(await client.health(of: 0) == .connected)
            clock.withLockedValue { $0 = $0.advanced(by: .seconds(step)) }
            let reply = await client.call(phone, seconds: 5, through: 0)
            #expect(reply.verdict == .accepted(CallReceipt(zaapId: "Z", messageId: "M")), "\(reply)")
        }
        try await client.shutdown()
        #expect(server.requests.count { $0.contains("send-call") } == 20)
        #expect(server.requestsOnUsedConnections.contains { $0.contains("send-call") } == mayBeUsed)
    }
}
