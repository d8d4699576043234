import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command contacts` {
    @Test func `lists who is in a campaign, with state and own columns`() async throws {
        let cli = try await CLIFixture.dialed()
        let list = try await cli.discador("contacts", "camp")
        #expect(list.exitCode == 0 && list.stderr.isEmpty, "\(list.stderr)")
        let lines = list.stdout.split(separator: "\n").map(String.init)
        try #require(lines.count == 8, "\(list.stdout)")
        #expect(lines[0].contains(/^phone +state +last call +answer +nome +telefone$/), "\(lines[0])")
        #expect(lines[1].contains(/^5511987654301 +accepted +20..-..-.. ..:.. +Pessoa 0 +11987654301$/), "\(lines[1])")
        #expect(lines[2].contains("5511987654393  failed (refused)"), "\(lines[2])")
        #expect(lines[7] == "6 contacts; times: UTC")
        let document = try JSONValue(try await cli.discador("contacts", "camp", "--json").stdout)
        #expect(document["campaign"] == "camp" && document["columns"] == .array(["nome", "telefone"]))
        #expect(document["contacts"]?.count == 6)
        let first = document["contacts"]?[0]
        #expect(first?["phone"] == "5511987654301" && first?["state"] == "accepted" && first?["attempts"] == 1)
        #expect(first?["own"] == .array(["Pessoa 0", "11987654301"]) && first?["outcome"] == "accepted")
        await cli.simulator.shutdown()
    }

    @Test func `finds by a filter and by a text, and says how many more there are`() async throws {
        let cli = try await CLIFixture.dialed()
        try cli.write("nome;telefone\nJosé da Silva;11987654311\nJOSE LIMA;11987654312\n", to: cli.list)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        func phones(_ arguments: String...) async throws -> [String] {
            let found = try await Program.run(["contacts", "camp", "--json"] + arguments, in: cli.folder)
            let contacts = try JSONValue(found.stdout)["contacts"]
            return (0..<(contacts?.count ?? 0)).compactMap { contacts?[$0]?["phone"]?.text }
        }
        #expect(try await phones("jose") == ["5511987654311", "5511987654312"])
        #expect(try await phones("josé da") == ["5511987654311"])
        #expect(try await phones("98765-4312") == ["5511987654312"])
        #expect(try await phones("--where", "state = failed") == ["5511987654393", "5521987654393"])
        #expect(try await phones("pessoa 1", "--where", "state = failed") == ["5511987654393"])
        #expect(try await phones("ninguém") == [])
        #expect(try await phones("--limit", "1") == ["5511987654301"])
        let some = try await cli.discador("contacts", "camp", "--limit", "3")
        #expect(some.stdout.contains("3 of 8 contacts; times: UTC"), "\(some.stdout)")
        #expect(some.stderr.contains("… and 5 more"), "\(some.stderr)")
        let chosen = try await cli.discador("contacts", "camp", "jose", "--limit", "1")
        #expect(chosen.stdout.contains("1 of 2 contacts") && chosen.stderr.contains("… and 1 more"))
        let nobody = try await cli.discador("contacts", "camp", "ninguém")
        #expect(nobody.exitCode == 0 && nobody.stdout == "camp has no such contact.\n", "\(nobody.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `refuses what cannot be meant`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("contacts", "camp", "--limit", "0").exitCode == 64)
        #expect(try await cli.discador("contacts", "camp", "…").exitCode == 64)
        #expect(try await cli.discador("contacts", "camp", "--where", "state = ").exitCode == 64)
        #expect(try await cli.discador("contacts", "nowhere").exitCode == 65)
        await cli.simulator.shutdown()
    }

    @Test func `speaks Portuguese to people, and English to machines`() async throws {
        let cli = try await CLIFixture.dialed()
        let list = try await cli.discador("contacts", "camp", "--lang", "pt-BR").stdout
        #expect(list.contains(/^telefone +situação +última ligação +atendimento +nome +telefone/), "\(list)")
        #expect(list.contains("falhou (recusada pela Z-API)") && list.contains("em dúvida (sem retorno)"), "\(list)")
        #expect(list.contains("6 contatos; horários: UTC"), "\(list)")
        let machine = try await cli.discador("contacts", "camp", "--lang", "pt-BR", "--json").stdout
        #expect(try await cli.discador("contacts", "camp", "--json").stdout == machine)
        await cli.simulator.shutdown()
    }
}
