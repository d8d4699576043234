import CampaignCore
import CampaignStore
import Foundation
import Ongoing
import ScriptedServer
import TestJSON
import Testing
import ZAPISimulator

@testable import ZAPI

/// `webhooks set --forward`, and the service that then passes events on.
@Suite(.fewAtATime) struct `Events that are passed on` {
    @Test func `arrive as they came, once each, unsigned`() async throws {
        let other = try ScriptedServer { _ in .reply(200, "") }
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try await cli.setWebhooks(of: "A", to: other.baseURL + "/crm?key=4711")
        let (service, url) = try await cli.serveWebhooks()
        let set = try await cli.discador(
            "webhooks", "set", "camp", "--url", url, "--forward", "--instance", "iA", "--print-url", "--json")
        #expect(set.exitCode == 0, "\(set.stderr)")
        let address = try #require(try JSONValue(set.stdout)["instances"]?[0]?["url"]?.text)
        let bodies = ["m1", "m2"].map {
            #"{ "type":"ReceivedCallback","instanceId":"A", "phone":"5511999999999","é":"\u00e9","messageId":"\#($0)","#
                + #""text":{"message":"oi"}}"#
        }
        let pool = ConnectionPool(connections: 1, now: { .epoch })
        let poster = EventPoster(
            to: try #require(PostAddress(Secret(address))), signedWith: nil, pool: pool, now: { .epoch })
        // The second one comes twice, the last two in a list.
        let listed = ["m3", "m4"].map { bodies[0].replacing("m1", with: $0).replacing(" ", with: "") }
        for body in bodies + [bodies[1], "[\(listed.joined(separator: ","))]"] {
            let trial = await poster.tryOnce(OutgoingMessage(id: "1", body: Array(body.utf8)))
            #expect(trial == .answered(200))
        }
        try await pool.shutdown()
        try await service.wait(for: "all events") { other.requests.count >= 4 }
        await service.send(SIGTERM)
        let result = try await service.result()
        #expect(result.exitCode == 0, "\(result.stderr)")
        #expect(other.bodies == bodies + listed.map { $0.replacing(#"\u00e9"#, with: "é") })
        #expect(other.requests.allSatisfy { $0 == "POST /crm?key=4711 HTTP/1.1" })
        let headers = other.wholeRequests.flatMap(\.lines)
        #expect(!headers.contains { $0.lowercased().hasPrefix("webhook-") })
        for secret in ["4711", address] { #expect(!result.stderr.contains(secret)) }
        other.stop()
        await cli.simulator.shutdown()
    }
}
