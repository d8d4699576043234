import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `Commands in Portuguese` {
    @Test func `an import is shown before and after, while its JSON stays English`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654301", "98765-4303"])
        let preview = try await cli.discador("import", "camp", "--preview", "--lang", "pt-BR")
        #expect(preview.exitCode == 0, "\(preview.stderr)")
        #expect(preview.stdout.contains("cabeçalho na linha 1"), "\(preview.stdout)")
        #expect(preview.stdout.contains("Primeiras linhas, como são lidas:"), "\(preview.stdout)")
        #expect(preview.stdout.contains("A campanha camp teria 1 contato. Nada foi mudado."), "\(preview.stdout)")
        let imported = try await cli.discador("import", "camp", "--lang", "pt-BR")
        #expect(imported.stdout.contains("3 linhas: 1 incluída, 1 repetida, 1 rejeitada, 0 em branco"))
        #expect(imported.stdout.contains("1 × repetida: já está nesta lista"), "\(imported.stdout)")
        #expect(imported.stdout.contains("Linhas rejeitadas: "), "\(imported.stdout)")
        #expect(imported.stdout.contains("A campanha camp tem 1 contato."), "\(imported.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `an error is told in Portuguese, and is English as JSON`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        let missing = try await cli.discador("import", "camp", "nada.csv", "--lang", "pt-BR")
        #expect(missing.exitCode == 65)
        #expect(missing.stderr.contains("erro: O arquivo nada.csv não existe: confira o nome."), "\(missing.stderr)")
        let document = try await cli.discador("import", "camp", "nada.csv", "--json", "--lang", "pt-BR")
        #expect(try JSONValue(document.stdout)["error"] == "There is no file nada.csv: check the name.")
        await cli.simulator.shutdown()
    }

    @Test func `a plan and a check`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654302"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let plan = try await cli.discador("plan", "camp", "--lang", "pt-BR")
        #expect(plan.exitCode == 0, "\(plan.stderr)")
        #expect(plan.stdout.contains("camp: 2 contatos"), "\(plan.stdout)")
        #expect(plan.stdout.contains("para ligar     2") && plan.stdout.contains("Ritmo: "), "\(plan.stdout)")
        #expect(!plan.stdout.contains("to be called"), "\(plan.stdout)")
        let check = try await cli.discador("check", "camp", "--lang", "pt-BR")
        #expect(check.stdout.contains("arquivo da campanha: "), "\(check.stdout)")
        #expect(check.stdout.contains("instância iA: conectada"), "\(check.stdout)")
        let json = try await cli.discador("check", "camp", "--json", "--lang", "pt-BR")
        #expect(json.stdout.contains("\"subject\" : \"campaign file\""), "\(json.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `a question that nobody can answer, and a pause`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let cancel = try await cli.discador("cancel", "camp", "--lang", "pt-BR")
        #expect(cancel.exitCode == 64)
        #expect(cancel.stderr.contains("1 contato de camp seria excluído"), "\(cancel.stderr)")
        let retry = try await cli.discador("retry", "camp", "--where", "state = ready", "--lang", "pt-BR")
        #expect(retry.stdout.contains("não volta à fila: já aguardam"), "\(retry.stdout)")
        #expect(retry.stdout.contains("Nenhum deles pode voltar à fila."), "\(retry.stdout)")
        let pause = try await cli.discador("pause", "camp", "--lang", "pt-BR")
        #expect(pause.stdout.contains("nenhuma ligação é feita até `discador resume camp`"), "\(pause.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `what was recorded in English is told in Portuguese`() async throws {
        let cli = try await CLIFixture(phones: ["5511987650096"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp").exitCode == 3)
        let doubts = try await cli.discador("doubts", "camp", "--lang", "pt-BR")
        #expect(doubts.stdout.contains(", sem resposta: "), "\(doubts.stdout)")
        let why = try await cli.discador("why", "camp", "5511987650096", "--lang", "pt-BR")
        #expect(why.stdout.contains(", sem resposta: "), "\(why.stdout)")
        let json = try await cli.discador("doubts", "camp", "--json", "--lang", "pt-BR")
        #expect(try JSONValue(json.stdout)["doubts"]?[0]?["error"]?.text?.hasPrefix("no reply: ") == true)
        let none = try await cli.discador("retry", "camp", "--where", "attempts = 9", "--lang", "pt-BR")
        #expect(none.stdout.contains("a campanha tem 1 × em dúvida ("), "\(none.stdout)")
        let rule = try await cli.discador("replies", "test", "hoje não me ligue", "--lang", "pt-BR")
        #expect(rule.stdout.hasPrefix("review: frase “não me ligue”, mas com “hoje”. "), "\(rule.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `a run says in Portuguese why no instance can be used`() async throws {
        let cli = try await CLIFixture(phones: ["5511987650086"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try await cli.discador("run", "camp", "--lang", "pt-BR")
        #expect(run.exitCode == 4, "\(run.stderr)")
        #expect(run.stderr.contains("nenhuma instância pode ser usada: iA: "), "\(run.stderr)")
        #expect(run.stderr.contains("um redirecionamento; confira baseURL"), "\(run.stderr)")
        #expect(!run.stderr.contains("misconfigured") && !run.stderr.contains("a redirect"), "\(run.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `the process that holds the database, and the end of a pause`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let service = try await cli.serve()
        let check = try await cli.discador("check", "camp", "--lang", "pt-BR")
        #expect(check.stdout.contains("; em uso pelo processo "), "\(check.stdout)")
        await service.send(SIGTERM)
        #expect(try await service.result().exitCode == 0)
        #expect(try await cli.discador("pause", "camp").exitCode == 0)
        let resume = try await cli.discador("resume", "camp", "--lang", "pt-BR")
        #expect(resume.stdout.contains("camp não está mais pausada (estava pausada desde "), "\(resume.stdout)")
        await cli.simulator.shutdown()
    }
}
