import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Ongoing
import Testing
import ZAPISimulator

/// What a command that needs the database for itself says while another process holds it.
@Suite(.fewAtATime) struct `A database in use` {
    @Test func `is not written to by a second process, which shows what the first dials and says who that is`()
        async throws
    {
        let cli = try await CLIFixture(
            phones: ["5511900000095"], settings: "workers: 1", scenario: Scenario(hang: .seconds(600)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "run started", count: 1)
        let second = try cli.start("run", "camp")
        try await second.wait(for: "camp is being dialed by process ", count: 1)
        let holder = try #require(WriterLock.holder(ofDatabase: cli.database))
        #expect(holder.command == "run camp" && holder.dialing == ["camp"])
        #expect(try await cli.discador("status", "camp").exitCode == 0)
        try await run.wait(for: "a ring") { cli.simulator.ledger().contains(where: \.rang) }
        await run.send(SIGKILL)
        #expect(try await run.result().wasKilled)
        // It takes over: the call that was under way is in doubt, and is not placed again.
        let result = try await second.result()
        #expect(result.exitCode == 3)
        #expect(result.stderr.contains("process \(holder.pid) on \(holder.host) (run camp)"), "\(result.stderr)")
        #expect(result.stderr.contains("calls that were under way are in doubt"))
        #expect(try cli.counts().inDoubt == 1)
        #expect(cli.simulator.ledger().count { $0.endpoint == "send-call" } == 1)
        await cli.simulator.shutdown()
    }

    @Test(
        arguments: [
            ("run other", ["run", "camp"], "kill -TERM \(getpid())"),
            ("run other third", ["run", "camp"], "kill -TERM \(getpid())"),
            ("serve", ["run", "camp"], "kill -TERM \(getpid())"),
            ("serve", ["block", "add", "11900000000"], "kill -TERM \(getpid())"),
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
