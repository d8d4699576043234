import CampaignCore
import Foundation
import TestJSON
import Testing
import ZAPISimulator

@Suite(.fewAtATime) struct `The command report` {
    @Test(arguments: [("calls", 6), ("attempts", 6), ("rejects", 1), ("duplicates", 2)])
    func `has one row for each of what it is asked for, in every format`(rows: String, count: Int) async throws {
        let cli = try await CLIFixture.dialed()
        try cli.write("nome;telefone\nA;11987654301\nB;98765-4302\nC;(11) 98765-4301\n", to: cli.list)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        func report(_ format: String) async throws -> String {
            let report = try await cli.discador("report", "camp", "--rows", rows, "--format", format)
            #expect(report.exitCode == 0, "\(report.stderr)")
            return report.stdout
        }
        #expect(try await report("csv").components(separatedBy: "\r\n").count == 1 + count + 1)
        let lines = try await report("jsonl").split(separator: "\n").map { try JSONValue(String($0)) }
        #expect(lines.count == count)
        let document = try JSONValue(try await report("json"))
        #expect(document["campaign"] == "camp" && document[rows]?.count == count)
        #expect(cli.simulator.ledger().count { $0.endpoint == "send-call" } == 6)
        await cli.simulator.shutdown()
    }

    @Test func `exits with 64 for options that do not go together, and with 65 for an unknown campaign`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for options in [["--excel"], ["--force"], ["--format", "xml"], ["--rows", "calls", "--rows", "people"]] {
            let report = try await Program.run(["report", "camp"] + options, in: cli.folder)
            #expect(report.exitCode == 64 && report.stdout.isEmpty, "\(options): \(report.stdout)")
        }
        for (options, sentence) in [
            (["--excel"], "--excel exige --format csv."), (["--force"], "--force exige --output."),
            (["-o", "r.pdf"], "Nenhum relatório é um arquivo .pdf:"),
            (["--format", "csv", "-o", "r.xlsx"], "--format csv não grava um arquivo .xlsx:"),
            (["--by", "nome"], "--by exige --format html, e nenhum --rows."),
            (["--format", "html", "--by", "cor"], "nenhuma lista da campanha tem a coluna “cor”; as colunas são nome"),
        ] {
            let report = try await Program.run(["report", "camp", "--lang", "pt-BR"] + options, in: cli.folder)
            #expect(report.exitCode == 64 && report.stderr.contains(sentence), "\(options): \(report.stderr)")
        }
        let written = try await cli.discador("report", "camp", "-o", "resumo", "--lang", "pt-BR")
        #expect(written.stderr.contains("resumo gravado em texto, porque nada indica"), "\(written.stderr)")
        let unknown = try await cli.discador("report", "nowhere")
        #expect(unknown.exitCode == 65 && unknown.stderr.contains("nowhere") && unknown.stdout.isEmpty)
        await cli.simulator.shutdown()
    }
}

@Suite(.fewAtATime) struct `The report as a page, by the program` {
    @Test func `has the figures of the other formats, in the campaign's words and language`() async throws {
        let cli = try await CLIFixture.dialed()
        try cli.write("nome;telefone;Médico\nA;11987654301;Ana\nB;98765-4302;Rui\n", to: cli.list)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let file = cli.folder.appending(path: "r.html")
        func page(_ options: String...) async throws -> String {
            let report = try await Program.run(
                ["report", "camp", "--db", cli.database, "-o", "r.html", "--force"] + options, in: cli.folder)
            #expect(report.exitCode == 0, "\(report.stderr)")
            return try String(contentsOf: file, encoding: .utf8)
        }
        let english = try await page("--by", "médico", "--lang", "en")
        let document = try JSONValue(try await cli.discador("report", "camp", "--format", "json").stdout)
        let contacts = try #require(document["calls"]?.count)
        #expect(english.contains("<b>\(contacts)</b>") && !english.contains("class=\"wrong\""))
        #expect(english.contains("<h2>By Médico</h2>") && english.contains("no area code"))
        // The settings of the run, without its secrets.
        #expect(english.contains("<td>workers</td>") && !english.contains("secret-"))
        let portuguese = try await page("--lang", "pt-BR")
        #expect(portuguese.contains("<html lang=\"pt-BR\">") && portuguese.contains("Conferência das somas"))
        #expect(!portuguese.contains("<h2>Por Médico</h2>"))
        for (options, words) in [
            (["--by", "Médico"], "--by needs --format html"), (["--by", "x", "--format", "html"], "no list"),
            (["--by", "Médico", "--format", "html", "--anonymise"], "--anonymise"),
            (["-o", "r.pdf"], ".html for a page"), (["--lang", "fr"], "'fr' is invalid"),
        ] {
            let refused = try await Program.run(["report", "camp", "--db", cli.database] + options, in: cli.folder)
            #expect(refused.exitCode == 64 && refused.stderr.contains(words), "\(options): \(refused.stderr)")
        }
        await cli.simulator.shutdown()
    }
}
