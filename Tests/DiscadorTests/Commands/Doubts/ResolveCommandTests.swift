import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command resolve` {
    @Test func `resolves a doubt as called or not called`() async throws {
        let cli = try await CLIFixture(phones: ["5511987654397", "5511987654398"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        let called = try await cli.discador("resolve", "camp", "--phone", "(11) 98765-4397", "--as", "called")
        #expect(called.exitCode == 0, "\(called.stderr)")
        #expect(try cli.counts().accepted == 1)
        let again = try await cli.discador("resolve", "camp", "--phone", "(11) 98765-4397", "--as", "called")
        #expect(again.exitCode == 65)
        #expect(try await cli.discador("resolve", "camp", "--all", "--as", "not-called", "--yes").exitCode == 0)
        #expect(try cli.counts().ready == 1)
        #expect(try await cli.discador("doubts", "camp").stdout.contains("no calls in doubt"))
        #expect(try await cli.discador("resolve", "camp", "--as", "called").exitCode == 64)
        await cli.simulator.shutdown()
    }

    @Test func `takes the doubts of an expression or of a file, and names what it cannot resolve`()
        async throws
    {
        let cli = try await CLIFixture.dialed()
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
        #expect(none.exitCode == 0 && none.stdout.contains("camp has no calls in doubt that match: there was"))
        let both = try await cli.discador("resolve", "camp", "--all", "--file", "r.csv", "--as", "called")
        #expect(both.exitCode == 64)
        await cli.simulator.shutdown()
    }

    @Test func `shows who would be dialed again, and resolves nothing unasked`() async throws {
        let cli = try await CLIFixture.dialed()
        let before = try cli.counts()
        let asked = try await cli.discador("resolve", "camp", "--all", "--as", "not-called")
        #expect(asked.exitCode == 64)
        #expect(
            asked.stdout.contains(
                "3 calls in doubt in camp would be dialed again; anyone whose phone rang would then be called twice."))
        #expect(asked.stdout.contains("  5511987654397  dialed ") && asked.stdout.contains("nome: Pessoa 3"))
        #expect(asked.stderr.contains("Nothing was changed, because there is no terminal to ask on"))
        let json = try await cli.discador("resolve", "camp", "--all", "--as", "not-called", "--json")
        #expect(json.exitCode == 64)
        #expect(try JSONValue(json.stdout)["exitCode"] == 64)
        #expect(try cli.counts() == before)
        let one = try await cli.discador(
            "resolve", "camp", "--phone", "11987654397", "11987654301", "--as", "not-called", "--yes", "--json")
        #expect(one.exitCode == 65)
        let document = try JSONValue(one.stdout)
        #expect(document["resolved"]?[0] == "5511987654397" && document["notInDoubt"]?[0] == "5511987654301")
        #expect(document["error"]?.text?.contains("Not in doubt in camp: 5511987654301.") == true)
        let rest = try await cli.discador("resolve", "camp", "--all", "--as", "not-called", "--yes")
        #expect(rest.exitCode == 0 && rest.stdout.contains("2 resolved as not called, and ready to be dialed."))
        #expect(try cli.counts().inDoubt == 0 && cli.counts().ready == before.ready + 3)
        await cli.simulator.shutdown()
    }
}
