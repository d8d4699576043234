import CampaignCore
import Foundation
import Testing
import ZAPISimulator

/// Disks that fill up while calls are under way.
@Suite(.fewAtATime, .serialized) struct `A full disk` {
    @Test func `loses no id: the run stops with 74, and the next start reads everything back`() async throws {
        let contacts = 400
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(contacts), settings: "workers: 32",
            scenario: Scenario(latency: .milliseconds(1) ... .milliseconds(5)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        // No file of this process may grow past 256 KiB: the write-ahead log meets that soon, in the middle of the run.
        let limited = try cli.start("run", "camp", shell: "ulimit -f 512")
        let stopped = try await limited.result()
        #expect(stopped.exitCode == 74)
        #expect(stopped.stderr.contains("run the same command again"))
        let halfway = try cli.counts()
        #expect(halfway.accepted > 0)
        #expect(halfway.accepted < contacts)

        let result = try await cli.discador("run", "camp")
        #expect(result.exitCode == 0, "\(result.stderr)")
        try cli.expectEveryPromiseKept(contacts: contacts, maxInDoubt: 0)
        await cli.simulator.shutdown()
    }

    @Test func `that leaves no room for sorting ends a report with 74, and is no bug`() async throws {
        let cli = try await CLIFixture(phones: [])
        let note = String(repeating: "x", count: 2000)
        let rows = CLIFixture.phones(3000).map { "\($0);\(note)\n" }.joined()
        try cli.write("telefone;nota\n" + rows, to: cli.list)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        // What SQLite cannot sort in memory goes into a file, and no file of this process may grow past 64 KiB.
        let limited = try cli.start(
            "report", "camp", "--format", "csv", "--where", "state = ready", shell: "ulimit -f 128")
        let stopped = try await limited.result()
        #expect(stopped.exitCode == 74, "\(stopped.stderr)")
        #expect(!stopped.stderr.contains("bug"), "\(stopped.stderr)")
        // All contacts together are read as they stand in the table.
        let whole = try cli.start("report", "camp", "--format", "csv", shell: "ulimit -f 128")
        #expect(try await whole.result().exitCode == 0)
        await cli.simulator.shutdown()
    }
}
