import CampaignCore
import CampaignStore
import Foundation
import Ongoing
import TestJSON
import Testing
import ZAPISimulator

/// Campaigns that stay open for contacts that come later.
@Suite(.fewAtATime) struct `A campaign that follows its lists` {
    /// A run that has called everybody, and waits.
    private static func waiting(inFile: Bool) async throws -> (cli: CLIFixture, run: Program) {
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(2, of: 0), settings: "health: {every: 1s}\(inFile ? "\nfollow: true" : "")")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try Program(
            ["run", "camp", "--verbose"] + (inFile ? [] : ["--follow"]), in: cli.folder,
            environment: CLIFixture.environment)
        try await run.wait(for: "all calls") { try cli.counts().accepted == 2 }
        return (cli, run)
    }

    private static func isOpen(_ cli: CLIFixture) async throws -> Bool {
        let status = try JSONValue(try await cli.discador("status", "camp", "--json").stdout)
        return status["campaigns"]?[0]?["activity"] == "contacts" && status["campaigns"]?[0]?["state"] == "active"
    }

    @Test(arguments: [false, true])
    func `waits for contacts, says so, and calls those that are imported`(inFile: Bool) async throws {
        let (cli, run) = try await Self.waiting(inFile: inFile)
        var poller = Poller()
        while try await !Self.isOpen(cli), !run.isOver { await poller.pause() }
        let text = try await cli.discador("status", "camp").stdout
        #expect(text.contains("waiting for further contacts"), "\(text)")
        for number in 1...2 {
            try cli.write("fone\n551290000000\(number)\n", to: cli.folder.appending(path: "\(number).csv"))
            #expect(try await cli.discador("import", "camp", "\(number).csv").exitCode == 0)
            try await run.wait(for: "another call") { try cli.counts().accepted == 2 + number }
        }
        await run.send(SIGINT)
        let result = try await run.result()
        #expect(result.exitCode == 130, "\(result.stderr)")
        #expect(try cli.activity(of: "camp")?.isActive == false)
        #expect(cli.rang.count == 4)
        await cli.simulator.shutdown()
    }

    @Test(arguments: ["pause", "cancel"])
    func `is ended by pause and cancel`(command: String) async throws {
        let (cli, run) = try await Self.waiting(inFile: false)
        let ended = try await Program.run(
            [command, "camp"] + (command == "cancel" ? ["--yes"] : []), in: cli.folder,
            environment: CLIFixture.environment)
        #expect(ended.exitCode == 0, "\(ended.stderr)")
        #expect(try await run.result().exitCode == 130)
        let state = try JSONValue(try await cli.discador("status", "camp", "--json").stdout)["campaigns"]?[0]?["state"]
        #expect(state == (command == "pause" ? "paused" : "done"))
        await cli.simulator.shutdown()
    }

    @Test func `stays open in the service, also after a restart, until it is cancelled`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2, of: 0))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        var service = try await cli.serve()
        #expect(try await cli.discador("run", "camp", "--detach", "--follow").exitCode == 0)
        try await service.wait(for: "all calls") { try cli.counts().accepted == 2 }
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        service = try await cli.serve()
        #expect(cli.dialed() == ["camp"])
        try cli.write("fone\n5512900000001\n", to: cli.folder.appending(path: "more.csv"))
        #expect(try await cli.discador("import", "camp", "more.csv").exitCode == 0)
        try await service.wait(for: "another call") { try cli.counts().accepted == 3 }
        await service.send(SIGKILL)
        #expect(try await service.result().wasKilled)
        // Nobody dials it now, and nobody is left to be called: it is active nevertheless.
        #expect(
            try JSONValue(try await cli.discador("status", "camp", "--json").stdout)["campaigns"]?[0]?["state"]
                == "active")
        #expect(try await cli.discador("cancel", "camp", "--yes").exitCode == 0)
        #expect(
            try JSONValue(try await cli.discador("status", "camp", "--json").stdout)["campaigns"]?[0]?["state"]
                == "done")
        service = try await cli.serve()
        #expect(cli.dialed() == [])
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test func `does not go together with --no-wait`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1), settings: "follow: true")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for arguments in [["run", "camp", "--no-wait"], ["run", "camp", "--follow", "--no-wait"]] {
            let result = try await Program.run(arguments, in: cli.folder, environment: CLIFixture.environment)
            #expect(result.exitCode == 64 && result.stderr.contains("--no-wait"), "\(result.stderr)")
        }
        #expect(cli.rang.isEmpty)
        await cli.simulator.shutdown()
    }
}
