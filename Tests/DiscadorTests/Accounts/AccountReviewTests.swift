import CampaignCore
import CampaignStore
import Foundation
import Ongoing
import ScriptedServer
import Testing
import ZAPISimulator

/// What `check` and the beginning of a run find out about the accounts of instances.
@Suite(.fewAtATime) struct `The accounts of instances` {
    private static let redial = "redial: {notAnswered: {attempts: 1, after: 1h}}\n"

    private static var troubled: Scenario {
        var scenario = Scenario()
        scenario.account.callRejectAuto = true
        scenario.account.due = 1_000_000_000
        return scenario
    }

    private static func settings(_ cli: CLIFixture) -> Int {
        cli.simulator.ledger().count { $0.endpoint == "update-queue-settings" }
    }

    @Test func `are a line each in check`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(2), scenario: Self.troubled)
        let check = try await cli.discador("check", "camp")
        #expect(check.exitCode == 0, "\(check.stderr)")
        for line in [
            "ok   queue of iA: Z-API keeps no call", "warn payment of iA: it was paid until 2001-09-09",
            "warn incoming calls of iB: ", "ok   webhooks of iB: no webhooks are set",
        ] { #expect(check.stdout.contains(line), "\(line): \(check.stdout)") }
        #expect(Self.settings(cli) == 2)
        let document = try await cli.discador("check", "camp", "--json").stdout
        #expect(document.contains(#""level" : "warning""#) && document.contains("payment of iB"), "\(document)")
        await cli.simulator.shutdown()
    }

    @Test func `and a redial that perPerson keeps waiting, or that never hears of answers, are warnings`() async throws
    {
        let limits = "perPerson: {calls: 2, per: 7d}\nredial: {notAnswered: {attempts: 2, after: 3h}}\n"
        let cli = try await CLIFixture(phones: CLIFixture.phones(6), settings: limits)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let check = try await cli.discador("check", "camp")
        #expect(check.stdout.contains("warn redial: perPerson allows 2 calls in 7 days, and redial asks for up to 3"))
        #expect(!check.stdout.contains("warn answers"), "\(check.stdout)")
        #expect(try await cli.discador("plan", "camp").stdout.contains("Note: perPerson allows 2 calls"))
        #expect(try await cli.discador("run", "camp", "--no-wait").exitCode == 0)
        try await cli.receive { [$0.body("DeliveryCallback", #""zaapId":"\#($0.zaapId)""#)] }
        let told = try await cli.discador("check", "camp")
        #expect(told.stdout.contains("warn answers: Z-API has told of calls that they went out"), "\(told.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `fail check where the campaign redials without webhooks`() async throws {
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(2), settings: Self.redial + "queueWhileDisconnected: allow")
        let check = try await cli.discador("check", "camp")
        #expect(check.exitCode == 4, "\(check.stderr)")
        #expect(check.stdout.contains("BAD  webhooks of iA: no webhooks are set"), "\(check.stdout)")
        #expect(check.stdout.contains("ok   queue of iA: Z-API's setting is left as it is"))
        #expect(try await cli.discador("webhooks", "set", "camp", "--url", "http://127.0.0.1:7071").exitCode == 0)
        let set = try await cli.discador("check", "camp")
        #expect(set.exitCode == 0 && set.stdout.contains("ok   webhooks of iB: Z-API posts "), "\(set.stdout)")
        #expect(Self.settings(cli) == 0)
        await cli.simulator.shutdown()
    }

    @Test func `are warned of once at the beginning, by the service and at the terminal that watches`() async throws {
        let cli = try await CLIFixture(
            phones: CLIFixture.phones(2), settings: Self.redial + "health: {every: 1s}", scenario: Self.troubled)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        cli.disconnect()
        let service = try await cli.serve()
        let run = try cli.start("run", "camp")
        for program in [service, run] { try await program.wait(for: "iA and iB: incoming calls", count: 1) }
        try cli.connect()
        let ran = try await run.result()
        #expect(ran.exitCode == 0, "\(ran.stderr)")
        await service.send(SIGTERM)
        for result in [ran, try await service.result()] {
            for warning in ["incoming calls: ", "payment: it was paid until", "redial never happens", "redial needs"] {
                #expect(result.stderr.components(separatedBy: warning).count == 2, "\(warning): \(result.stderr)")
            }
            for secret in CLIFixture.environment.values { #expect(!result.stderr.contains(secret)) }
        }
        #expect(Self.settings(cli) == 2)
        await cli.simulator.shutdown()
    }

    @Test func `and addresses that nobody listens at are warned of once at the beginning`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let without = try await cli.discador("run", "camp", "--canary", "1")
        #expect(!without.stderr.contains("webhooks"), "\(without.stderr)")
        #expect(try await cli.discador("webhooks", "set", "camp", "--url", "http://127.0.0.1:7071").exitCode == 0)
        let deaf = try await cli.discador("run", "camp")
        #expect(deaf.stdout.contains("to the people (not final: more may be told until 20"), "\(deaf.stdout)")
        #expect(
            deaf.stderr.components(separatedBy: "camp: this process receives no webhooks; answers and opt-outs").count
                == 2, "\(deaf.stderr)")
        #expect(deaf.stderr.contains("serve --webhooks HOST:PORT"), "\(deaf.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `hold up no run when they cannot be read`() async throws {
        let server = try ScriptedServer { line in
            if line.contains("/send-call") { return .reply(200, #"{"zaapId":"Z1","messageId":"M1"}"#) }
            return line.contains("/status")
                ? .reply(200, #"{"connected":true,"smartphoneConnected":true}"#) : .stalling([])
        }
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        try cli.change { $0.replacingOccurrences(of: cli.simulator.baseURL, with: server.baseURL) }
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try await cli.discador("run", "camp")
        #expect(run.exitCode == 0, "\(run.stderr)")
        #expect(try cli.counts().accepted == 1)
        server.stop()
        await cli.simulator.shutdown()
    }
}
