import Foundation
import TestJSON
import Testing
import ZAPISimulator

/// `why` by what is written in a contact's row.
@Suite(.fewAtATime) struct `The command why, with a text` {
    private static func cli() async throws -> CLIFixture {
        let cli = try await CLIFixture(phones: [])
        try cli.write(
            "nome;telefone;médico\nJosé da Silva;11987654301;Dra. Ana\nMaria Silva;11987654302;Dr. Zé\n", to: cli.list)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        return cli
    }

    @Test func `explains the only contact that has it`() async throws {
        let cli = try await Self.cli()
        for text in ["José da Silva", "JOSE", "dra ana", "4301"] {
            let why = try await cli.discador("why", "camp", text)
            #expect(why.exitCode == 0, "\(why.stdout)\(why.stderr)")
            #expect(why.stdout.hasPrefix("\(text) is 5511987654301.\n"), "\(why.stdout)")
            #expect(
                why.stdout.contains("nome: José da Silva | telefone: 11987654301 | médico: Dra. Ana"), "\(why.stdout)")
            #expect(why.stdout.hasSuffix("times: UTC\n"), "\(why.stdout)")
        }
        let document = try JSONValue(try await cli.discador("why", "camp", "maria", "--json").stdout)
        #expect(document["phone"] == "5511987654302" && document["columns"]?[2] == "médico")
        #expect(document["contact"]?["own"]?[2] == "Dr. Zé")
        await cli.simulator.shutdown()
    }

    @Test func `lists several, with the commands that name one`() async throws {
        let cli = try await Self.cli()
        let why = try await cli.discador("why", "camp", "silva")
        #expect(why.exitCode == 65, "\(why.stderr)")
        #expect(why.stdout.hasPrefix("2 contacts of camp have “silva”:\n"), "\(why.stdout)")
        #expect(why.stdout.contains("  5511987654301  ready | nome: José da Silva"), "\(why.stdout)")
        #expect(why.stdout.contains("\n  discador why camp 5511987654302\n"), "\(why.stdout)")
        let document = try JSONValue(try await cli.discador("why", "camp", "silva", "--json").stdout)
        #expect(document["matches"]?.count == 2 && document["isMore"] == false)
        #expect(
            document["matches"]?[1]?["phone"] == "5511987654302" && document["matches"]?[1]?["own"]?[0] == "Maria Silva"
        )
        await cli.simulator.shutdown()
    }

    @Test func `lists twenty of many, and says how to see all`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(25))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let why = try await cli.discador("why", "camp", "pessoa")
        #expect(why.exitCode == 65 && why.stdout.hasPrefix("More than 20 contacts of camp have"), "\(why.stdout)")
        #expect(why.stdout.contains("All of them: `discador contacts camp pessoa`"), "\(why.stdout)")
        #expect(try JSONValue(try await cli.discador("why", "camp", "pessoa", "--json").stdout)["isMore"] == true)
        await cli.simulator.shutdown()
    }

    @Test func `speaks Portuguese, with local times`() async throws {
        let cli = try await Self.cli()
        #expect(try await cli.discador("run", "camp").exitCode == 0)
        let why = try await Program.run(
            ["why", "camp", "jose"], in: cli.folder,
            environment: CLIFixture.environment.merging(["LC_ALL": "pt_BR.UTF-8", "TZ": "America/Sao_Paulo"]) { $1 })
        #expect(why.stdout.contains("Situação: aceita. A Z-API aceitou a ligação"), "\(why.stdout)")
        #expect(why.stdout.contains(/Tentativa 1: ..\/..\/20.. ..:..:.. por i[AB], aceita, HTTP 200/), "\(why.stdout)")
        #expect(why.stdout.hasSuffix("horários: America/Sao_Paulo\n"), "\(why.stdout)")
        let several = try await cli.discador("why", "camp", "silva", "--lang", "pt-BR")
        #expect(several.stdout.contains("2 contatos de camp têm “silva”:"), "\(several.stdout)")
        let text = try JSONValue(try await cli.discador("why", "camp", "jose", "--json", "--lang", "pt-BR").stdout)
        #expect(text["timeline"]?[1]?["text"]?.text?.hasPrefix("Attempt 1: 20") == true, "\(text)")
        await cli.simulator.shutdown()
    }
}
