import CampaignCore
import CampaignStore
import Foundation
import Ongoing
import TestJSON
import Testing
import ZAPISimulator

/// `run --detach`.
@Suite(.fewAtATime) struct `A detached run` {
    private static func fixture() async throws -> CLIFixture {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3, of: 0), settings: "health: {every: 1s}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try await cli.addCampaign("other", phones: CLIFixture.phones(3, of: 1))
        cli.disconnect()
        return cli
    }

    @Test func `is refused with 75 where no process dials, and changes nothing`() async throws {
        let cli = try await Self.fixture()
        let result = try await cli.discador("run", "camp", "--detach")
        #expect(result.exitCode == 75 && result.stdout.isEmpty)
        #expect(result.stderr.contains("discador serve") && result.stderr.contains("They were not started."))
        #expect(try cli.activity(of: "camp")?.isActive == false)
        await cli.simulator.shutdown()
    }

    @Test func `is dialed by the service, which status names, until it is done`() async throws {
        let cli = try await Self.fixture()
        let service = try await cli.serve()
        let asked = try await cli.discador("run", "camp", "--detach")
        #expect(asked.exitCode == 0, "\(asked.stderr)")
        #expect(asked.stdout.contains("camp is being dialed by process") && asked.stdout.contains("(serve)"))
        let status = try await cli.discador("status", "camp").stdout
        #expect(status.contains("being dialed by process") && status.contains("(serve)"), "\(status)")
        let again = try JSONValue(try await cli.discador("run", "camp", "other", "--detach", "--json").stdout)
        #expect(again["campaigns"]?[0]?["campaign"] == "camp" && again["campaigns"]?[0]?["isDialed"] == true)
        #expect(again["campaigns"]?[1]?["campaign"] == "other" && again["campaigns"]?[1]?["isDialed"] == true)
        try cli.connect()
        try await service.wait(for: "camp is done: 3 accepted", count: 1)
        try await service.wait(for: "the end of both") { cli.dialed() == [] }
        #expect(try cli.counts().accepted == 3 && cli.counts(of: "other").accepted == 3)
        #expect(try cli.activity(of: "camp")?.isActive == false)
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    @Test func `is dialed by a run, which goes on with it after its own campaign, and says so`() async throws {
        let cli = try await Self.fixture()
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "run started", count: 1)
        #expect(try await cli.discador("run", "other", "--detach").exitCode == 0)
        // Nobody is left for the run's own campaign.
        #expect(try await cli.discador("cancel", "camp", "--yes").exitCode == 0)
        try await run.wait(for: "camp has ended; this process goes on with other", count: 1)
        #expect(cli.dialed() == ["other"])
        try cli.connect()
        let result = try await run.result()
        #expect(result.stderr.contains("other is done: 3 accepted"), "\(result.stderr)")
        #expect(result.exitCode == 130)
        #expect(try cli.counts(of: "other").accepted == 3)
        await cli.simulator.shutdown()
    }

    @Test func `stays active when the run that dials it is stopped, and a service goes on with it`() async throws {
        let cli = try await Self.fixture()
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "run started", count: 1)
        #expect(try await cli.discador("run", "other", "--detach").exitCode == 0)
        await run.send(SIGINT)
        #expect(try await run.result().exitCode == 130)
        #expect(try cli.activity(of: "camp")?.isActive == false)
        #expect(try cli.activity(of: "other")?.isActive == true)
        let status = try await cli.discador("status", "other").stdout
        #expect(status.contains("active, but no process dials it"), "\(status)")
        #expect(status.contains("discador serve") && status.contains("discador run other"))
        let service = try await cli.serve()
        #expect(cli.dialed() == ["other"])
        try cli.connect()
        try await service.wait(for: "other is done", count: 1)
        await service.send(SIGINT)
        #expect(try await service.result().exitCode == 0)
        #expect(try cli.counts().ready == 3 && cli.counts(of: "other").accepted == 3)
        await cli.simulator.shutdown()
    }

    @Test func `that cannot begin says why, with the exit code of that`() async throws {
        let cli = try await Self.fixture()
        let service = try await cli.serve()
        try cli.writeCampaign("never", settings: "")
        let unknown = try await cli.discador("run", "never", "--detach")
        #expect(unknown.exitCode == 65 && unknown.stderr.contains("never"), "\(unknown.stderr)")
        #expect(try await cli.discador("pause", "camp").exitCode == 0)
        let paused = try await cli.discador("run", "camp", "other", "--detach")
        #expect(paused.exitCode == 75 && paused.stderr.contains("camp is paused since"), "\(paused.stderr)")
        #expect(paused.stdout.contains("other is being dialed"))
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test(arguments: [["--no-wait"], ["--follow", "--no-wait"]])
    func `does not go together with an option that contradicts it`(options: [String]) async throws {
        let cli = try await Self.fixture()
        let result = try await Program.run(["run", "camp", "--detach"] + options, in: cli.folder)
        #expect(result.exitCode == 64)
        await cli.simulator.shutdown()
    }
}
