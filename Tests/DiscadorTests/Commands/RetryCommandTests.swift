import CampaignCore
import Foundation
import Testing
import ZAPISimulator

/// Putting contacts back, and resolving what is in doubt.
@Suite struct `Putting back and resolving` {
    /// Accepted, refused twice, no reply twice, a reply without an id.
    private static let phones = [
        "11987654301", "11987654393", "21987654393", "11987654397", "21987654397", "11987654398",
    ]

    @Test func `retry shows whom it means, asks, and puts them back to be dialed`() async throws {
        let cli = try await ranWorkshop()
        let asked = try await cli.discador("retry", "camp", "--where", "ddd = 21 and [NOME] ~ pessoa")
        #expect(asked.exitCode == 64)
        #expect(asked.stdout.contains("1 × failed (refused)"))
        #expect(asked.stdout.contains("5521987654393  failed (refused), 1 attempt, last through i"))
        #expect(asked.stderr.contains("Nothing was changed, there is no terminal to ask on: add --yes"))
        let dry = try await cli.discador("retry", "camp", "--failed", "--dry-run", "--json")
        #expect(dry.exitCode == 0)
        #expect(try Document(dry.stdout)["retryable"] == 2 && Document(dry.stdout)["requeued"] == 0)
        #expect(try cli.counts().failed == 2)

        let done = try await cli.discador("retry", "camp", "--where", "ddd = 21", "--yes", "--json")
        #expect(done.exitCode == 0, "\(done.stderr)")
        #expect(try Document(done.stdout)["requeued"] == 1)
        #expect(try Document(done.stdout)["first"]?[0] == "5521987654393")
        #expect(try cli.counts().ready == 1)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        #expect(attempts(of: "5521987654393", cli) == 2 && attempts(of: "5511987654393", cli) == 1)
        await cli.simulator.shutdown()
    }

    @Test func `retry says why others stay, and what to do about them`() async throws {
        let cli = try await ranWorkshop()
        #expect(try await cli.discador("block", "add", "21987654393").exitCode == 0)
        let all = try await cli.discador("retry", "camp", "--where", "attempts > 0", "--yes")
        #expect(all.exitCode == 0, "\(all.stderr)")
        #expect(all.stdout.contains("6 meant in camp:"))
        #expect(all.stdout.contains("1 × accepted  stay: Z-API has taken them, or a person said that they rang"))
        #expect(all.stdout.contains("1 × failed (refused)  stay: they are on the do-not-call list"))
        #expect(
            all.stdout.contains(
                "2 × in_doubt (no_reply)  stay: they may have rung; find out, then: "
                    + "discador resolve camp --where … --as not-called"))
        #expect(all.stdout.contains("1 put back: `discador run camp` dials it."))
        let counts = try cli.counts()
        #expect(counts.ready == 1 && counts.failed == 1 && counts.inDoubt == 3 && counts.accepted == 1)
        let doubts = try await cli.discador("retry", "camp", "--where", "state = in_doubt", "--yes", "--json")
        #expect(doubts.exitCode == 0)
        #expect(try Document(doubts.stdout)["refused"]?["in_doubt"] == 3 && Document(doubts.stdout)["requeued"] == 0)
        let nobody = try await cli.discador("retry", "camp", "--where", "httpStatus = 999", "--yes")
        #expect(nobody.exitCode == 0)
        #expect(nobody.stdout.contains("No contact of camp is meant; it has 2 × in_doubt (no_reply)"))
        await cli.simulator.shutdown()
    }

    @Test func `an expression that cannot be understood changes nothing and says where`() async throws {
        let cli = try await CLIFixture(phones: Self.phones)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for command in [["retry", "camp", "--yes"], ["resolve", "camp", "--as", "called"], ["doubts", "camp"]] {
            let result = try await Program.run(command + ["--where", "stat = failed"], in: cli.folder)
            #expect(result.exitCode == 64)
            #expect(result.stderr.contains("--where, column 1: “stat” is no field (did you mean state?)"))
            #expect(result.stderr.contains("the lists have \"nome\", \"telefone\""))
        }
        #expect(try await cli.discador("retry", "camp").exitCode == 64)
        #expect(try await cli.discador("retry", "camp", "--failed", "--yes", "--dry-run").exitCode == 64)
        await cli.simulator.shutdown()
    }

    @Test func `doubts tell how far each request got, with the contact's own columns`() async throws {
        let cli = try await ranWorkshop()
        let text = try await cli.discador("doubts", "camp")
        #expect(text.stdout.contains("no_reply (2): The request may have left; then the connection broke"))
        #expect(text.stdout.contains("  5511987654397  at "))
        #expect(text.stdout.contains("attempt 1, "))
        #expect(text.stdout.contains(" | nome: Pessoa 3 | telefone: 11987654397"))
        #expect(text.stdout.contains("unreadable_reply (1): Z-API answered 200, and its reply names no call"))
        #expect(text.stdout.contains("HTTP 200, the reply names no call: {\"zaapId\":\""))
        #expect(text.stdout.contains(" | nome: Pessoa 5") && !text.stdout.contains("almost certainly"))
        #expect(text.stdout.contains("3 in doubt: 2 no_reply, 1 unreadable_reply."))
        let one = try Document(
            try await cli.discador("doubts", "camp", "--where", "nome = 'pessoa 4'", "--json").stdout)
        #expect(one[0]?["phone"] == "5521987654397" && one[1] == nil)
        #expect(one[0]?["reason"] == "no_reply" && one[0]?["attempt"] == 1)
        #expect(one[0]?["howFar"]?.text?.contains("no reply came") ?? false)
        #expect(one[0]?["contact"]?[0] == "Pessoa 4")
        let none = try await cli.discador("doubts", "camp", "--where", "reason = interrupted")
        #expect(none.stdout.contains("camp has no call in doubt that is meant."))
        await cli.simulator.shutdown()
    }

    @Test func `resolve takes the doubts of an expression, or of a file, and names what it cannot resolve`()
        async throws
    {
        let cli = try await ranWorkshop()
        let file = cli.folder.appending(path: "r.csv")
        try cli.write("fone;obs\n(11) 98765-4398;tocou\nnada;x\n11 98765-4301;aceita\n", to: file)
        let filed = try await cli.discador("resolve", "camp", "--file", "r.csv", "--as", "called", "--json")
        #expect(filed.exitCode == 65)
        #expect(filed.stderr.contains("r.csv:3: phone_letters"))
        #expect(filed.stderr.contains("Not in doubt in camp: 5511987654301."))
        #expect(try cli.counts().accepted == 2 && cli.counts().inDoubt == 2)
        #expect(try await cli.discador("block", "add", "11987654397").exitCode == 0)
        let rest = try await cli.discador(
            "resolve", "camp", "--where", "phone ~ 4397", "--as", "not-called", "--yes")
        #expect(rest.exitCode == 0, "\(rest.stderr)")
        #expect(rest.stdout.contains("1 resolved as not called") && rest.stdout.contains("1 resolved and excluded"))
        let none = try await cli.discador("resolve", "camp", "--where", "phone ~ 4397", "--as", "called")
        #expect(none.exitCode == 0 && none.stdout.contains("0 resolved as called."))
        let both = try await cli.discador("resolve", "camp", "--all", "--file", "r.csv", "--as", "called")
        #expect(both.exitCode == 64)
        await cli.simulator.shutdown()
    }

    @Test func `resolve shows who would be dialed again, and resolves nobody unasked`() async throws {
        let cli = try await ranWorkshop()
        let before = try cli.counts()
        let asked = try await cli.discador("resolve", "camp", "--all", "--as", "not-called")
        #expect(asked.exitCode == 64)
        #expect(
            asked.stdout.contains(
                "3 calls in doubt of camp would be dialed again; whoever was rung is then rung twice."))
        #expect(asked.stdout.contains("  5511987654397  dialed ") && asked.stdout.contains("nome: Pessoa 3"))
        #expect(asked.stderr.contains("Nothing was changed, there is no terminal to ask on"))
        let json = try await cli.discador("resolve", "camp", "--all", "--as", "not-called", "--json")
        #expect(json.exitCode == 64)
        #expect(try Document(json.stdout)["exitCode"] == 64)
        #expect(try cli.counts() == before)
        let one = try await cli.discador(
            "resolve", "camp", "--phone", "11987654397", "11987654301", "--as", "not-called", "--yes", "--json")
        #expect(one.exitCode == 65)
        let document = try Document(one.stdout)
        #expect(document["resolved"]?[0] == "5511987654397" && document["notInDoubt"]?[0] == "5511987654301")
        #expect(document["error"]?.text?.contains("Not in doubt in camp: 5511987654301.") == true)
        let rest = try await cli.discador("resolve", "camp", "--all", "--as", "not-called", "--yes")
        #expect(rest.exitCode == 0 && rest.stdout.contains("2 resolved as not called: ready to be dialed."))
        #expect(try cli.counts().inDoubt == 0 && cli.counts().ready == before.ready + 3)
        await cli.simulator.shutdown()
    }

    /// A campaign that was dialed to its end.
    private func ranWorkshop() async throws -> CLIFixture {
        let cli = try await CLIFixture(phones: Self.phones)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        return cli
    }

    private func attempts(of phone: String, _ cli: CLIFixture) -> Int {
        cli.simulator.ledger().count { $0.phone == phone && $0.endpoint == "send-call" }
    }
}
