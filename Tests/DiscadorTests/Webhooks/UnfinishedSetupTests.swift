import CampaignCore
import CampaignStore
import Foundation
import Ongoing
import ScriptedServer
import TestJSON
import Testing
import ZAPISimulator

@testable import ZAPI

/// `webhooks set` and `rotate` that were interrupted, or whose end is not known.
@Suite(.fewAtATime) struct `An address that was not set to the end` {
    private static let url = "http://127.0.0.1:7071"

    private static func cli() async throws -> CLIFixture {
        let cli = try await CLIFixture(phones: ["11987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        return cli
    }

    /// As a command leaves it that is killed: an address is entered that was not confirmed.
    private static func enter(_ token: UInt8, forward: String? = nil, in cli: CLIFixture) async throws {
        let store = try CampaignStore(
            path: cli.database,
            holder: .init(pid: getpid(), host: "here", command: "test", since: Timestamp(milliseconds: 0)))
        try await store.setWebhookAddress(
            WebhookAddressEntry(
                address: WebhookAddress(
                    instance: "A", tokenHash: Array(repeating: token, count: 32),
                    forwardURL: forward.map { Secret($0) }),
                name: "iA", publicURL: "https://other.example.com",
                createdAt: Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1_000))), overlap: nil)
        try store.close()
    }

    @Test func `is shown until the command is run again, which ends the earlier one`() async throws {
        let cli = try await Self.cli()
        let set = ["webhooks", "set", "camp", "--url", Self.url]
        func run(_ arguments: [String]) async throws -> Program.Result {
            try await Program.run(arguments, in: cli.folder, environment: CLIFixture.environment)
        }
        #expect(try await run(set).exitCode == 0)
        #expect(try await run(["webhooks", "show", "camp", "--check"]).exitCode == 0)
        try await Self.enter(1, in: cli)
        for arguments in [["show", "camp"], ["show", "camp", "--check"]] {
            let show = try await run(["webhooks"] + arguments)
            #expect(show.exitCode == 4, "\(show.stderr)")
            #expect(show.stdout.contains("was not finished: 2 addresses are accepted"), "\(show.stdout)")
            #expect(show.stdout.contains("iA: other.example.com since"))
            #expect(show.stdout.contains("also accepted: 127.0.0.1:7071 since"))
        }
        let check = try await run(["check", "camp"])
        #expect(check.stdout.contains("warn webhooks of iA: `webhooks set` or `rotate` was not finished"))
        #expect(!check.stdout.contains("warn webhooks of iB"))
        #expect(try await run(set).exitCode == 0)
        #expect(try await run(["webhooks", "show", "camp", "--check"]).exitCode == 0)
        let mine = try cli.webhookAddresses().filter { $0.address.instance == "A" }
        #expect(mine.map(\.isConfirmed) == [true, false, true])
        #expect(mine.map { $0.address.expiresAt == nil } == [true, false, false])
        await cli.simulator.shutdown()
    }

    @Test func `is shown when it is the first one, unless Z-API says that it has it`() async throws {
        let cli = try await Self.cli()
        try await Self.enter(1, in: cli)
        let show = try await cli.discador("webhooks", "show", "camp")
        #expect(show.exitCode == 4 && show.stdout.contains("it is not certain that Z-API posts"), "\(show.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `keeps what its address does with events: each passes them on as it says itself`() async throws {
        let cli = try await Self.cli()
        let other = "https://crm.example.com/in"
        try await cli.setWebhooks(of: "A", to: other)
        let first = try await cli.discador("webhooks", "set", "camp", "--url", Self.url, "--forward")
        #expect(first.exitCode == 0, "\(first.stderr)")
        // `set --replace`, killed before Z-API heard of it: it still posts to the one that passes events on.
        try await Self.enter(1, in: cli)
        let show = try await cli.discador("webhooks", "show", "camp")
        #expect(show.stdout.contains("events are passed on to crm.example.com"), "\(show.stdout)")
        let set = try await cli.discador("webhooks", "set", "camp", "--url", Self.url)
        #expect(set.stdout.contains("Every event is passed on to crm.example.com."), "\(set.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `that ends soon is shown when Z-API posts there`() async throws {
        let cli = try await Self.cli()
        #expect(try await cli.discador("webhooks", "set", "camp", "--url", Self.url).exitCode == 0)
        let first = try #require(try await cli.webhooks(of: "A")[.delivery])
        #expect(try await cli.discador("webhooks", "rotate", "camp").exitCode == 0)
        // Another program, or a request that was late, puts the old one back.
        try await cli.setWebhooks(of: "A", to: first)
        let show = try await cli.discador("webhooks", "show", "camp", "--check")
        #expect(show.exitCode == 4 && show.stdout.contains("Z-API posts to an earlier address"), "\(show.stdout)")
        #expect(show.stdout.contains("discador webhooks rotate camp --instance iA"))
        #expect(
            try await cli.discador("check", "camp").stdout.contains("warn webhooks of iA: Z-API posts to an earlier"))
        await cli.simulator.shutdown()
    }

    @Test func `says where to receive events only where nobody does yet`() async throws {
        let cli = try await Self.cli()
        let set = ["webhooks", "set", "camp", "--url", "http://127.0.0.1:7199"]
        let alone = try await Program.run(set, in: cli.folder, environment: CLIFixture.environment)
        #expect(alone.stdout.contains("`discador serve --webhooks 127.0.0.1:7199`"), "\(alone.stdout)")
        let (service, _) = try await cli.serveWebhooks()
        let beside = try await Program.run(set, in: cli.folder, environment: CLIFixture.environment)
        #expect(beside.exitCode == 0 && !beside.stdout.contains("serve --webhooks"), "\(beside.stdout)")
        #expect(beside.stdout.contains("`discador webhooks test camp`"))
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        await cli.simulator.shutdown()
    }
}
