import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `A campaign in each contact's local time` {
    @Test func `is planned with the clocks that its numbers tell, and with those that never open`() async throws {
        let cli = try await CLIFixture(
            phones: ["(11) 98765-4301", "(11) 98765-4302", "(92) 98765-4301", "(97) 98765-4301", "+7 912 345-67-89"],
            settings: "window: {timezone: contact, days: [mon, tue, wed, thu, fri, sat, sun], from: 09:00, to: 18:00}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let json = try await cli.discador("plan", "camp", "--json")
        #expect(json.exitCode == 0, "\(json.stderr)")
        let plan = try JSONValue(json.stdout)
        let clocks = try #require(plan["contactClocks"])
        #expect(clocks["usual"] == "America/Sao_Paulo")
        #expect(clocks["neverOpen"] == 1)
        #expect(clocks["groups"]?[0]?["contacts"] == 2)
        #expect(clocks["groups"]?[0]?["zones"]?[0] == "America/Sao_Paulo")
        #expect(plan["callable"] == 5)
        #expect(plan["notCalled"] == 1)

        let words = try await cli.discador("plan", "camp").stdout
        #expect(words.contains("09:00–18:00 on each contact's own clock"))
        #expect(words.contains("  2 × America/Sao_Paulo\n"))
        #expect(words.contains("  1 × America/Manaus, America/Eirunepe: while it is open in all of them\n"))
        let why = try await cli.discador("why", "camp", "+7 912 345-67-89").stdout
        #expect(why.contains("The campaign's window is never open in all of "), "\(why)")
        #expect(words.contains("it is never open in all of them at the same time\n"))
        #expect(words.contains("assume that all contacts are in America/Sao_Paulo"))
    }

    @Test(arguments: ["plan", "check"]) func `says which window holds when the campaign has none`(_ command: String)
        async throws
    {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let always = try await cli.discador(command, "camp")
        #expect(always.exitCode == 0 && always.stdout.contains("always: calls at any hour"), "\(always.stderr)")
        let text = try String(contentsOf: cli.campaignFile, encoding: .utf8)
        try cli.write(text.replacingOccurrences(of: "window: always", with: ""), to: cli.campaignFile)
        let usual =
            "mon tue wed thu fri sat 09:00–20:00 on each contact's own clock, 66 h a week; this is the default"
        #expect(try await cli.discador(command, "camp").stdout.contains(usual))
        #expect(try await cli.discador(command, "camp", "--json").stdout.contains(usual))
        await cli.simulator.shutdown()
    }

    @Test func `dials everyone whose window is open, wherever they live`() async throws {
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(3) + ["+1 202 555 0123"],
            settings: "window: {timezone: contact, days: [mon, tue, wed, thu, fri, sat, sun], from: 00:00, to: 24:00}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try await cli.discador("run", "camp", "--json")
        #expect(run.exitCode == 0, "\(run.stderr)")
        #expect(try cli.counts().accepted == 4)
        try cli.expectEveryPromiseKept(contacts: 4, maxInDoubt: 0)
    }
}
