import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command status` {
    @Test func `shows all campaigns, or the one that is named, with states that add up to the contacts`() async throws {
        let cli = try await CLIFixture.dialed()
        try cli.change { $0.replacing("name: camp", with: "name: other") }
        try cli.write("fone\n11987654311\n11987654312\n", to: cli.list)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let all = try JSONValue(try await cli.discador("status", "--json").stdout)["campaigns"] ?? .null
        #expect(all.count == 2)
        for campaign in [all[0], all[1]] {
            let states = try #require(campaign?["counts"])
            let keys = ["ready", "dialing", "accepted", "failed", "inDoubt", "excluded"]
            let counts = keys.compactMap { states[$0]?.number }
            let sum = counts.reduce(0, +)
            #expect(
                counts.count == 6 && states["total"] == .number(sum) && campaign?["contacts"] == .number(sum),
                "\(states)")
            #expect(campaign?["running"] == false)
        }
        let one = try JSONValue(try await cli.discador("status", "other", "--json").stdout)["campaigns"] ?? .null
        #expect(one.count == 1 && one[0]?["campaign"] == "other" && one[0]?["counts"]?["ready"] == 2)
        let words = try await cli.discador("status", "other").stdout
        #expect(words.contains("other: 2 contacts") && words.contains("2 ready"), "\(words)")
        #expect(!words.contains("camp:"))
        await cli.simulator.shutdown()
    }

    @Test func `exits with 65 for a campaign that was not imported, and names those that were`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let unknown = try await cli.discador("status", "nowhere")
        #expect(unknown.exitCode == 65 && unknown.stdout.isEmpty)
        #expect(unknown.stderr.contains("nowhere") && unknown.stderr.contains("camp"), "\(unknown.stderr)")
        await cli.simulator.shutdown()
    }
}
