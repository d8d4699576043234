import CampaignCore
import CampaignStore
import Foundation
import Ongoing
import ScriptedServer
import TestJSON
import Testing
import ZAPISimulator

@testable import ZAPI

/// What `notify` posts to a receiver on a real socket.
@Suite(.fewAtATime) struct `Notices` {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let notify = "notify: {url: \"${NOTIFY_URL}\", secret: \"${NOTIFY_SECRET}\"}\nhealth: {every: 1s}\n"

    private static func environment(_ server: ScriptedServer) -> [String: String] {
        CLIFixture.environment.merging(
            ["NOTIFY_URL": server.baseURL + "/hook?key=s3cret", "NOTIFY_SECRET": secret]
        ) { $1 }
    }

    /// The notices of a type, each of which must be signed.
    private static func notices(_ type: String, _ server: ScriptedServer) throws -> [JSONValue] {
        let key = try #require(SigningKey(Secret(secret)))
        return try server.wholeRequests.compactMap { request in
            let id = try #require(request.header("webhook-id"))
            let seconds = try #require(request.header("webhook-timestamp").flatMap { Int64($0) })
            let signature = key.signature(id: id, seconds: seconds, body: Array(request.body.utf8))
            #expect(request.header("webhook-signature") == signature)
            let notice = try JSONValue(request.body)
            return notice["type"]?.text == type ? notice : nil
        }
    }

    private static func expectNoSecret(_ result: Program.Result) {
        for secret in ["s3cret", secret] { #expect(!(result.stdout + result.stderr).contains(secret)) }
    }

    @Test func `tell the end of a campaign, before the process ends`() async throws {
        let server = try ScriptedServer { _ in .reply(204, "") }
        let cli = try await CLIFixture(phones: CLIFixture.phones(3), settings: Self.notify)
        let environment = Self.environment(server)
        #expect(try await cli.discador("import", "camp", environment: environment).exitCode == 0)
        let run = try await cli.discador("run", "camp", "--verbose", environment: environment)
        #expect(run.exitCode == 0, "\(run.stderr)")
        let done = try Self.notices("done", server)
        #expect(done.count == 1 && server.requests.count == 1)
        #expect(done.first?["data"]?["campaign"] == "camp" && done.first?["data"]?["counts"]?["accepted"] == 3)
        Self.expectNoSecret(run)
        server.stop()
        await cli.simulator.shutdown()
    }

    @Test func `tell a brake`() async throws {
        let server = try ScriptedServer { _ in .reply(200, "") }
        let cli = try await CLIFixture(
            phones: (0..<8).map { "\(5_511_900_000_093 + $0 * 100)" },
            settings: Self.notify + "workers: 1\nbrake: {failures: 50%, over: 4}")
        let environment = Self.environment(server)
        #expect(try await cli.discador("import", "camp", environment: environment).exitCode == 0)
        #expect(try await cli.discador("run", "camp", environment: environment).exitCode == 4)
        let notice = try #require(try Self.notices("brake", server).first)
        #expect(notice["data"]?["reason"]?.text?.contains("of the last") == true, "\(notice)")
        server.stop()
        await cli.simulator.shutdown()
    }

    @Test func `tell once that an instance is disconnected, as soon as its status says so`() async throws {
        let server = try ScriptedServer { _ in .reply(200, "") }
        let cli = try await CLIFixture(phones: CLIFixture.phones(3), settings: Self.notify)
        let environment = Self.environment(server)
        #expect(try await cli.discador("import", "camp", environment: environment).exitCode == 0)
        cli.disconnect()
        let run = try Program(["run", "camp", "--verbose"], in: cli.folder, environment: environment)
        // Several checks of each.
        try await run.wait(for: "two notices and more checks") {
            server.requests.count >= 2 && cli.simulator.ledger().count { $0.endpoint == "status" } >= 4
        }
        try cli.connect()
        let result = try await run.result()
        #expect(result.exitCode == 0, "\(result.stderr)")
        let reasons = try Self.notices("disconnected", server).compactMap { $0["data"]?["reason"]?.text }
        #expect(reasons.map { $0.prefix(2) }.sorted() == ["iA", "iB"], "\(reasons)")
        #expect(try Self.notices("done", server).count == 1)
        Self.expectNoSecret(result)
        server.stop()
        await cli.simulator.shutdown()
    }

    @Test func `tell an opt-out that came as a reply`() async throws {
        let server = try ScriptedServer { _ in .reply(200, "") }
        var scenario = Scenario()
        scenario.timeScale = 0
        // The third and fourth digits from the end: writes SAIR.
        let cli = try await CLIFixture(phones: ["5511987657101"], settings: Self.notify, scenario: scenario)
        let environment = Self.environment(server)
        #expect(try await cli.discador("import", "camp", environment: environment).exitCode == 0)
        let (service, url) = try await cli.serveWebhooks(environment: environment)
        let set = try await cli.discador("webhooks", "set", "camp", "--url", url, environment: environment)
        #expect(set.exitCode == 0, "\(set.stderr)")
        #expect(try await cli.discador("run", "camp", "--detach", environment: environment).exitCode == 0)
        try await service.wait(for: "the notice") { try !Self.notices("optOut", server).isEmpty }
        await service.send(SIGTERM)
        let result = try await service.result()
        #expect(result.exitCode == 0, "\(result.stderr)")
        let notices = try Self.notices("optOut", server)
        #expect(notices.count == 1 && notices.first?["data"]?["phone"] == "5511987657101", "\(notices)")
        #expect(try await cli.discador("block", "list").stdout.contains("5511987657101"))
        Self.expectNoSecret(result)
        server.stop()
        await cli.simulator.shutdown()
    }

    @Test(arguments: ["hangs", "refuses", "fails"])
    func `delay nothing when their receiver`(does what: String) async throws {
        let server = try ScriptedServer { _ in
            switch what {
            case "hangs": .stalling([])
            case "refuses": .reply(400, "no s3cret")
            default: .reply(500, "no s3cret")
            }
        }
        let cli = try await CLIFixture(phones: CLIFixture.phones(3), settings: Self.notify)
        let environment = Self.environment(server)
        #expect(try await cli.discador("import", "camp", environment: environment).exitCode == 0)
        let run = try await cli.discador("run", "camp", "--verbose", environment: environment)
        #expect(run.exitCode == 0, "\(run.stderr)")
        #expect(try cli.counts().accepted == 3)
        #expect(run.stderr.contains(what == "hangs" ? "messages were not delivered" : "messages cannot be delivered"))
        Self.expectNoSecret(run)
        server.stop()
        await cli.simulator.shutdown()
    }
}
