import CampaignCore
import CampaignStore
import Foundation
import Testing
import ZAPISimulator

/// A pause, which is kept until somebody takes it away.
@Suite struct `A paused campaign` {
    @Test func `is dialed by no run until it is resumed, and says since when and by whom`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let paused = try await cli.discador("pause", "camp", "--json")
        #expect(paused.exitCode == 0, "\(paused.stderr)")
        let document = try Document(paused.stdout)
        #expect(document["wasRunning"] == false && document["wasPaused"] == false)
        let since = try #require(document["pause"]?["since"]?.text)
        let user = try #require(document["pause"]?["user"]?.text)
        #expect(user.contains("uid \(geteuid())"))

        let refused = try await cli.discador("run", "camp")
        #expect(refused.exitCode == 75)
        let says = "camp is paused since \(since), by \(user) with “pause camp”: nobody is called."
        #expect(refused.stderr.contains(says), "\(refused.stderr)")
        #expect(refused.stderr.contains("`discador resume camp`"))
        let machine = try Document(try await cli.discador("run", "camp", "--json").stdout)
        #expect(machine["end"] == "paused")
        #expect(try #require(machine["reason"]?.text).hasPrefix(says))
        #expect(cli.simulator.ledger().isEmpty)

        #expect(
            try await cli.discador("resume", "camp").stdout.hasPrefix("camp is no longer paused (it was since"))
        #expect(
            try await cli.discador("resume", "camp").stdout.hasPrefix("camp is not paused: `discador run camp`"))
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try cli.counts().accepted == 3)
        await cli.simulator.shutdown()
    }

    @Test func `stays paused since it first was`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let first = try Document(try await cli.discador("pause", "camp", "--json").stdout)
        let second = try Document(try await cli.discador("pause", "camp", "--json").stdout)
        #expect(second["wasPaused"] == true && second["pause"] == first["pause"])
        let since = try #require(first["pause"]?["since"]?.text)
        #expect(
            try await cli.discador("pause", "camp").stdout.hasPrefix("camp has been paused since \(since), by "))
        await cli.simulator.shutdown()
    }

    @Test(arguments: ["status", "plan", "check"]) func `is shown as such`(by command: String) async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let before = try await cli.discador(command, "camp")
        #expect(!before.stdout.lowercased().contains("paused"))
        let paused = try Document(try await cli.discador("pause", "camp", "--json").stdout)
        let since = try #require(paused["pause"]?["since"]?.text)
        let shown = try await cli.discador(command, "camp")
        #expect(shown.exitCode == 0 && shown.stdout.contains("aused since \(since), by "))
        #expect(shown.stdout.contains("discador resume camp"))
        #expect(try await cli.discador(command, "camp", "--json").stdout.contains(since))
        await cli.simulator.shutdown()
    }

    @Test func `ends its run after the calls under way, and the run says why`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(2))
        #expect(try await waiting.discador("pause", "camp", "--db", waiting.cli.database).exitCode == 0)
        let ended = try await waiting.run.result()
        #expect(ended.exitCode == 130)
        #expect(ended.stderr.contains("camp was paused since"), "\(ended.stderr)")
        #expect(try await waiting.discador("run", "camp").exitCode == 75)
        #expect(waiting.rang.isEmpty)
        await waiting.cli.simulator.shutdown()
    }
}

/// Excluding everybody whose turn has not come.
@Suite struct `Cancelling` {
    @Test func `changes nothing without a yes, which a script must give`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let asked = try await cli.discador("cancel", "camp")
        #expect(asked.exitCode == 64)
        #expect(asked.stderr.contains("3 contacts of camp would be excluded. Add --yes"), "\(asked.stderr)")
        #expect(try cli.counts().ready == 3)
        await cli.simulator.shutdown()
    }

    @Test func `names the command that undoes it, for the same database`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        let database = cli.folder.appending(path: "another one.db").path
        let db = ["--db", database]
        func discador(_ arguments: String...) async throws -> Program.Result {
            try await Program.run(arguments + db, in: cli.folder, environment: CLIFixture.environment)
        }
        #expect(try await discador("import", "camp").exitCode == 0)
        let cancelled = try await discador("cancel", "camp", "--yes")
        #expect(cancelled.exitCode == 0, "\(cancelled.stderr)")
        let undo = "discador retry camp --where 'reason = cancelled' --db '\(database)'"
        #expect(
            cancelled.stdout
                == "3 contacts of camp will not be called (excluded, cancelled). To undo it: \(undo)\n")
        let again = try await discador("cancel", "camp")
        #expect(again.exitCode == 0 && again.stdout == "Nobody of camp waits to be called.\n")
        // The very words, as a shell reads them, after a program that is found under this name.
        let put = try await cli.start(shell: "set -- \(undo.dropFirst("discador ".count)) --yes").result()
        #expect(put.exitCode == 0 && put.stdout.contains("3 put back"), "\(put.stderr)")
        #expect(try StoreReader(path: database).counts(campaign: "camp").ready == 3)
        await cli.simulator.shutdown()
    }
}
