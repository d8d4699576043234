import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

/// `webhooks probe`: one real call, which must not ring anybody else.
@Suite(.fewAtATime) struct `The command webhooks probe` {
    private static let own = "5511900000012"

    private static func cli(_ settings: String = "window: always\n") async throws -> CLIFixture {
        let cli = try await CLIFixture(phones: ["5511987654301"], settings: settings)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        return cli
    }

    @Test func `places one call to the number, recorded like any other, and none of the campaign's`() async throws {
        let cli = try await Self.cli()
        let probe = try await cli.discador(
            "webhooks", "probe", "camp", "--to", Self.own, "--yes", "--seconds", "1", "--json")
        // Nobody receives events here.
        #expect(probe.exitCode == 3, "\(probe.stderr)")
        let document = try JSONValue(probe.stdout)
        #expect(
            document["outcome"] == "accepted" && document["phone"] == .text(Self.own) && document["instance"] == "iA")
        #expect(cli.rang == [Self.own])
        let campaign = try #require(document["campaign"]?.text)
        #expect(campaign.hasPrefix("webhooks-probe-"))
        #expect(try cli.counts(of: campaign).accepted == 1 && cli.counts().ready == 1)
        let why = try await cli.discador("why", campaign, Self.own)
        #expect(why.stdout.contains("Attempt 1:") && why.stdout.contains("accepted"), "\(why.stdout)")

        let second = try await cli.discador(
            "webhooks", "probe", "camp", "--to", Self.own, "--yes", "--seconds", "1", "--instance", "iB")
        #expect(second.exitCode == 3 && second.stdout.contains("No event came."), "\(second.stderr)")
        #expect(cli.rang == [Self.own, Self.own])
        #expect(cli.simulator.ledger().last { $0.rang }?.instance == "B")
        await cli.simulator.shutdown()
    }

    @Test(arguments: [
        "11900000012", "55 11 90000-0012", "+5511900000012", "551190000001", "55119000000123", "Ana", "",
    ])
    func `guesses nothing about the number`(text: String) async throws {
        let cli = try await Self.cli()
        let probe = try await cli.discador("webhooks", "probe", "camp", "--to", text, "--yes")
        #expect(probe.exitCode == 64 && probe.stderr.contains("5511987654321"), "\(probe.stderr)")
        #expect(cli.rang.isEmpty)
        await cli.simulator.shutdown()
    }

    @Test func `calls nobody without a confirmation, nor who is on the do-not-call list`() async throws {
        let cli = try await Self.cli()
        let asked = try await cli.discador("webhooks", "probe", "camp", "--to", Self.own)
        #expect(asked.exitCode == 64 && asked.stderr.contains("no terminal to ask on"))
        #expect(try await cli.discador("block", "add", Self.own).exitCode == 0)
        let blocked = try await cli.discador("webhooks", "probe", "camp", "--to", Self.own, "--yes")
        #expect(blocked.exitCode == 65 && blocked.stderr.contains("do-not-call list"), "\(blocked.stderr)")
        let other = try await cli.discador("webhooks", "probe", "camp", "--to", Self.own, "--instance", "iZ", "--yes")
        #expect(other.exitCode == 64 && other.stderr.contains("it has: iA, iB"))
        #expect(cli.rang.isEmpty)
        await cli.simulator.shutdown()
    }

    @Test func `calls outside the window only with --now`() async throws {
        // Never open within the next days, whatever the day of the test.
        let weekday = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]
        let today = Calendar(identifier: .gregorian).component(.weekday, from: Date()) - 1
        let days = weekday[(today + 3) % 7]
        let cli = try await Self.cli("window: {timezone: UTC, days: [\(days)], from: \"09:00\", to: \"10:00\"}\n")
        let closed = try await cli.discador("webhooks", "probe", "camp", "--to", Self.own, "--yes", "--seconds", "1")
        #expect(closed.exitCode == 75 && closed.stderr.contains("--now"), "\(closed.stderr)")
        #expect(cli.rang.isEmpty)
        let now = try await cli.discador(
            "webhooks", "probe", "camp", "--to", Self.own, "--yes", "--seconds", "1", "--now")
        #expect(now.exitCode == 3 && cli.rang == [Self.own], "\(now.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `a process that holds the database dials it`() async throws {
        let cli = try await Self.cli()
        let service = try await cli.serve()
        let probe = try await cli.discador("webhooks", "probe", "camp", "--to", Self.own, "--yes", "--seconds", "1")
        #expect(probe.exitCode == 3 && cli.rang == [Self.own], "\(probe.stderr)")
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        await cli.simulator.shutdown()
    }
}
