import CampaignCore
import Foundation
import Ongoing
import TestJSON
import Testing
import ZAPISimulator

/// `status`: what is to become of each campaign, and who dials it.
@Suite(.fewAtATime) struct `The state of a campaign` {
    private static func state(_ cli: CLIFixture, _ name: String = "camp") async throws -> JSONValue? {
        try JSONValue(try await cli.discador("status", name, "--json").stdout)["campaigns"]?[0]?["state"]
    }

    @Test func `is idle, active, paused or done`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2), settings: "health: {every: 1s}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await Self.state(cli) == "idle")
        cli.disconnect()
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "run started", count: 1)
        #expect(try await Self.state(cli) == "active")
        await run.send(SIGKILL)
        _ = try await run.result()
        #expect(try await Self.state(cli) == "active")
        let text = try await cli.discador("status").stdout
        #expect(text.contains("active, but no process dials it: go on with `discador serve` or `discador run camp`"))
        #expect(try await cli.discador("pause", "camp").exitCode == 0)
        #expect(try await Self.state(cli) == "paused")
        #expect(try await cli.discador("resume", "camp").exitCode == 0)
        #expect(try await Self.state(cli) == "active")
        try cli.connect()
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try await Self.state(cli) == "done")
        #expect(try await cli.discador("pause", "camp").exitCode == 0)
        #expect(try await Self.state(cli) == "paused")
        await cli.simulator.shutdown()
    }

    @Test
    func `is shown for each of those that a process dials side by side, and so are the answers of other commands`()
        async throws
    {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2, of: 0), settings: "health: {every: 1s}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try await cli.addCampaign("other", phones: CLIFixture.phones(2, of: 1))
        try await cli.addCampaign("third", phones: CLIFixture.phones(2, of: 2))
        cli.disconnect()
        let run = try cli.start("run", "camp", "other", "--verbose")
        try await run.wait(for: "run started", count: 2)
        let all = try JSONValue(try await cli.discador("status", "--json").stdout)
        let states = Dictionary(
            uniqueKeysWithValues: (all["campaigns"]?.items ?? []).map { ($0["campaign"]?.text ?? "", $0) })
        for (name, state, isRunning) in [("camp", "active", true), ("other", "active", true), ("third", "idle", false)]
        {
            #expect(states[name]?["state"] == .text(state) && states[name]?["running"] == .truth(isRunning))
        }
        for name in ["camp", "other", "third"] {
            for command in ["plan", "check", "why"] {
                let arguments = [command, name] + (command == "why" ? ["5511900000000"] : [])
                let result = try await Program.run(arguments, in: cli.folder, environment: CLIFixture.environment)
                #expect([0, 3, 4, 65, 69].contains(result.exitCode), "\(arguments): \(result.stderr)")
                #expect(!result.stderr.contains("in use"), "\(result.stderr)")
            }
        }
        await run.send(SIGINT)
        _ = try await run.result()
        await cli.simulator.shutdown()
    }
}
