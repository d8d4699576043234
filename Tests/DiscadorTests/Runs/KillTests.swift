import CampaignCore
import Foundation
import Glibc
import Ongoing
import Testing
import ZAPISimulator

@testable import discador

/// Real processes, really killed.
@Suite(.fewAtATime, .serialized) struct `A run that is killed` {
    @Test(arguments: [1, 2, 3])
    func `leaves nobody out, dials nobody twice and loses no id, however often it happens`(seed: UInt64) async throws {
        let contacts = 1000
        let workers = 32
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(contacts), settings: "workers: \(workers)",
            scenario: Scenario(seed: seed, latency: .milliseconds(5) ... .milliseconds(40)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        var random = SplitMix64(seed: seed)
        var kills = 0
        var exitCode: Int32 = 0
        while true {
            let run = try cli.start("run", "camp", "--verbose")
            // From before the first call to well into the run.
            _ = await run.prints("call ended", count: Int.random(in: 0...45, using: &random))
            await run.send(SIGKILL)
            let result = try await run.result()
            guard result.wasKilled else {
                exitCode = result.exitCode
                break
            }
            kills += 1
        }
        #expect(kills >= 8)
        let doubts = try cli.counts().inDoubt
        #expect(exitCode == (doubts == 0 ? 0 : 3))
        try cli.expectEveryPromiseKept(contacts: contacts, maxInDoubt: kills * workers)
        await cli.simulator.shutdown()
    }

    @Test func `shows each call that was under way as a doubt, and continues only with the others`() async throws {
        // Every call hangs: all that the first run begins is under way when it is killed.
        let phones = (0..<40).map { "\(5_511_900_000_095 + $0 * 100)" }
        let cli = try await CLIFixture(
            phones: phones, settings: "workers: 8", scenario: Scenario(hang: .seconds(600)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "run started", count: 1)
        try await run.wait(for: "an eighth ring") { cli.simulator.ledger().count(where: \.rang) == 8 }
        await run.send(SIGKILL)
        #expect(try await run.result().wasKilled)

        // The next start sees them, though it may not dial: no instance can be reached any more.
        await cli.simulator.shutdown()
        #expect(try await cli.discador("run", "camp").exitCode == 69)
        let counts = try cli.counts()
        #expect(counts.inDoubt == 8)
        #expect(counts.ready == 32)
        let doubts = try await cli.discador("doubts", "camp", "--json")
        #expect(doubts.stdout.components(separatedBy: #""reason" : "interrupted""#).count == 9)
    }

    @Test(arguments: [SIGTERM, SIGINT, SIGHUP])
    func `by a signal to stop leaves no doubt at all, and the same command resumes`(signal: Int32) async throws {
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(300), settings: "workers: 16",
            scenario: Scenario(latency: .milliseconds(5) ... .milliseconds(20)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "call ended", count: 40)
        await run.send(signal)
        let stopped = try await run.result()
        #expect(stopped.exitCode == 130)
        let counts = try cli.counts()
        #expect(counts.inDoubt == 0)
        #expect(counts.dialing == 0)
        #expect(counts.ready > 0)
        #expect(cli.simulator.ledger().count(where: \.rang) == counts.accepted)

        #expect(try await cli.discador("run", "camp").exitCode == 0)
        try cli.expectEveryPromiseKept(contacts: 300, maxInDoubt: 0)
        await cli.simulator.shutdown()
    }

    @Test func `by the end of its terminal continues when it was started with nohup`() async throws {
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(200), settings: "workers: 2",
            scenario: Scenario(latency: .milliseconds(5) ... .milliseconds(5)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose", shell: "trap '' HUP")
        try await run.wait(for: "call ended", count: 5)
        await run.send(SIGHUP)
        #expect(try await run.result().exitCode == 0)
        #expect(try cli.counts().accepted == 200)
        await cli.simulator.shutdown()
    }

    @Test func `on a second signal abandons what is under way and says so`() async throws {
        let cli = try await CLIFixture(
            phones: ["5511900000095", "5511900000195"], settings: "workers: 2",
            scenario: Scenario(hang: .seconds(600)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp", "--verbose")
        try await run.wait(for: "a second ring") { cli.simulator.ledger().count(where: \.rang) == 2 }
        // Of two kinds: a second one of the same kind may merge with the first while that is pending.
        await run.send(SIGTERM, SIGINT)
        let result = try await run.result()
        #expect(result.exitCode == 130)
        #expect(result.stderr.contains("discador doubts camp"))
        #expect(try cli.counts().inDoubt == 2)
        await cli.simulator.shutdown()
    }
}
