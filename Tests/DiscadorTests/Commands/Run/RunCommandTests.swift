import CampaignCore
import Glibc
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command run` {
    /// A campaign of one usable instance, with one phone for which Z-API asks to wait, and one that is called before it.
    private static func throttled() async throws -> CLIFixture {
        let cli = try await CLIFixture(
            phones: ["5511900000000", "5511900000090"], settings: "workers: 1",
            scenario: Scenario(retryAfter: .seconds(1800)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        cli.simulator.disconnect(instance: "B")
        return cli
    }

    @Test func `says until when it waits because Z-API asked for it, and so does status`() async throws {
        let cli = try await Self.throttled()
        let run = try cli.start("run", "camp")
        try await run.wait(for: "Z-API asked to wait until", count: 1)
        let status = try await cli.discador("status", "camp").stdout
        #expect(status.contains("it is waiting for an instance until"), "\(status)")
        #expect(status.contains("(Z-API asked to wait: "), "\(status)")
        #expect(!status.contains(" left"), "\(status)")
        await run.send(SIGINT)
        #expect(try await run.result().exitCode == 130)
        await cli.simulator.shutdown()
    }

    @Test func `exits with 75 when Z-API asks it to wait and --no-wait is given, and so does the next one`()
        async throws
    {
        let cli = try await Self.throttled()
        for reason in ["Z-API asked to wait until", "a limit left by an earlier run"] {
            let run = try await cli.discador("run", "camp", "--no-wait")
            #expect(run.exitCode == 75)
            #expect(run.stderr.contains(reason), "\(run.stderr)")
        }
        #expect(try cli.counts().ready == 1)
        await cli.simulator.shutdown()
    }

    @Test func `exits with 75 when no phone is connected and --no-wait is given, and names the instance`() async throws
    {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for instance in ["A", "B"] { cli.simulator.disconnect(instance: instance) }
        let run = try await cli.discador("run", "camp", "--no-wait")
        #expect(run.exitCode == 75)
        #expect(run.stderr.contains("no instance can be used: iA: disconnected"), "\(run.stderr)")
        #expect(try cli.counts().ready == 1)
        await cli.simulator.shutdown()
    }

    @Test func `exits with 69 when Z-API cannot be reached, and no call is placed`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        await cli.simulator.shutdown()
        let result = try await cli.discador("run", "camp")
        #expect(result.exitCode == 69)
        #expect(result.stderr.contains("connection refused"))
        #expect(try cli.counts().ready == 3)
        #expect(try await cli.discador("check", "camp").exitCode == 69)
    }

    @Test func `exits with 4 when a token is wrong, and no call is placed`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let wrong = ["TOKEN": "wrong-token-99", "CLIENT_TOKEN": "secret-client-token-4712"]
        let result = try await cli.discador("run", "camp", environment: wrong)
        #expect(result.exitCode == 4)
        #expect(result.stderr.contains("iA"))
        #expect(!result.stderr.contains("wrong-token-99"))
        #expect(try cli.counts().ready == 3)
        #expect(try await cli.discador("check", "camp", environment: wrong).exitCode == 4)
        await cli.simulator.shutdown()
    }

    @Test func `names a file of certificates that cannot be used before anyone is called`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let result = try await cli.discador(
            "run", "camp", environment: CLIFixture.environment.merging(["SSL_CERT_FILE": "/nowhere/ca.pem"]) { $1 })
        #expect(result.exitCode == 64)
        #expect(result.stderr.contains("SSL_CERT_FILE names /nowhere/ca.pem"), "\(result.stderr)")
        #expect(try cli.counts().ready == 1)
        await cli.simulator.shutdown()
    }
}
