import CampaignCore
import CampaignStore
import Foundation
import Ongoing
import TestJSON
import Testing
import ZAPISimulator

/// The commands beside a service that receives webhooks.
@Suite(.fewAtATime) struct `Webhooks on their way` {
    /// Its third and fourth digits from the end make the simulator's person answer.
    private static let own = "5511900000012"

    private struct Receiving {
        let cli: CLIFixture
        let service: Program
        let address: String

        init() async throws {
            var scenario = Scenario()
            scenario.timeScale = 0.01
            cli = try await CLIFixture(phones: ["5511987654301"], scenario: scenario)
            #expect(try await cli.discador("import", "camp").exitCode == 0)
            service = try Program(
                ["serve", "--verbose", "--webhooks", "127.0.0.1:0"], in: cli.folder,
                environment: CLIFixture.environment)
            let line = try await service.line(with: "Webhooks are received at ")
            address = try #require(line.firstMatch(of: /127\.0\.0\.1:[0-9]+/).map { String($0.output) })
            try await service.wait(for: " serves ", count: 1)
        }

        func set(_ url: String) async throws {
            let set = try await cli.discador("webhooks", "set", "camp", "--url", url, "--instance", "iA")
            #expect(set.exitCode == 0, "\(set.stderr)")
        }

        func test() async throws -> (exit: Int32, step: String?) {
            let test = try await cli.discador("webhooks", "test", "camp", "--instance", "iA", "--json")
            return (test.exitCode, try JSONValue(test.stdout)["instances"]?[0]?["step"]?.text)
        }

        func stop() async throws {
            await service.send(SIGTERM)
            #expect(try await service.result().exitCode == 0)
        }
    }

    @Test func `a rest that webhooks begin is told by the service and by the run`() async throws {
        var scenario = Scenario()
        scenario.timeScale = 0
        scenario.dispositions = [.deliveryShadowBan: 1]
        let cli = try await CLIFixture(phones: ["5511987654301"], scenario: scenario)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let (service, url) = try await cli.serveWebhooks()
        #expect(try await cli.discador("webhooks", "set", "camp", "--url", url).exitCode == 0)
        let run = try Program(["run", "camp", "--follow"], in: cli.folder, environment: CLIFixture.environment)
        let told = try #require(await run.nextLine(with: "camp: i"))
        #expect(told.contains(" is not used until 2"), "\(told)")
        let logged = try #require(await service.nextLine(with: "webhooks say that an instance must rest"))
        #expect(logged.contains("until=2") && logged.contains("reason="), "\(logged)")
        await run.send(SIGTERM, SIGTERM)
        _ = try await run.result()
        await service.send(SIGTERM)
        _ = try await service.result()
        await cli.simulator.shutdown()
    }

    @Test func `test finds the step at which an event is lost, and is stored when none is`() async throws {
        let receiving = try await Receiving()
        #expect(try await receiving.test() == (4, "address"))
        try await receiving.set("http://\(receiving.address)")
        #expect(try await receiving.test() == (0, "done"))
        // The service hears of new addresses at once.
        #expect(try await receiving.cli.discador("webhooks", "rotate", "camp", "--instance", "iA").exitCode == 0)
        #expect(try await receiving.test() == (0, "done"))
        let shown = try JSONValue(try await receiving.cli.discador("webhooks", "show", "camp", "--json").stdout)
        let instances = [0, 1].compactMap { shown["instances"]?[$0] }
        #expect(instances.contains { $0["events"]?["DiscadorTest"] == 2 && $0["instance"] == "iA" }, "\(shown)")
        // The simulator answers there, and knows no such path.
        try await receiving.set(receiving.cli.simulator.baseURL)
        #expect(try await receiving.test() == (4, "not_found"))
        try await receiving.set("https://\(receiving.address)")
        #expect(try await receiving.test() == (69, "tls"))
        try await receiving.set("https://no-such-host.invalid")
        #expect(try await receiving.test() == (69, "dns"))
        try await receiving.set("http://\(receiving.address)")
        try await receiving.stop()
        #expect(try await receiving.test() == (69, "connection"))
        await receiving.cli.simulator.shutdown()
    }

    @Test func `a probe shows the events that its call caused`() async throws {
        let receiving = try await Receiving()
        try await receiving.set("http://\(receiving.address)")
        let probing = try receiving.cli.start(
            "webhooks", "probe", "camp", "--to", Self.own, "--yes", "--seconds", "3600", "--json")
        try await probing.wait(for: "an answered call") {
            receiving.cli.simulator.ledger().contains { $0.event == "CALL_ENDED" && $0.httpStatus == 200 }
        }
        // Whoever has seen enough need not wait.
        try await probing.wait(for: "Waiting 3600 seconds", count: 1)
        await probing.send(SIGINT)
        let probe = try await probing.result()
        #expect(probe.exitCode == 0, "\(probe.stderr)")
        let document = try JSONValue(probe.stdout)
        let events = (0..<10).compactMap { document["events"]?[$0] }
        #expect(events.contains { $0["type"] == "DeliveryCallback" && $0["says"] == "delivered" }, "\(document)")
        #expect(events.contains { $0["says"] == "call accepted (our call)" && $0["state"] == "applied" })
        #expect(document["answer"] == "answered")
        #expect(receiving.cli.rang == [Self.own])
        try await receiving.stop()
        await receiving.cli.simulator.shutdown()
    }
}
