import CampaignCore
import Testing
import ZAPISimulator

@Suite(.timeLimit(.minutes(2))) struct `A refusal that names no reason` {
    @Test func `fails three contacts of each instance, and not the list`() async throws {
        let phones = (0..<40).map { "\(5_511_900_000_082 + $0 * 100)" }
        let workshop = try await Workshop(phones: phones, settings: "workers: 1\n")
        #expect(try await workshop.discador("import", "camp").exitCode == 0)
        let run = try await workshop.discador("run", "camp")
        #expect(run.exitCode == 4, "\(run.stderr)")
        #expect(run.stderr.contains("Operation failed (said of several contacts in a row"), "\(run.stderr)")
        #expect(workshop.simulator.ledger().count { $0.endpoint == "send-call" } == 6)
        let counts = try workshop.counts()
        #expect(counts.failed == 6 && counts.ready == 34)
        let status = try await workshop.discador("status", "camp")
        #expect(status.stdout.contains("said of several contacts in a row"), "\(status.stdout)")
        await workshop.simulator.shutdown()
    }
}
