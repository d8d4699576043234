import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command doubts` {
    @Test func `tells how far each request got, with the contact's own columns`() async throws {
        let cli = try await CLIFixture.dialed()
        let text = try await cli.discador("doubts", "camp")
        #expect(text.stdout.contains("no_reply (2): The request may have left before the connection broke"))
        #expect(text.stdout.contains("  5511987654397  at "))
        #expect(text.stdout.contains("attempt 1, "))
        #expect(text.stdout.contains(" | nome: Pessoa 3 | telefone: 11987654397"))
        #expect(text.stdout.contains("unreadable_reply (1): Z-API answered 200 with a reply that does not name a call"))
        #expect(text.stdout.contains("HTTP 200, the reply does not name a call: {\"zaapId\":\""))
        #expect(text.stdout.contains(" | nome: Pessoa 5") && !text.stdout.contains("almost certainly"))
        #expect(text.stdout.contains("3 in doubt: 2 no_reply, 1 unreadable_reply."))
        let one =
            try JSONValue(
                try await cli.discador("doubts", "camp", "--where", "nome = 'pessoa 4'", "--json").stdout)["doubts"]
            ?? .null
        #expect(one[0]?["phone"] == "5521987654397" && one[1] == nil)
        #expect(one[0]?["reason"] == "no_reply" && one[0]?["attempt"] == 1)
        #expect(one[0]?["howFar"]?.text?.contains("no reply came") ?? false)
        #expect(one[0]?["contact"]?[0] == "Pessoa 4")
        let none = try await cli.discador("doubts", "camp", "--where", "reason = interrupted")
        #expect(none.stdout.contains("camp has no calls in doubt that match."))
        await cli.simulator.shutdown()
    }

    @Test func `speaks Portuguese, with local times, and English to machines`() async throws {
        let cli = try await CLIFixture.dialed()
        let doubts = try await Program.run(
            ["doubts", "camp"], in: cli.folder, environment: ["LC_ALL": "pt_BR.UTF-8", "TZ": "America/Sao_Paulo"])
        let text = doubts.stdout
        #expect(text.contains("no_reply (2): O pedido pode ter saído antes de a conexão cair"), "\(text)")
        #expect(text.contains(#/ {2}5511987654397 {2}em ../../20.. ..:..:.., por i[AB], tentativa 1, /#), "\(text)")
        #expect(text.contains("\nhorários: America/Sao_Paulo\n3 em dúvida: "), "\(text)")
        let english = try await cli.discador("doubts", "camp", "--json").stdout
        #expect(try await cli.discador("doubts", "camp", "--json", "--lang", "pt-BR").stdout == english)
        let unsure = try await cli.discador("resolve", "camp", "--all", "--as", "not-called", "--lang", "pt-BR")
        #expect(unsure.exitCode == 64, "\(unsure.stderr)")
        #expect(unsure.stdout.contains("3 ligações em dúvida em camp seriam discadas de novo"), "\(unsure.stdout)")
        #expect(unsure.stderr.hasPrefix("discador: erro: Nada foi mudado"), "\(unsure.stderr)")
        let resolved = try await cli.discador("resolve", "camp", "--all", "--as", "called", "--lang", "pt-BR")
        #expect(resolved.stdout == "3 resolvidas como ligadas.\n", "\(resolved.stdout)")
        await cli.simulator.shutdown()
    }

    @Test(arguments: [
        "list", "status", "contacts", "why", "doubts", "resolve", "replies", "replies list", "replies decide",
        "replies test",
    ])
    func `has help in Portuguese, with an example, as have those that find people`(command: String) async throws {
        let folder = FileManager.default.temporaryDirectory
        for (language, heading, foreign) in [("pt-BR", /Exemplos?:\n/, "Example"), ("en", /Examples?:\n/, "Exemplo")] {
            let words = command.split(separator: " ").map(String.init) + ["--lang", language, "--help"]
            let help = try await Program.run(words, in: folder)
            #expect(help.exitCode == 0 && help.stdout.contains(heading), "\(help.stdout)\(help.stderr)")
            #expect(!help.stdout.contains(foreign), "\(help.stdout)")
        }
    }
}
