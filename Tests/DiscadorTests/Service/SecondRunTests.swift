import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Ongoing
import TestJSON
import Testing
import ZAPISimulator

/// Runs in several terminals: the process that holds the database dials for all of them.
@Suite(.fewAtATime) struct `A run beside another` {
    /// Two campaigns, each dialed for a terminal of its own; nobody is called until the instances are connected.
    struct Pair {
        let cli: CLIFixture
        let first: Program
        let second: Program

        init(options: [String] = []) async throws {
            cli = try await CLIFixture(phones: CLIFixture.phones(4, of: 0), settings: "health: {every: 1s}")
            #expect(try await cli.discador("import", "camp").exitCode == 0)
            try await cli.addCampaign("other", phones: CLIFixture.phones(4, of: 1))
            cli.disconnect()
            first = try cli.start("run", "camp", "--verbose")
            try await first.wait(for: "run started", count: 1)
            second = try Program(
                ["run", "other", "--verbose"] + options, in: cli.folder, environment: CLIFixture.environment)
            try await first.wait(for: "run started", count: 1)
        }
    }

    @Test func `is dialed by the process that holds the database, and shows the same as if it dialed itself`()
        async throws
    {
        let pair = try await Pair()
        let cli = pair.cli
        #expect(cli.dialed() == ["camp", "other"])
        #expect(await Self.printsProgress(pair.second, "other: 0 of 4"))
        try cli.connect()
        let (first, second) = (try await pair.first.result(), try await pair.second.result())
        #expect(first.exitCode == 0 && second.exitCode == 0, "\(first.stderr)\n\(second.stderr)")
        #expect(first.stdout.contains("camp") && !first.stdout.contains("other"))
        #expect(second.stdout.contains("other") && !second.stdout.contains("camp"))
        #expect(try cli.counts().accepted == 4 && cli.counts(of: "other").accepted == 4)
        #expect(cli.rang.count == 8)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    @Test func `ends with the words and the exit code of its own campaign`() async throws {
        let pair = try await Pair(options: ["--json"])
        let cli = pair.cli
        try cli.write("fone\n5512987654393\n", to: cli.folder.appending(path: "more.csv"))
        #expect(try await cli.discador("import", "other", "more.csv").exitCode == 0)
        try cli.connect()
        #expect(try await pair.first.result().exitCode == 0)
        let second = try await pair.second.result()
        #expect(second.exitCode == 3, "\(second.stderr)")
        let document = try JSONValue(second.stdout)
        #expect(document["campaign"] == "other" && document["end"] == "finished")
        #expect(document["summary"]?["counts"]?["failed"] == 1)
        await cli.simulator.shutdown()
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `stops only its own campaign by a signal`(signal: Int32) async throws {
        let pair = try await Pair()
        let cli = pair.cli
        await pair.second.send(signal)
        let second = try await pair.second.result()
        #expect(second.exitCode == 130, "\(second.stderr)")
        #expect(second.stderr.contains("Resume with `discador run other`"))
        #expect(cli.dialed() == ["camp"])
        #expect(try cli.activity(of: "other")?.isActive == false)
        try cli.connect()
        #expect(try await pair.first.result().exitCode == 0)
        #expect(try cli.counts().accepted == 4 && cli.counts(of: "other").ready == 4)
        await cli.simulator.shutdown()
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGKILL])
    func `goes on by itself when the first is stopped or killed`(signal: Int32) async throws {
        let pair = try await Pair()
        let cli = pair.cli
        await pair.first.send(signal)
        let first = try await pair.first.result()
        #expect(first.exitCode == (signal == SIGKILL ? 128 + SIGKILL : 130), "\(first.stderr)")
        // Now it dials itself.
        try await pair.second.wait(for: "run started", count: 1)
        #expect(cli.dialed() == ["other"])
        #expect(try cli.activity(of: "camp")?.isActive == (signal == SIGKILL))
        try cli.connect()
        let second = try await pair.second.result()
        #expect(second.exitCode == 0, "\(second.stderr)")
        #expect(try cli.counts().ready == 4 && cli.counts(of: "other").accepted == 4)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    @Test func `of the same campaign shows it, and both end with it`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3), settings: "health: {every: 1s}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        cli.disconnect()
        let first = try cli.start("run", "camp", "--verbose")
        try await first.wait(for: "run started", count: 1)
        let second = try cli.start("run", "camp")
        // Then it listens: a signal before would end it.
        try await second.wait(for: "camp is being dialed by process", count: 1)
        #expect(await Self.printsProgress(second, "camp: 0 of 3"))
        try cli.connect()
        let (one, two) = (try await first.result(), try await second.result())
        #expect(one.exitCode == 0 && two.exitCode == 0, "\(one.stderr)\n\(two.stderr)")
        #expect(one.stdout == two.stdout)
        #expect(cli.rang.count == 3)
        await cli.simulator.shutdown()
    }

    @Test func `abandons only its own calls by a second signal`() async throws {
        // No call gets a reply until the test says so.
        let clock = HeldClock()
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(2, of: 0), settings: "workers: 2",
            scenario: Scenario(latency: .seconds(1) ... .seconds(1)), clock: clock)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try await cli.addCampaign("other", phones: CLIFixture.phones(2, of: 1))
        let first = try cli.start("run", "camp", "--verbose")
        try await first.wait(for: "calls under way") { clock.begun == 2 }
        let second = try cli.start("run", "other")
        try await second.wait(for: "calls under way") { clock.begun == 4 }
        await second.send(SIGINT, SIGTERM)
        let stopped = try await second.result()
        #expect(stopped.exitCode == 130, "\(stopped.stderr)")
        #expect(stopped.stderr.contains("discador doubts other"))
        #expect(try cli.counts(of: "other").inDoubt == 2 || cli.counts(of: "other").dialing == 2)
        for _ in 0..<4 { clock.releaseNext() }
        let result = try await first.result()
        #expect(result.exitCode == 0, "\(result.stderr)")
        #expect(try cli.counts().accepted == 2)
        #expect(try await cli.discador("run", "other").exitCode == 3)
        #expect(try cli.counts(of: "other").inDoubt == 2)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    @Test func `waits for a run of its campaign that is being stopped, and then begins`() async throws {
        let clock = HeldClock()
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(2), settings: "workers: 1",
            scenario: Scenario(latency: .seconds(1) ... .seconds(1)), clock: clock)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let first = try cli.start("run", "camp", "--verbose")
        try await first.wait(for: "a call under way") { clock.begun == 1 }
        await first.send(SIGINT)
        #expect(await Self.printsProgress(first, "stopping: 1 call under way"))
        let second = try cli.start("run", "camp", "--verbose")
        clock.releaseNext()
        #expect(try await first.result().exitCode == 130)
        try await second.wait(for: "its own call") { clock.begun == 2 }
        clock.releaseNext()
        let result = try await second.result()
        #expect(result.exitCode == 0, "\(result.stderr)")
        #expect(cli.rang.count == 2)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    /// Asks for the progress until it is there.
    static func printsProgress(_ program: Program, _ text: String) async -> Bool {
        let asking = OngoingTask {
            var poller = Poller()
            while !Task.isCancelled {
                await program.send(SIGUSR1)
                for _ in 0..<50 { await poller.pause() }
            }
        }
        defer { asking.cancel() }
        return await program.prints(text, count: 1)
    }
}
