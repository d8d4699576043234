import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command retry` {
    @Test func `shows the contacts that match, asks, and requeues them`() async throws {
        let cli = try await CLIFixture.dialed()
        let asked = try await cli.discador("retry", "camp", "--where", "ddd = 21 and [NOME] ~ pessoa")
        #expect(asked.exitCode == 64)
        #expect(asked.stdout.contains("1 × failed (refused)"))
        #expect(asked.stdout.contains("5521987654393  failed (refused), 1 attempt, last through i"))
        #expect(asked.stderr.contains("Nothing was changed, because there is no terminal to ask on: add --yes"))
        let dry = try await cli.discador("retry", "camp", "--failed", "--dry-run", "--json")
        #expect(dry.exitCode == 0)
        #expect(try JSONValue(dry.stdout)["retryable"] == 2 && JSONValue(dry.stdout)["requeued"] == 0)
        #expect(try cli.counts().failed == 2)

        let done = try await cli.discador("retry", "camp", "--where", "ddd = 21", "--yes", "--json")
        #expect(done.exitCode == 0, "\(done.stderr)")
        #expect(try JSONValue(done.stdout)["requeued"] == 1)
        #expect(try JSONValue(done.stdout)["first"]?[0] == "5521987654393")
        #expect(try cli.counts().ready == 1)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        #expect(attempts(of: "5521987654393", cli) == 2 && attempts(of: "5511987654393", cli) == 1)
        await cli.simulator.shutdown()
    }

    @Test func `says why others stay as they are, and what to do about them`() async throws {
        let cli = try await CLIFixture.dialed()
        #expect(try await cli.discador("block", "add", "21987654393").exitCode == 0)
        let all = try await cli.discador("retry", "camp", "--where", "attempts > 0", "--yes")
        #expect(all.exitCode == 0, "\(all.stderr)")
        #expect(all.stdout.contains("6 contacts match in camp:"))
        #expect(
            all.stdout.contains(
                "1 × accepted  not requeued: Z-API has accepted their calls, or they were resolved as called"))
        #expect(all.stdout.contains("1 × failed (refused)  not requeued: they are on the do-not-call list"))
        #expect(
            all.stdout.contains(
                "2 × in_doubt (no_reply)  not requeued: they may have rung; find out, then: "
                    + "discador resolve camp --where … --as not-called"))
        #expect(all.stdout.contains("1 requeued: dial it with `discador run camp`."))
        let counts = try cli.counts()
        #expect(counts.ready == 1 && counts.failed == 1 && counts.inDoubt == 3 && counts.accepted == 1)
        let doubts = try await cli.discador("retry", "camp", "--where", "state = in_doubt", "--yes", "--json")
        #expect(doubts.exitCode == 0)
        #expect(try JSONValue(doubts.stdout)["refused"]?["in_doubt"] == 3 && JSONValue(doubts.stdout)["requeued"] == 0)
        let nobody = try await cli.discador("retry", "camp", "--where", "httpStatus = 999", "--yes")
        #expect(nobody.exitCode == 0)
        #expect(nobody.stdout.contains("No contact in camp matches; it has 2 × in_doubt (no_reply)"))
        await cli.simulator.shutdown()
    }

    @Test func `changes nothing by an expression that cannot be understood, and says where the mistake is`()
        async throws
    {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for command in [["retry", "camp", "--yes"], ["resolve", "camp", "--as", "called"], ["doubts", "camp"]] {
            let result = try await Program.run(command + ["--where", "stat = failed"], in: cli.folder)
            #expect(result.exitCode == 64)
            #expect(result.stderr.contains("--where, column 1: “stat” is not a field (did you mean state?)"))
            #expect(result.stderr.contains("the lists have \"nome\", \"telefone\""))
        }
        #expect(try await cli.discador("retry", "camp").exitCode == 64)
        #expect(try await cli.discador("retry", "camp", "--failed", "--yes", "--dry-run").exitCode == 64)
        await cli.simulator.shutdown()
    }

    private func attempts(of phone: String, _ cli: CLIFixture) -> Int {
        cli.simulator.ledger().count { $0.phone == phone && $0.endpoint == "send-call" }
    }
}
