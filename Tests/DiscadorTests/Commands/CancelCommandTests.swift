import CampaignCore
import Foundation
import GRDB
import Ongoing
import Testing
import ZAPISimulator

/// A cancel that is not over: by a kill, or since it waits for an import.
@Suite struct InterruptedCancelTests {
    @Test func `is told by whoever looks, and ended by a run, which calls nobody`() async throws {
        let cli = try await Self.interrupted()
        let status = try await cli.discador("status", "camp").stdout
        #expect(status.contains("being cancelled") && !status.contains("goes on"), "\(status)")
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
    func `is ended by whoever brings contacts back or in, before that`(_ command: [String]) async throws {
        let cli = try await Self.interrupted()
        try cli.write("fone\n11900000070\n", to: cli.folder.appending(path: "more.csv"))
        let result = try await Program.run(command, in: cli.folder, environment: CLIFixture.environment)
        #expect(result.exitCode == 0 && result.stderr.contains("was not over yet"), "\(result.stderr)")
        let counts = try cli.counts()
        #expect((counts.ready, counts.excluded) == (command[0] == "retry" ? (3, 0) : (1, 3)))
        await cli.simulator.shutdown()
    }

    @Test func `holds for those whom an import is bringing in, also where nobody waited before`() async throws {
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
