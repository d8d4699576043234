import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command list` {
    @Test func `has a line for each campaign, and the same for machines`() async throws {
        let cli = try await CLIFixture.dialed()
        try await cli.addCampaign("outra", phones: CLIFixture.phones(2, of: 1))
        #expect(try await cli.discador("pause", "outra").exitCode == 0)
        let list = try await cli.discador("list")
        #expect(list.exitCode == 0, "\(list.stderr)")
        let lines = list.stdout.split(separator: "\n").map(String.init)
        try #require(lines.count == 4, "\(list.stdout)")
        #expect(lines[0].hasPrefix("campaign  state   contacts  done  accepted"), "\(lines[0])")
        #expect(lines[1].contains(/^camp +done +6 +100% +1 +0 +3 +20..-..-.. ..:..$/), "\(lines[1])")
        #expect(
            lines[2].contains(#/^outra +paused +2 +0% +0 +0 +0 +– +paused since 20..-..-.. ..:.., by [^ ]/#),
            "\(lines[2])")
        #expect(lines[3] == "times: UTC")
        let document = try JSONValue(try await cli.discador("list", "--json").stdout)
        let (first, second) = (document["campaigns"]?[0], document["campaigns"]?[1])
        #expect(first?["campaign"] == "camp" && first?["state"] == "done" && first?["contacts"] == 6)
        #expect(first?["counts"]?["failed"] == 2 && first?["running"] == false)
        #expect(first?["lastCallAt"]?.text?.hasSuffix("Z") == true)
        #expect(second?["state"] == "paused" && second?["pause"]?["since"]?.text != nil)
        await cli.simulator.shutdown()
    }

    @Test func `tells times in the zone of the campaigns, and speaks Portuguese`() async throws {
        let zone = "window: {days: [mon, tue, wed, thu, fri, sat, sun], from: 00:00, to: 24:00, timezone: Asia/Tokyo}\n"
        let cli = try await CLIFixture(phones: CLIFixture.phones(1), settings: "workers: 1\n" + zone)
        let none = try await cli.discador("list", "--lang", "pt-BR")
        #expect(none.exitCode == 65, "\(none.stdout)")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        let list = try await cli.discador("list", "--lang", "pt-BR").stdout
        #expect(list.hasPrefix("campanha  situação   contatos  feito  aceitas"), "\(list)")
        #expect(list.contains(/camp +concluída +1 +100% +1 +0 +0 +..\/..\/20.. ..:../), "\(list)")
        #expect(list.hasSuffix("horários: Asia/Tokyo\n"), "\(list)")
        await cli.simulator.shutdown()
    }
}
