import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Ongoing
import TestJSON
import Testing
import ZAPISimulator

/// What goes wrong while a service dials several campaigns.
@Suite(.fewAtATime) struct `A service whose disk is full` {
    @Test func `stops with 74, loses no id of any campaign, and goes on with all of them at the next start`()
        async throws
    {
        let contacts = 300
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(contacts, of: 0), settings: "workers: 16",
            scenario: Scenario(latency: .milliseconds(1) ... .milliseconds(5)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try await cli.addCampaign("other", phones: CLIFixture.phones(contacts, of: 1), settings: "workers: 16")
        // No file of this process may grow past 256 KiB: the write-ahead log meets that soon, in the middle of the calls.
        let limited = try cli.start("serve", "camp", "other", shell: "ulimit -f 512")
        let stopped = try await limited.result()
        #expect(stopped.exitCode == 74, "\(stopped.stderr)")
        let halfway = cli.rang.count
        #expect(halfway > 0 && halfway < 2 * contacts)
        for name in ["camp", "other"] { #expect(try cli.activity(of: name)?.isActive == true) }

        let service = try await cli.serve()
        try await service.wait(for: "the end of both") { cli.dialed() == [] }
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        for name in ["camp", "other"] { #expect(try cli.counts(of: name).accepted == contacts) }
        #expect(cli.rang.count == 2 * contacts)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    @Test func `or whose database is replaced stops with 74, and calls nobody any more`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3), settings: "health: {every: 1s}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        cli.disconnect()
        let service = try await cli.serve("camp")
        let files = FileManager.default
        try files.moveItem(atPath: cli.database, toPath: cli.database + ".old")
        try cli.write("", to: URL(fileURLWithPath: cli.database))
        try cli.connect()
        let result = try await service.result()
        #expect(result.exitCode == 74, "\(result.stderr)")
        #expect(cli.rang.isEmpty)
        await cli.simulator.shutdown()
    }
}
