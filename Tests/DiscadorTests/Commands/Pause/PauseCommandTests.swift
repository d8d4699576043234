import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command pause` {
    @Test func `keeps every run from dialing until the campaign is resumed, and says since when and by whom`()
        async throws
    {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let paused = try await cli.discador("pause", "camp", "--json")
        #expect(paused.exitCode == 0, "\(paused.stderr)")
        let document = try JSONValue(paused.stdout)
        #expect(document["wasRunning"] == false && document["wasPaused"] == false)
        let since = try #require(document["pause"]?["since"]?.text)
        let user = try #require(document["pause"]?["user"]?.text)
        #expect(user.contains("uid \(geteuid())"))

        let refused = try await cli.discador("run", "camp")
        #expect(refused.exitCode == 75)
        let says = "camp is paused since \(Self.whole(since)), by \(user) with “pause camp”: no call is placed."
        #expect(refused.stderr.contains(says), "\(refused.stderr)")
        #expect(refused.stderr.contains("`discador resume camp`"))
        let machine = try JSONValue(try await cli.discador("run", "camp", "--json").stdout)
        #expect(machine["end"] == "paused")
        #expect(try #require(machine["reason"]?.text).hasPrefix(says))
        #expect(cli.simulator.ledger().isEmpty)

        #expect(
            try await cli.discador("resume", "camp").stdout.hasPrefix("camp is no longer paused (it was paused since"))
        #expect(
            try await cli.discador("resume", "camp").stdout.hasPrefix(
                "camp is not paused: dial it with `discador run camp`"))
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try cli.counts().accepted == 3)
        await cli.simulator.shutdown()
    }

    @Test func `keeps the time of the first pause when it is repeated`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let first = try JSONValue(try await cli.discador("pause", "camp", "--json").stdout)
        let second = try JSONValue(try await cli.discador("pause", "camp", "--json").stdout)
        #expect(second["wasPaused"] == true && second["pause"] == first["pause"])
        let since = try #require(first["pause"]?["since"]?.text)
        #expect(
            try await cli.discador("pause", "camp").stdout.hasPrefix(
                "camp has been paused since \(Self.whole(since)), by "))
        await cli.simulator.shutdown()
    }

    @Test(arguments: ["status", "plan", "check"]) func `is shown by status, plan and check`(by command: String)
        async throws
    {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let before = try await cli.discador(command, "camp")
        #expect(!before.stdout.lowercased().contains("paused"))
        let paused = try JSONValue(try await cli.discador("pause", "camp", "--json").stdout)
        let since = try #require(paused["pause"]?["since"]?.text)
        let shown = try await cli.discador(command, "camp")
        // Texts for people tell local times; the zone of these tests is UTC.
        let whole = Self.whole(since)
        let local = whole.replacing("T", with: " ")
        let forms = [String(local.prefix(19)), String(local.prefix(16)), "\(local.prefix(16)) (UTC)"]
        #expect(shown.exitCode == 0)
        #expect(forms.contains { shown.stdout.contains("aused since \($0), by ") }, "\(shown.stdout)")
        #expect(shown.stdout.contains("discador resume camp"))
        #expect(try await cli.discador(command, "camp", "--json").stdout.contains(since.prefix(19)))
        await cli.simulator.shutdown()
    }

    @Test func `ends the run after the calls under way, and the run says why`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(2))
        #expect(try await waiting.discador("pause", "camp", "--db", waiting.cli.database).exitCode == 0)
        let ended = try await waiting.run.result()
        #expect(ended.exitCode == 130)
        #expect(ended.stderr.contains("camp was paused since"), "\(ended.stderr)")
        #expect(try await waiting.discador("run", "camp").exitCode == 75)
        #expect(waiting.rang.isEmpty)
        await waiting.cli.simulator.shutdown()
    }

    @Test func `ends a run of another terminal, which prints its progress when asked`() async throws {
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(200), settings: "workers: 2",
            scenario: Scenario(latency: .milliseconds(5) ... .milliseconds(5)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "call ended", count: 5)
        await run.send(SIGUSR1)
        try await run.wait(for: "camp: ", count: 1)
        let paused = try await cli.discador("pause", "camp", "--json")
        #expect(try JSONValue(paused.stdout)["wasRunning"] == true)
        #expect(try await run.result().exitCode == 130)
        #expect(try cli.counts().dialing == 0)
        await cli.simulator.shutdown()
    }

    /// A moment of JSON as people see it, without milliseconds.
    private static func whole(_ moment: String) -> String { moment.replacing(/\.\d{3}/, with: "") }
}
