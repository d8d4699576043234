import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The calls left today` {
    /// The calls, the cap and what is left of it, of the one connected instance, according to `plan` and to `status`.
    private static func daily(_ cli: CLIFixture, _ campaign: String) async throws -> [[JSONValue?]] {
        let plan = try JSONValue(try await cli.discador("plan", campaign, "--json").stdout)
        let status = try JSONValue(try await cli.discador("status", campaign, "--json").stdout)
        return [plan["instances"]?[0], status["campaigns"]?[0]?["instances"]?[0]].map { instance in
            ["callsToday", "capToday", "leftToday"].map { instance?[$0] }
        }
    }

    @Test
    func `are the same for plan, status and the run, whatever reached no one and whichever campaign sets the limit`()
        async throws
    {
        // One that is throttled twice before Z-API accepts it: three attempts, one call.
        let cli = try await CLIFixture(
            phones: ["5511900000090"] + CLIFixture.phones(5), scenario: Scenario(retryAfter: .zero),
            pace: "open\n    dailyCap: 3")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        cli.simulator.disconnect(instance: "B")
        #expect(try await cli.discador("run", "camp", "--no-wait").exitCode == 75)
        #expect(try cli.counts().accepted == 3)
        #expect(try await Self.daily(cli, "camp") == [[3, 3, 0], [3, 3, 0]])
        let words = try await cli.discador("plan", "camp").stdout
        #expect(words.contains("Limits: iA 3 of 3 calls today, 0 left; iB 0 of 3 calls today, 3 left"), "\(words)")

        // Another campaign with the same instances, whose file has no cap.
        let other = cli.folder.appending(path: "other")
        try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
        let text = try String(contentsOf: cli.campaignFile, encoding: .utf8)
            .replacing("name: camp", with: "name: other").replacing("    dailyCap: 3\n", with: "")
        try cli.write(text, to: other.appending(path: "campaign.yml"))
        try cli.write("fone\n5511900001000\n", to: other.appending(path: "contatos.csv"))
        #expect(try await cli.discador("import", "other").exitCode == 0)
        let plan = try JSONValue(try await cli.discador("plan", "other", "--json").stdout)
        #expect(plan["instances"]?[0]?["leftToday"] == 0)
        let run = try await cli.discador("run", "other", "--no-wait")
        #expect(run.exitCode == 75 && run.stderr.contains("today's calls are used up"), "\(run.stderr)")
        #expect(try await Self.daily(cli, "other") == [[3, 3, 0], [3, 3, 0]])
        await cli.simulator.shutdown()
    }
}
