import CampaignCore
import Foundation
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The limit of open files` {
    @Test func `a call for which no connection is left is placed later, and is not a doubt`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(60), settings: "workers: 48")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        // A few more than the least that a run needs.
        let files = 34 + 3 * ProcessInfo.processInfo.activeProcessorCount
        let run = try cli.start("run", "camp", shell: "ulimit -n \(files)")
        let result = try await run.result()
        #expect(result.stderr.contains("52 concurrent connections may be needed"), "\(result.stderr)")
        #expect(result.stderr.contains("ulimit -Hn"))
        let counts = try cli.counts()
        #expect(counts.inDoubt == 0 && counts.dialing == 0, "\(result.stderr)")
        try cli.expectEveryPromiseKept(contacts: 60, maxInDoubt: 0)
        await cli.simulator.shutdown()
    }

    @Test(arguments: [8, 12, 20, 28])
    func `a limit of open files that is too low for anything is named, with what to do, and not the disk`(files: Int)
        async throws
    {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for command in [["run", "camp"], ["status", "camp"], ["check", "camp"]] {
            let result = try await Program(
                command, in: cli.folder, environment: CLIFixture.environment, shell: "ulimit -n \(files)"
            ).result()
            #expect(result.exitCode == 74 && !result.stderr.contains("disk"), "\(result.stderr)")
            #expect(result.stderr.contains("may have only \(files) files open"), "\(result.stderr)")
            #expect(result.stderr.contains("ulimit -n 1024"))
        }
        #expect(cli.simulator.ledger().isEmpty)
        await cli.simulator.shutdown()
    }
}
