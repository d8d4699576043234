import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import Testing
import ZAPI
import ZAPISimulator

/// `webhooks set` and `webhooks rotate` against the simulator.
@Suite(.fewAtATime) struct `The command webhooks set` {
    private static let address = "http://127.0.0.1:7071/calls"

    @Test func `sets every address, keeps only a hash of the token, and prints no secret`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        let set = try await cli.discador("webhooks", "set", "camp", "--url", Self.address)
        #expect(set.exitCode == 0, "\(set.stderr)")
        #expect(
            set.stdout.contains("iA: Z-API posts delivery, received, disconnected and connected to 127.0.0.1:7071."))
        for instance in ["A", "B"] {
            let url = try #require(try await cli.webhooks(of: instance)[.delivery])
            #expect(url.hasPrefix("\(Self.address)/z/\(instance)/"))
            let token = try #require(url.split(separator: "/").last.map(String.init))
            #expect(token.count == 43 && !(set.stdout + set.stderr).contains(token))
            let stored = FileManager.default.contents(atPath: cli.database) ?? Data()
            #expect(stored.range(of: Data(token.utf8)) == nil, "the token is in the database")
        }
        let addresses = try cli.webhookAddresses()
        #expect(addresses.map(\.address.instance) == ["A", "B"] && addresses.allSatisfy { $0.name.hasPrefix("i") })
        #expect(addresses.allSatisfy { $0.publicURL == Self.address && $0.address.expiresAt == nil })
        await cli.simulator.shutdown()
    }

    @Test func `prints the address only when it is asked to`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        let set = try await cli.discador(
            "webhooks", "set", "camp", "--url", Self.address, "--instance", "iB", "--print-url", "--json")
        let entry = try #require(try JSONValue(set.stdout)["instances"]?[0])
        #expect(entry["instance"] == "iB" && entry["state"] == "set" && entry["host"] == "127.0.0.1:7071")
        let received = try await cli.webhooks(of: "B")[.received]
        #expect(entry["url"]?.text == received)
        #expect(try await cli.webhooks(of: "A").isEmpty)
        await cli.simulator.shutdown()
    }

    @Test func `leaves another program's address alone, unless it is told what becomes of it`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        let other = "https://crm.example.com/hook?key=4711"
        try await cli.setWebhooks(of: "B", to: other)
        let refused = try await cli.discador("webhooks", "set", "camp", "--url", Self.address)
        #expect(refused.exitCode == 64)
        #expect(refused.stderr.contains("iB: nothing was changed.") && refused.stderr.contains("crm.example.com"))
        #expect(refused.stderr.contains("iA: nothing was changed, because of the other instances."))
        #expect(!(refused.stdout + refused.stderr).contains("4711"))
        #expect(try await cli.webhooks(of: "A").isEmpty)
        #expect(try await cli.webhooks(of: "B")[.delivery] == other)

        let forwarded = try await cli.discador("webhooks", "set", "camp", "--url", Self.address, "--forward")
        #expect(forwarded.exitCode == 0, "\(forwarded.stderr)")
        #expect(forwarded.stdout.contains("Every event is passed on to crm.example.com."))
        #expect(try cli.webhookAddresses().map(\.address.forwardURL) == [nil, Secret(other)])
        // Once more: what is ours now is replaced without being asked, and events are passed on as before.
        #expect(try await cli.discador("webhooks", "set", "camp", "--url", Self.address).exitCode == 0)
        #expect(try cli.webhookAddresses().first { $0.address.instance == "B" }?.address.forwardURL == Secret(other))

        try await cli.setWebhooks(of: "B", to: other)
        let replaced = try await cli.discador("webhooks", "set", "camp", "--url", Self.address, "--replace")
        #expect(replaced.exitCode == 0 && !replaced.stdout.contains("passed on"), "\(replaced.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `a new token leaves the old one valid for a while, and for good when Z-API does not take it`()
        async throws
    {
        let cli = try await CLIFixture(phones: ["11987654301"])
        #expect(try await cli.discador("webhooks", "rotate", "camp").exitCode == 65)
        #expect(try await cli.discador("webhooks", "set", "camp", "--url", Self.address).exitCode == 0)
        let first = try #require(try await cli.webhooks(of: "A")[.delivery])
        let rotated = try await cli.discador("webhooks", "rotate", "camp", "--overlap", "10m")
        #expect(rotated.exitCode == 0 && rotated.stdout.contains("The earlier address is accepted until"))
        #expect(try await cli.webhooks(of: "A")[.delivery] != first)
        let mine = try cli.webhookAddresses().filter { $0.address.instance == "A" }
        #expect(mine.count == 2 && mine.filter { $0.address.expiresAt == nil }.count == 1)
        let expiry = try #require(mine.compactMap(\.address.expiresAt).first)
        #expect(abs(expiry.milliseconds - mine[0].createdAt.milliseconds - 600_000) < 60_000)

        var environment = CLIFixture.environment
        environment["TOKEN"] = "another-token"
        let before = try cli.webhookAddresses()
        let failed = try await cli.discador("webhooks", "rotate", "camp", environment: environment)
        #expect(failed.exitCode == 4 && !failed.stderr.contains("another-token"), "\(failed.stderr)")
        #expect(try cli.webhookAddresses() == before)
        await cli.simulator.shutdown()
        #expect(try await cli.discador("webhooks", "rotate", "camp").exitCode == 69)
        #expect(try cli.webhookAddresses() == before)
    }

    @Test(arguments: [
        ("http://calls.example.com", "https://"), ("ftp://calls.example.com", "https://"),
        ("https://user:pass@calls.example.com", "@"), ("https://calls.example.com/?a=b", "?"), ("calls", "https://"),
    ])
    func `refuses an address that Z-API cannot be told, without repeating it`(address: String, hint: String)
        async throws
    {
        let cli = try await CLIFixture(phones: ["11987654301"])
        let refused = try await cli.discador("webhooks", "set", "camp", "--url", address)
        #expect(refused.exitCode == 64 && refused.stderr.contains(hint), "\(refused.stderr)")
        #expect(!refused.stderr.contains(address))
        let both = try await cli.discador("webhooks", "set", "camp", "--url", Self.address, "--replace", "--forward")
        #expect(both.exitCode == 64)
        await cli.simulator.shutdown()
    }

    @Test func `works beside a run that holds the database`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let service = try await cli.serve()
        let set = try await cli.discador("webhooks", "set", "camp", "--url", Self.address)
        #expect(set.exitCode == 0, "\(set.stderr)")
        #expect(try cli.webhookAddresses().count == 2)
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        await cli.simulator.shutdown()
    }
}
