import CampaignCore
import Foundation
import GRDB
import Ongoing
import Testing
import ZAPISimulator

/// A cancel that is not over: by a kill, or since it waits for an import.
@Suite struct InterruptedCancelTests {
    @Test func `is told by whoever looks, and ended by a run, which calls nobody`() async throws {
        let workshop = try await Self.interrupted()
        let status = try await workshop.discador("status", "camp").stdout
        #expect(status.contains("being cancelled") && !status.contains("goes on"), "\(status)")
        let plan = try await workshop.discador("plan", "camp").stdout
        #expect(plan.contains("Being cancelled"), "\(plan)")
        let check = try await workshop.discador("check", "camp").stdout
        #expect(check.contains("being cancelled"), "\(check)")
        let run = try await workshop.discador("run", "camp")
        #expect(run.exitCode == 0 && run.stderr.contains("was interrupted"), "\(run.stderr)")
        #expect(workshop.simulator.ledger().allSatisfy { !$0.rang })
        #expect(try workshop.counts().excluded == 3)
        #expect(try await !workshop.discador("status", "camp").stdout.contains("being cancelled"))
        await workshop.simulator.shutdown()
    }

    @Test(arguments: [["retry", "camp", "--where", "reason = cancelled", "--yes"], ["import", "camp", "more.csv"]])
    func `is ended by whoever brings contacts back or in, before that`(_ command: [String]) async throws {
        let workshop = try await Self.interrupted()
        try workshop.write("fone\n11900000070\n", to: workshop.folder.appending(path: "more.csv"))
        let result = try await Program.run(command, in: workshop.folder, environment: Workshop.environment)
        #expect(result.exitCode == 0 && result.stderr.contains("was not over yet"), "\(result.stderr)")
        let counts = try workshop.counts()
        #expect((counts.ready, counts.excluded) == (command[0] == "retry" ? (3, 0) : (1, 3)))
        await workshop.simulator.shutdown()
    }

    @Test func `holds for those whom an import is bringing in, also where nobody waited before`() async throws {
        let waiting = try await WaitingRun(phones: Workshop.phones(1)) { workshop in
            let text = try String(contentsOf: workshop.campaignFile, encoding: .utf8)
            try workshop.write(
                text.replacingOccurrences(of: "name: camp", with: "name: other"),
                to: workshop.folder.appending(path: "other.yml"))
            try workshop.write("fone\n11900000070\n", to: workshop.folder.appending(path: "more.csv"))
            #expect(try await workshop.discador("import", "other.yml", "more.csv").exitCode == 0)
            #expect(try await workshop.discador("cancel", "other", "--yes").exitCode == 0)
        }
        let imported = try await PipedImport(beside: waiting, into: "other")
        let cancel = try waiting.workshop.start("cancel", "other", "--yes")
        try await cancel.wait(for: "a cancel that waits for the import") {
            try Self.value("SELECT is_cancelling FROM campaign WHERE name = 'other'", waiting.workshop) == 1
        }
        _ = try imported.finish(with: "11900000071")
        let cancelled = try await cancel.result()
        #expect(cancelled.stdout.hasPrefix("1 contact of other will not be called"), "\(cancelled.stderr)")
        await waiting.run.send(SIGINT)
        _ = try await waiting.run.result()
        await waiting.workshop.simulator.shutdown()
    }

    /// A campaign of three contacts, whose cancel was killed after its first transaction.
    private static func interrupted() async throws -> Workshop {
        let workshop = try await Workshop(phones: Workshop.phones(3))
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        let queue = try DatabaseQueue(path: workshop.database)
        try await queue.write { try $0.execute(sql: "UPDATE campaign_row SET is_cancelling = 1, cancels = 1") }
        try queue.close()
        return workshop
    }

    private static func value(_ sql: String, _ workshop: Workshop) throws -> Int? {
        let queue = try DatabaseQueue(path: workshop.database)
        defer { try? queue.close() }
        return try queue.read { try Int.fetchOne($0, sql: sql) }
    }
}
