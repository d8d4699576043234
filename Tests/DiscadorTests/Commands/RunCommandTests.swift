import CampaignCore
import Glibc
import Testing
import ZAPISimulator

@Suite struct `A run that cannot dial now` {
    /// A campaign of one usable instance, with one phone for which Z-API asks to wait, and one that is called before it.
    private static func throttled() async throws -> CLIFixture {
        let cli = try await CLIFixture(
            phones: ["5511900000000", "5511900000090"], settings: "workers: 1",
            scenario: Scenario(retryAfter: .seconds(1800)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        cli.simulator.disconnect(instance: "B")
        return cli
    }

    @Test func `since Z-API asked to wait says until when, and so does status`() async throws {
        let cli = try await Self.throttled()
        let run = try cli.start("run", "camp")
        try await run.wait(for: "Z-API asked to wait until", count: 1)
        let status = try await cli.discador("status", "camp").stdout
        #expect(status.contains("it waits for an instance until"), "\(status)")
        #expect(status.contains("(Z-API asked to wait: "), "\(status)")
        #expect(!status.contains(" left"), "\(status)")
        await run.send(SIGINT)
        #expect(try await run.result().exitCode == 130)
        await cli.simulator.shutdown()
    }

    @Test func `and may not wait for Z-API exits with 75, and so does the next one`() async throws {
        let cli = try await Self.throttled()
        for reason in ["Z-API asked to wait until", "as an earlier run left it"] {
            let run = try await cli.discador("run", "camp", "--no-wait")
            #expect(run.exitCode == 75)
            #expect(run.stderr.contains(reason), "\(run.stderr)")
        }
        #expect(try cli.counts().ready == 1)
        await cli.simulator.shutdown()
    }

    @Test func `and may not wait for a phone exits with 75 and names it`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for instance in ["A", "B"] { cli.simulator.disconnect(instance: instance) }
        let run = try await cli.discador("run", "camp", "--no-wait")
        #expect(run.exitCode == 75)
        #expect(run.stderr.contains("no instance can be used: iA: disconnected"), "\(run.stderr)")
        #expect(try cli.counts().ready == 1)
        await cli.simulator.shutdown()
    }
}
