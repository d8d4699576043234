import CampaignCore
import ScriptedServer
import Testing

@testable import ZAPI

/// How the program introduces itself to every server.
@Suite struct UserAgentTests {
    private static let name = "discador/\(ProductVersion.current)"

    @Test func `every request to Z-API names the program and its version`() async throws {
        try await withScriptedZAPI({ _ in .reply(200, "{}") }) { server, client in
            let phone = try #require(PhoneNumber(text: "5511987654301"))
            _ = await client.call(phone, seconds: 5, through: 0)
            _ = await client.health(of: 0)
            _ = try? await client.queued(of: 0)
            _ = try? await client.account(of: 0)
            #expect(server.wholeRequests.count >= 4)
            #expect(server.wholeRequests.allSatisfy { $0.header("User-Agent") == Self.name })
        }
    }

    @Test func `so does what is posted to the user's own addresses`() async throws {
        let server = try ScriptedServer { _ in .reply(200, "") }
        let pool = ConnectionPool(connections: 1, now: { .epoch })
        let poster = EventPoster(
            to: try #require(PostAddress(Secret(server.baseURL + "/hook"))), signedWith: nil, pool: pool,
            now: { .epoch })
        #expect(await poster.tryOnce(OutgoingMessage(id: "1", body: Array("{}".utf8))) == .answered(200))
        try await pool.shutdown()
        #expect(server.wholeRequests.map { $0.header("User-Agent") } == [Self.name])
        server.stop()
    }
}
