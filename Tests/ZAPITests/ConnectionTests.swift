import CampaignCore
import ScriptedServer
import Testing

@testable import ZAPI

@Suite struct `A connection` {
    @Test(arguments: [1, 4, 16])
    func `serves one call after another`(workers: Int) async throws {
        let accepted = #"{"zaapId":"Z1","messageId":"M1"}"#
        let server = try ScriptedServer { _ in
            .keepingOpen(Array("HTTP/1.1 200 OK\r\nContent-Length: \(accepted.utf8.count)\r\n\r\n\(accepted)".utf8))
        }
        var instance = Instance(name: "a", id: "A", token: Secret("t0ken-of-A"))
        instance.baseURL = server.baseURL
        let client = ZAPIClient(
            instances: [instance], timeout: .seconds(600), connections: workers,
            idle: IdleLimits(pool: .seconds(600), calls: .seconds(600)),
            now: { Timestamp(milliseconds: 0) })
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
        try await client.shutdown()
        server.stop()
    }
}
