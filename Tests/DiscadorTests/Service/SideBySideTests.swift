import CampaignCore
import CampaignStore
import Foundation
import Ongoing
import TestJSON
import Testing
import ZAPISimulator

/// Several campaigns on one command line.
@Suite(.fewAtATime) struct `Campaigns side by side` {
    private static func fixture(_ others: String...) async throws -> CLIFixture {
        let cli = try await CLIFixture(phones: CLIFixture.phones(4, of: 0), settings: "health: {every: 1s}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for (number, name) in others.enumerated() {
            try await cli.addCampaign(name, phones: CLIFixture.phones(4, of: number + 1))
        }
        return cli
    }

    @Test func `are dialed in one run, which ends when all of them are done`() async throws {
        let cli = try await Self.fixture("other", "third")
        cli.disconnect()
        let run = try cli.start("run", "camp", "other/campaign.yml", "third", "--verbose")
        try await run.wait(for: "run started", count: 3)
        #expect(cli.dialed() == ["camp", "other", "third"])
        try cli.connect()
        let result = try await run.result()
        #expect(result.exitCode == 0, "\(result.stderr)")
        for name in ["camp", "other", "third"] {
            #expect(try cli.counts(of: name).accepted == 4)
            #expect(result.stdout.contains(name))
            #expect(try cli.activity(of: name)?.isActive == false)
        }
        #expect(cli.rang.count == 12)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    @Test func `are each a campaign of one JSON document, in the order of the command line`() async throws {
        let cli = try await Self.fixture("other")
        let result = try await cli.discador("run", "other", "camp", "--json")
        #expect(result.exitCode == 0, "\(result.stderr)")
        let documents = try JSONValue(result.stdout)["campaigns"] ?? .null
        #expect(documents.count == 2)
        #expect(documents[0]?["campaign"] == "other" && documents[1]?["campaign"] == "camp")
        #expect(documents[0]?["end"] == "finished" && documents[1]?["end"] == "finished")
        #expect(documents[0]?["summary"] != nil && documents[1]?["summary"] != nil)
        let one = try JSONValue(try await cli.discador("run", "camp", "camp/campaign.yml", "--json").stdout)
        #expect(one["campaign"] == "camp", "named twice, it is one campaign")
        await cli.simulator.shutdown()
    }

    /// The endings of phones, whether the second campaign is paused, and the exit code of both together.
    @Test(arguments: [
        ("01", "01", false, Int32(0)), ("01", "93", false, 3), ("97", "01", false, 3), ("93", "01", true, 75),
        ("01", "01", true, 75),
    ])
    func `give the exit code of the one that needs attention most`(
        first: String, second: String, isPaused: Bool, exitCode: Int32
    ) async throws {
        let cli = try await CLIFixture(phones: ["55119000000\(first)"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try await cli.addCampaign("other", phones: ["55129000000\(second)"])
        if isPaused { #expect(try await cli.discador("pause", "other").exitCode == 0) }
        let result = try await cli.discador("run", "camp", "other")
        #expect(result.exitCode == exitCode, "\(result.stderr)")
        #expect(try cli.counts().ready == 0)
        #expect(try cli.counts(of: "other").ready == (isPaused ? 1 : 0))
        await cli.simulator.shutdown()
    }

    @Test func `that cannot be dialed do not keep the others from it`() async throws {
        let cli = try await Self.fixture()
        try cli.writeCampaign("never", settings: "")
        let result = try await cli.discador("run", "camp", "never", "--json")
        #expect(result.exitCode == 65, "\(result.stderr)")
        #expect(result.stderr.components(separatedBy: "never").count > 1)
        let documents = try JSONValue(result.stdout)["campaigns"] ?? .null
        #expect(documents[0]?["campaign"] == "camp" && documents[0]?["end"] == "finished")
        #expect(try cli.counts().accepted == 4)
        await cli.simulator.shutdown()
    }

    @Test func `must have different names`() async throws {
        let cli = try await Self.fixture()
        try cli.writeCampaign("camp", in: "copy", settings: "")
        let result = try await cli.discador("run", "camp", "copy")
        #expect(result.exitCode == 64)
        #expect(result.stderr.contains("camp/campaign.yml") && result.stderr.contains("copy/campaign.yml"))
        #expect(cli.rang.isEmpty)
        await cli.simulator.shutdown()
    }

    @Test func `stay with their own window, pause and end`() async throws {
        let cli = try await Self.fixture("other")
        cli.disconnect()
        let run = try cli.start("run", "camp", "other", "--verbose")
        try await run.wait(for: "run started", count: 2)
        let paused = try await cli.discador("pause", "other", "--json")
        #expect(try JSONValue(paused.stdout)["wasRunning"] == true, "\(paused.stderr)")
        #expect(cli.dialed() == ["camp"])
        try cli.connect()
        let result = try await run.result()
        #expect(result.exitCode == 130, "\(result.stderr)")
        #expect(result.stderr.contains("other was paused since"))
        #expect(try cli.counts().accepted == 4 && cli.counts(of: "other").ready == 4)
        await cli.simulator.shutdown()
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `are all stopped by a signal to their run`(signal: Int32) async throws {
        let cli = try await Self.fixture("other")
        cli.disconnect()
        let run = try cli.start("run", "camp", "other", "--verbose")
        try await run.wait(for: "run started", count: 2)
        await run.send(signal)
        let result = try await run.result()
        #expect(result.exitCode == 130, "\(result.stderr)")
        for name in ["camp", "other"] {
            #expect(try cli.activity(of: name)?.isActive == false && cli.counts(of: name).ready == 4)
            #expect(result.stderr.contains("Resume with `discador run \(name)`"))
        }
        await cli.simulator.shutdown()
    }
}
