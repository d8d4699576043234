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

    @Test func `shows several as a table, and one with what is known of it`() async throws {
        let cli = try await CLIFixture.dialed()
        try await cli.addCampaign("outra", phones: CLIFixture.phones(2, of: 1))
        for arguments in [["status"], ["status", "outra", "camp", "camp"]] {
            let lines = try await Program.run(arguments, in: cli.folder).stdout.split(separator: "\n").map(String.init)
            try #require(lines.count == 4, "\(lines)")
            #expect(lines[0].contains(/^campaign +state +done +accepted +answered +failed +in doubt +last call/))
            #expect(lines[1].contains(/^camp +done +6\/6 100% +1 +0 +2 +3 +20..-..-.. ..:..$/), "\(lines[1])")
            #expect(lines[2].contains(/^outra +idle +0\/2 0% +0 +0 +0 +0 +–$/), "\(lines[2])")
            #expect(lines[3] == "times: UTC")
        }
        let one = try await cli.discador("status", "camp").stdout
        #expect(one.contains(/\n {2}last call: 20..-..-.. ..:..:..\n/) && one.hasSuffix("\n  times: UTC\n"), "\(one)")
        let documents = try JSONValue(try await cli.discador("status", "outra", "camp", "--json").stdout)
        #expect(documents["campaigns"]?[0]?["campaign"] == "outra")
        #expect(documents["campaigns"]?[1]?["lastCallAt"]?.text != nil)
        let portuguese = try await cli.discador("status", "camp", "--lang", "pt-BR").stdout
        let counts = "camp: 6 contatos: 0 aguardando, 0 discando, 1 aceita, 2 falharam"
        #expect(portuguese.hasPrefix(counts), "\(portuguese)")
        #expect(portuguese.hasSuffix("horários: UTC\n"), "\(portuguese)")
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
