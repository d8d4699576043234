import CampaignCore
import CampaignStore
import Foundation
import Glibc
import Ongoing
import Testing
import ZAPISimulator

/// Processes that are killed while several campaigns are dialed: in every role, nobody is called twice.
@Suite(.fewAtATime, .serialized) struct `A process that is killed` {
    /// Calls get no reply until the test says so.
    private struct Held {
        let clock = HeldClock()
        let cli: CLIFixture

        init(contacts: Int = 4, others: [String]) async throws {
            cli = try await CLIFixture(
                phones: CLIFixture.phones(contacts, of: 0), settings: "workers: 2\ntimeout: 300s",
                scenario: Scenario(latency: .seconds(1) ... .seconds(1)), clock: clock)
            #expect(try await cli.discador("import", "camp").exitCode == 0)
            for (number, name) in others.enumerated() {
                try await cli.addCampaign(
                    name, phones: CLIFixture.phones(contacts, of: number + 1), settings: "workers: 2\ntimeout: 300s")
            }
        }

        /// Lets all calls end from now on.
        func release() { for _ in 0..<1000 { clock.releaseNext() } }

        func calls(_ count: Int, of program: Program) async throws {
            try await program.wait(for: "call \(count) under way") { clock.begun == count }
        }
    }

    @Test func `while another waits for it leaves its calls in doubt, and the other goes on`() async throws {
        let held = try await Held(others: ["other"])
        let cli = held.cli
        let holder = try cli.start("run", "camp", "--verbose")
        try await held.calls(2, of: holder)
        let client = try cli.start("run", "other", "--verbose")
        try await held.calls(4, of: client)
        await holder.send(SIGKILL)
        #expect(try await holder.result().wasKilled)
        try await client.wait(for: "ended without saying how", count: 1)
        try await client.wait(for: "run started", count: 1)
        held.release()
        let result = try await client.result()
        #expect(result.exitCode == 3, "\(result.stderr)")
        let other = try cli.counts(of: "other")
        #expect(other.inDoubt == 2 && other.accepted == 2)
        // Nobody has asked for the first one again yet.
        #expect(try cli.counts().dialing + cli.counts().inDoubt == 2 && cli.counts().ready == 2)
        #expect(try cli.activity(of: "camp")?.isActive == true)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        #expect(try cli.counts().inDoubt == 2 && cli.counts().accepted == 2)
        #expect(cli.rang.count == 8)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    @Test func `while it is dialed for by another changes nothing for the other`() async throws {
        let held = try await Held(others: ["other"])
        let cli = held.cli
        let holder = try cli.start("run", "camp", "--verbose")
        try await held.calls(2, of: holder)
        let client = try cli.start("run", "other", "--verbose")
        try await held.calls(4, of: client)
        await client.send(SIGKILL)
        #expect(try await client.result().wasKilled)
        held.release()
        let result = try await holder.result()
        #expect(result.exitCode == 0, "\(result.stderr)")
        #expect(try cli.counts().accepted == 4)
        // What nobody watches any more is dialed to its end all the same.
        #expect(try cli.counts(of: "other").accepted == 4)
        #expect(try cli.activity(of: "other")?.isActive == false)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    @Test func `as a service is followed by one of those that wait, which dials for the other too`() async throws {
        let held = try await Held(others: ["other"])
        let cli = held.cli
        let service = try await cli.serve()
        let first = try cli.start("run", "camp", "--verbose")
        try await held.calls(2, of: first)
        let second = try cli.start("run", "other", "--verbose")
        try await held.calls(4, of: second)
        await service.send(SIGKILL)
        #expect(try await service.result().wasKilled)
        try await first.wait(for: "both again under way") { cli.dialed() == ["camp", "other"] }
        held.release()
        for run in [first, second] {
            let result = try await run.result()
            #expect(result.exitCode == 3, "\(result.stderr)")
        }
        for name in ["camp", "other"] {
            #expect(try cli.counts(of: name).inDoubt == 2 && cli.counts(of: name).accepted == 2)
        }
        #expect(cli.rang.count == 8)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    @Test func `goes on after its own end, whatever it dialed, when the service starts again`() async throws {
        let held = try await Held(others: ["other"])
        let cli = held.cli
        let service = try await cli.serve()
        #expect(try await cli.discador("run", "camp", "other", "--detach").exitCode == 0)
        try await held.calls(4, of: service)
        await service.send(SIGKILL)
        #expect(try await service.result().wasKilled)
        let again = try await cli.serve()
        #expect(cli.dialed() == ["camp", "other"])
        held.release()
        try await again.wait(for: "the end of both") { cli.dialed() == [] }
        for name in ["camp", "other"] {
            #expect(try cli.counts(of: name).inDoubt == 2 && cli.counts(of: name).accepted == 2)
        }
        await again.send(SIGTERM)
        #expect(try await again.result().exitCode == 0)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    @Test func `may be suspended while it is dialed for, and the other goes on and ends`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(20, of: 0), settings: "health: {every: 1s}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        try await cli.addCampaign("other", phones: CLIFixture.phones(20, of: 1))
        cli.disconnect()
        let holder = try cli.start("run", "camp", "--verbose")
        try await holder.wait(for: "run started", count: 1)
        let client = try cli.start("run", "other", "--verbose")
        try await holder.wait(for: "run started", count: 1)
        await client.send(SIGSTOP)
        try cli.connect()
        #expect(try await holder.result().exitCode == 0)
        #expect(try cli.counts().accepted == 20)
        await client.send(SIGCONT)
        let result = try await client.result()
        #expect(result.exitCode == 0, "\(result.stderr)")
        #expect(try cli.counts(of: "other").accepted == 20)
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }

    @Test(.timeLimit(.minutes(2)))
    func `or suspended does not keep those that wait for it from ending by a second signal`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2), settings: "health: {every: 1s}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        cli.disconnect()
        let service = try await cli.serve()
        let client = try cli.start("run", "camp", "--verbose")
        try await service.wait(for: "run started", count: 1)
        await service.send(SIGSTOP)
        await client.send(SIGINT, SIGTERM)
        let result = try await client.result()
        #expect(result.exitCode == 130 && result.stderr.contains("does not respond"), "\(result.stderr)")
        await service.send(SIGKILL)
        #expect(try await service.result().wasKilled)
        await cli.simulator.shutdown()
    }

    @Test(arguments: [1, 2])
    func `at random moments, in random roles, calls nobody twice and leaves nobody out`(seed: UInt64) async throws {
        let contacts = 150
        let names = ["camp", "other", "third"]
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(contacts, of: 0), settings: "workers: 8",
            scenario: Scenario(seed: seed, latency: .milliseconds(5) ... .milliseconds(40)))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for (number, name) in names.dropFirst().enumerated() {
            try await cli.addCampaign(name, phones: CLIFixture.phones(contacts, of: number + 1), settings: "workers: 8")
        }
        var random = SplitMix64(seed: seed)
        var kills = 0
        while true {
            let service = Bool.random(using: &random) ? try cli.start("serve", "--verbose") : nil
            let runs = try names.shuffled(using: &random).map { try cli.start("run", $0, "--verbose") }
            let rang = cli.rang.count + Int.random(in: 0...30, using: &random)
            let last = try #require(runs.last)
            try? await last.wait(for: "calls") { cli.rang.count >= rang || runs.allSatisfy(\.isOver) }
            var results: [Program.Result] = []
            for run in runs {
                await run.send(SIGKILL)
                results.append(try await run.result())
            }
            if let service {
                await service.send(SIGKILL)
                _ = try await service.result()
            }
            kills += results.count(where: \.wasKilled)
            if try names.allSatisfy({ try cli.counts(of: $0).ready == 0 }) { break }
        }
        #expect(kills > 3)
        for name in names {
            _ = try await cli.discador("run", name)
            let counts = try cli.counts(of: name)
            #expect(counts.accepted + counts.inDoubt == contacts, "\(name): \(counts)")
        }
        try cli.expectNobodyRangTwice()
        await cli.simulator.shutdown()
    }
}
