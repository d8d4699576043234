import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Testing
import ZAPISimulator

/// What a command that needs the database for itself says while another process holds it.
@Suite struct `A database in use` {
    @Test func `is not written to by a second process, which exits with 5 and says who holds it`() async throws {
        let cli = try await CLIFixture(
            phones: ["5511900000095"], settings: "workers: 1", scenario: Scenario(hang: .seconds(600)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "run started", count: 1)
        let second = try await cli.discador("run", "camp")
        #expect(second.exitCode == 5)
        #expect(second.stderr.contains("run camp"))
        #expect(try await cli.discador("status", "camp").exitCode == 0)
        await run.send(SIGKILL)
        _ = try await run.result()
        await cli.simulator.shutdown()
    }

    @Test(
        arguments: [
            ("run other", ["run", "camp"], "stop it with `discador pause other --db ./discador.db`"),
            ("import camp", ["run", "camp"], "wait for it to end, then run the same command again"),
            ("run camp", ["block", "add", "11900000000"], "kill -TERM \(getpid())"),
        ])
    func `is an error that tells how the process that holds it can be stopped`(
        holder: String, command: [String], hint: String
    ) async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        let store = try CampaignStore(
            path: cli.database,
            holder: .init(pid: getpid(), host: "here", command: holder, since: .init(milliseconds: 0)))
        let result = try await Program.run(
            command + ["--db", "./discador.db"], in: cli.folder, environment: CLIFixture.environment)
        #expect(result.exitCode == 5)
        #expect(result.stderr.contains(hint), "\(result.stderr)")
        try store.close()
        await cli.simulator.shutdown()
    }
}
