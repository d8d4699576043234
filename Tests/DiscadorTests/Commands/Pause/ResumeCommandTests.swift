import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command resume` {
    @Test func `ends a pause, says which it was, and calls no one`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let paused = try JSONValue(try await cli.discador("pause", "camp", "--json").stdout)
        let resumed = try await cli.discador("resume", "camp", "--json")
        #expect(resumed.exitCode == 0, "\(resumed.stderr)")
        let document = try JSONValue(resumed.stdout)
        #expect(document["wasPaused"] == true && document["pause"] == paused["pause"])
        #expect(
            try JSONValue(try await cli.discador("status", "camp", "--json").stdout)["campaigns"]?[0]?["pause"] == .null
        )
        #expect(try cli.counts().ready == 2 && cli.simulator.ledger().isEmpty)

        let again = try await cli.discador("resume", "camp", "--json")
        #expect(again.exitCode == 0, "\(again.stderr)")
        #expect(try JSONValue(again.stdout)["wasPaused"] == false && JSONValue(again.stdout)["pause"] == nil)
        #expect(try await cli.discador("resume", "nowhere").exitCode == 65)
        await cli.simulator.shutdown()
    }
}
