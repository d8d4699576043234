import CampaignCore
import CampaignStore
import Foundation
import GRDB
import Ongoing
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command cancel` {
    @Test func `that was interrupted is shown by status, plan and check, and finished by a run, which calls no one`()
        async throws
    {
        let cli = try await Self.interrupted()
        let status = try await cli.discador("status", "camp").stdout
        #expect(status.contains("being cancelled") && !status.contains("resume with"), "\(status)")
        let plan = try await cli.discador("plan", "camp").stdout
        #expect(plan.contains("Being cancelled"), "\(plan)")
        let check = try await cli.discador("check", "camp").stdout
        #expect(check.contains("being cancelled"), "\(check)")
        let run = try await cli.discador("run", "camp")
        #expect(run.exitCode == 0 && run.stderr.contains("was interrupted"), "\(run.stderr)")
        #expect(cli.simulator.ledger().allSatisfy { !$0.rang })
        #expect(try cli.counts().excluded == 3)
        #expect(try await !cli.discador("status", "camp").stdout.contains("being cancelled"))
        await cli.simulator.shutdown()
    }

    @Test(arguments: [["retry", "camp", "--where", "reason = cancelled", "--yes"], ["import", "camp", "more.csv"]])
    func `that was interrupted is finished before contacts are requeued or imported`(_ command: [String]) async throws {
        let cli = try await Self.interrupted()
        try cli.write("fone\n11900000070\n", to: cli.folder.appending(path: "more.csv"))
        let result = try await Program.run(command, in: cli.folder, environment: CLIFixture.environment)
        #expect(
            result.exitCode == 0 && result.stderr.contains("An interrupted cancel of camp was completed first"),
            "\(result.stderr)")
        let counts = try cli.counts()
        #expect((counts.ready, counts.excluded) == (command[0] == "retry" ? (3, 0) : (1, 3)))
        await cli.simulator.shutdown()
    }

    @Test func `reaches the contacts of an import under way, also where no one waited before`() async throws {
        let waiting = try await WaitingRun(phones: CLIFixture.phones(1)) { cli in
            let text = try String(contentsOf: cli.campaignFile, encoding: .utf8)
            try cli.write(
                text.replacingOccurrences(of: "name: camp", with: "name: other"),
                to: cli.folder.appending(path: "other.yml"))
            try cli.write("fone\n11900000070\n", to: cli.folder.appending(path: "more.csv"))
            #expect(try await cli.discador("import", "other.yml", "more.csv").exitCode == 0)
            #expect(try await cli.discador("cancel", "other", "--yes").exitCode == 0)
        }
        let imported = try await PipedImport(beside: waiting, into: "other")
        let cancel = try waiting.cli.start("cancel", "other", "--yes")
        try await cancel.wait(for: "a cancel that waits for the import") {
            try Self.value("SELECT is_cancelling FROM campaign WHERE name = 'other'", waiting.cli) == 1
        }
        _ = try imported.finish(with: "11900000071")
        let cancelled = try await cancel.result()
        #expect(cancelled.stdout.hasPrefix("1 contact of other will not be called"), "\(cancelled.stderr)")
        await waiting.run.send(SIGINT)
        _ = try await waiting.run.result()
        await waiting.cli.simulator.shutdown()
    }

    @Test func `changes nothing without a yes, which a script gives with --yes`() async throws {
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
        #expect(again.exitCode == 0 && again.stdout == "camp has no contacts waiting to be called.\n")
        // The exact words, as a shell reads them, with a program of this name on the path.
        let put = try await cli.start(shell: "set -- \(undo.dropFirst("discador ".count)) --yes").result()
        #expect(put.exitCode == 0 && put.stdout.contains("3 requeued"), "\(put.stderr)")
        #expect(try StoreReader(path: database).counts(campaign: "camp").ready == 3)
        await cli.simulator.shutdown()
    }

    @Test func `excludes those who were not called yet, even during a run`() async throws {
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(200), settings: "workers: 2",
            scenario: Scenario(latency: .milliseconds(5) ... .milliseconds(5)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "call ended", count: 5)
        let cancelled = try await cli.discador("cancel", "camp", "--yes")
        #expect(cancelled.exitCode == 0, "\(cancelled.stderr)")
        #expect(try await run.result().exitCode == 130)
        let counts = try cli.counts()
        #expect(counts.excluded > 0)
        #expect(counts.accepted + counts.excluded == 200)
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        #expect(try cli.counts() == counts)
        await cli.simulator.shutdown()
    }

    /// A campaign of three contacts, whose cancel was killed after its first transaction.
    private static func interrupted() async throws -> CLIFixture {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let queue = try DatabaseQueue(path: cli.database)
        try await queue.write { try $0.execute(sql: "UPDATE campaign_row SET is_cancelling = 1, cancels = 1") }
        try queue.close()
        return cli
    }

    private static func value(_ sql: String, _ cli: CLIFixture) throws -> Int? {
        let queue = try DatabaseQueue(path: cli.database)
        defer { try? queue.close() }
        return try queue.read { try Int.fetchOne($0, sql: sql) }
    }
}
