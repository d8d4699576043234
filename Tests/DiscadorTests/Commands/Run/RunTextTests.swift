import Glibc
import TestJSON
import Testing
import ZAPISimulator

/// What a run says, in the language of whoever reads it.
@Suite(.fewAtATime) struct `The words of a run` {
    @Test(arguments: [
        ("en", "camp: 3 of 3 contacts to call through iA and iB", "camp: nobody is waiting to be called."),
        ("pt-BR", "camp: 3 de 3 contatos para ligar por iA e iB", "camp: ninguém aguarda ligação."),
    ])
    func `begin with who is called, how many, and through which instances`(
        language: String, opening: String, nobody: String
    ) async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try await cli.discador("run", "camp", "--lang", language)
        #expect(run.exitCode == 0 && run.stderr.hasPrefix(opening), "\(run.stderr)")
        let again = try await cli.discador("run", "camp", "--lang", language)
        #expect(again.stderr.hasPrefix(nobody), "\(again.stderr)")
        let quiet = try await cli.discador("run", "camp", "--lang", language, "--quiet")
        #expect(quiet.exitCode == 0 && quiet.stderr == "", "\(quiet.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `say until when, with the time zone, where the pace tells`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(60), pace: "{calls: 1, per: 1m}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try cli.start("run", "camp")
        let line = try await run.line(with: "60 of 60 contacts to call")
        #expect(line.contains(", until about ") && line.contains(" (times: "), "\(line)")
        await run.send(SIGINT)
        #expect(try await run.result().exitCode == 130)
        await cli.simulator.shutdown()
    }

    @Test func `end with rates, an example and a remedy for each error, and the commands that come next`() async throws
    {
        let cli = try await CLIFixture(phones: ["11987654301", "11987654393", "21987654393", "11987654397"])
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try await cli.discador("run", "camp", "--lang", "pt-BR")
        #expect(run.exitCode == 3, "\(run.stderr)")
        for text in [
            "Campanha camp", "recusada pela Z-API",
            "p. ex. 5511987654393. Leia o erro. Um número errado se corrige na lista",
            "Quanto a Z-API demorou para responder", "discador retry camp --failed", "2 contatos falharam",
            "discador doubts camp", "1 telefone pode ter tocado",
        ] {
            #expect(run.stdout.contains(text), "\(text) in:\n\(run.stdout)")
        }
        #expect(!run.stdout.contains("in_doubt") && !run.stdout.contains("refused"), "\(run.stdout)")
        let report = try await cli.discador("report", "camp", "--format", "text", "--lang", "pt-BR")
        #expect(report.stdout == run.stdout)
        await cli.simulator.shutdown()
    }

    @Test func `are kept in both languages where they say why a campaign was stopped`() async throws {
        let cli = try await CLIFixture(
            phones: (0..<8).map { "\(5_511_900_000_093 + $0 * 100)" },
            settings: "workers: 1\nbrake: {failures: 50%, over: 4}")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        #expect(try await cli.discador("run", "camp", "--lang", "pt-BR").exitCode == 4)
        let portuguese = try await cli.discador("status", "camp", "--lang", "pt-BR")
        let reason = "parada pelo freio: 4 das últimas 4 ligações falharam"
        #expect(portuguese.stdout.contains(reason), "\(portuguese.stdout)")
        let english = try await cli.discador("status", "camp")
        #expect(english.stdout.contains("stopped by the brake: 4 of the last 4 calls failed"), "\(english.stdout)")
        let document = try JSONValue(try await cli.discador("status", "camp", "--json", "--lang", "pt-BR").stdout)
        let stopped = document["campaigns"]?[0]?["stoppedBecause"]?.text
        #expect(stopped?.hasPrefix("stopped by the brake") == true, "\(document)")
        await cli.simulator.shutdown()
    }

    @Test func `are JSON lines with --progress json, and none with none`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let run = try await cli.discador("run", "camp", "--progress", "json")
        let lines = run.stderr.split(separator: "\n").filter { $0.hasPrefix("{") }
        let documents = try lines.map { try JSONValue(String($0)) }
        #expect(documents.first?["event"] == "start" && documents.last?["event"] == "end", "\(run.stderr)")
        #expect(documents.last?["counts"]?["accepted"] == 3 && documents.last?["campaign"] == "camp")
        let none = try await cli.discador("run", "camp", "--progress", "none")
        #expect(none.exitCode == 0 && !none.stderr.contains("so far"), "\(none.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `of a service are there when it was asked for them`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let service = try cli.start("serve", "camp", "--progress", "plain", "--lang", "pt-BR")
        try await service.wait(for: "camp terminou: 3 aceitas, 0 falharam", count: 1)
        await service.send(SIGTERM)
        let result = try await service.result()
        #expect(result.exitCode == 0 && result.stderr.contains(" camp: 3 de 3, 3 aceitas"), "\(result.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `of a watched status are one JSON document a line`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(3))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let status = try cli.start("status", "camp", "--watch", "--json", "--progress", "json")
        // A refresh says the same on stderr first.
        try await status.wait(for: "\"campaign\":\"camp\"", count: 3)
        await status.send(SIGTERM)
        let lines = try await status.result().stdout.split(separator: "\n")
        #expect(lines.count >= 2)
        for line in lines { #expect(try JSONValue(String(line))["campaigns"]?[0]?["campaign"] == "camp") }
        let nothing = try await cli.discador("status", "camp", "--watch", "--progress", "none")
        #expect(nothing.exitCode == 64, "\(nothing.stderr)")
        await cli.simulator.shutdown()
    }
}
