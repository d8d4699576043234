import Foundation
import TestJSON
import Testing
import Workbooks
import ZAPISimulator

/// Reports as workbooks, and what chooses the format of a report.
@Suite(.fewAtATime) struct `A report in a file` {
    @Test func `is a workbook with what the report for programs says, cell by cell`() async throws {
        let cli = try await CLIFixture.dialed()
        let written = try await cli.discador("report", "camp", "-o", "r.xlsx", "--lang", "en")
        #expect(written.exitCode == 0 && written.stderr.contains("Wrote r.xlsx."), "\(written.stderr)")
        let calls = try await Self.jsonLines(cli, [])
        let rows = try Self.sheet("Calls", of: cli.folder.appending(path: "r.xlsx"))
        #expect(rows.count == 1 + calls.count)
        for (row, call) in zip(rows.dropFirst(), calls) {
            #expect(row["A"] == call["contact"]?["nome"]?.text && row["B"] == call["contact"]?["telefone"]?.text)
            #expect(row["C"] == call["phone"]?.text)
            #expect(row["F"] == call["attempts"]?.number.map { "\(Int($0))" })
            #expect(row["G"] == call["zaapId"]?.text && row["J"] == call["error"]?.text)
            #expect((row["L"] == nil) == (call["firstAttemptAt"]?.text == nil))
        }
        #expect(try Self.sheet("Summary", of: cli.folder.appending(path: "r.xlsx"))[0]["A"] == "camp")
        await cli.simulator.shutdown()
    }

    @Test func `has only the chosen contacts, and only their attempts`() async throws {
        let cli = try await CLIFixture.dialed()
        for rows in ["calls", "attempts"] {
            let chosen = try await Self.jsonLines(cli, ["--rows", rows, "--where", "state = failed"])
            let all = try await Self.jsonLines(cli, ["--rows", rows])
            let phones = ["5511987654393", "5521987654393"]
            #expect(chosen.compactMap { $0["phone"]?.text } == phones)
            #expect(chosen == all.filter { phones.contains($0["phone"]?.text ?? "") })
            let path = "\(rows).xlsx"
            let written = try await cli.discador(
                "report", "camp", "--rows", rows, "--where", "state = failed", "-o", path, "--lang", "pt-BR")
            #expect(written.exitCode == 0, "\(written.stderr)")
            let sheet = try Self.sheet(
                rows == "calls" ? "Ligações" : "Tentativas", of: cli.folder.appending(path: path))
            #expect(sheet.count == 1 + phones.count)
        }
        let text = try await cli.discador("report", "camp", "--rows", "attempts", "--where", "state = failed")
        #expect(text.stdout.hasSuffix("\n2 attempts\n"), "\(text.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `has the format that its name says`() async throws {
        let cli = try await CLIFixture.dialed()
        for (name, start) in [
            ("a.xlsx", "PK\u{3}\u{4}"), ("a.XLSX", "PK\u{3}\u{4}"), ("a.csv", "nome,telefone,phone"),
            ("a.json", "{\"version\":1,\"campaign\":"), ("a.jsonl", "{\"contact\":"),
            ("a.ndjson", "{\"contact\":"),
            ("a.txt", "Campaign camp"), ("a.dat", "Campaign camp"), ("a", "Campaign camp"),
        ] {
            let written = try await cli.discador("report", "camp", "-o", name)
            #expect(written.exitCode == 0, "\(name): \(written.stderr)")
            #expect(written.stderr.contains("as text, since nothing says") == ["a.dat", "a"].contains(name), "\(name)")
            let bytes = try Data(contentsOf: cli.folder.appending(path: name))
            #expect(bytes.starts(with: Data(start.utf8)), "\(name)")
        }
        let excel = try await cli.discador("report", "camp", "--excel", "-o", "e.csv")
        #expect(excel.exitCode == 0, "\(excel.stderr)")
        let useless = try await cli.discador("report", "camp", "--excel", "-o", "e.xlsx")
        #expect(useless.exitCode == 0 && useless.stderr.contains("--excel changes nothing"), "\(useless.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `is not written when its name and its format contradict each other`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for (options, path) in [
            (["--format", "csv"], "r.xlsx"), (["--format", "xlsx"], "r.csv"), (["--format", "text"], "r.json"),
            (["--format", "json"], "r.ndjson"), (["--json"], "r.csv"), (["--format", "xlsx"], "r.txt"),
        ] {
            let report = try await Program.run(["report", "camp", "-o", path] + options, in: cli.folder)
            #expect(report.exitCode == 64 && report.stderr.contains(options.joined(separator: " ")), "\(report.stderr)")
            #expect(!FileManager.default.fileExists(atPath: cli.folder.appending(path: path).path))
        }
        for (options, path) in [(["--format", "csv"], "r.txt"), (["--format", "jsonl"], "r.json")] {
            let report = try await Program.run(["report", "camp", "-o", path] + options, in: cli.folder)
            #expect(report.exitCode == 0, "\(report.stderr)")
        }
        await cli.simulator.shutdown()
    }

    @Test func `is an error when the disk is full, and no part of a workbook stays behind`() async throws {
        let cli = try await CLIFixture(phones: CLIFixture.phones(1500))
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        // No file of this process may grow past 8 KiB.
        let limited = try cli.start("report", "camp", "-o", "full.xlsx", shell: "ulimit -f 16")
        let result = try await limited.result()
        #expect(result.exitCode == 74, "\(result.stderr)")
        let names = try FileManager.default.contentsOfDirectory(atPath: cli.folder.path)
        #expect(!names.contains { $0.hasPrefix("full") }, "\(names)")
        #expect(try await cli.discador("report", "camp", "-o", "full.xlsx").exitCode == 0)
        let size = try Data(contentsOf: cli.folder.appending(path: "full.xlsx")).count
        #expect(size > 16_384)
        await cli.simulator.shutdown()
    }

    @Test func `without personal data has none, in every format and of every kind of rows`() async throws {
        let cli = try await CLIFixture.dialed()
        try cli.write("nome;telefone\nZoraide;11987654301\nYolanda;98765\nZoraide;(11) 98765-4301\n", to: cli.list)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        for rows in ["calls", "attempts", "rejects", "duplicates"] {
            for format in ["text", "csv", "json", "jsonl", "xlsx"] {
                let path = "\(rows)-\(format)"
                let written = try await cli.discador(
                    "report", "camp", "--rows", rows, "--format", format, "--anonymise", "-o", path)
                #expect(written.exitCode == 0, "\(written.stderr)")
                let file = cli.folder.appending(path: path)
                let text =
                    format == "xlsx"
                    ? try Self.texts(of: file) : String(decoding: try Data(contentsOf: file), as: UTF8.self)
                for secret in ["Pessoa", "Zoraide", "Yolanda", "98765", "87654", "54301"] {
                    #expect(!text.contains(secret), "\(path): \(text)")
                }
                if rows == "attempts" { #expect(text.contains("p-"), "\(path)") }
            }
        }
        func pseudonyms() async throws -> [String] {
            try await Self.jsonLines(cli, ["--rows", "attempts", "--anonymize"]).compactMap { $0["phone"]?.text }
        }
        let once = try await pseudonyms()
        #expect(Set(once).count == 6)
        #expect(try await Set(pseudonyms()).isDisjoint(with: once))
        await cli.simulator.shutdown()
    }

    private static func jsonLines(_ cli: CLIFixture, _ options: [String]) async throws -> [JSONValue] {
        let report = try await Program.run(
            ["report", "camp", "--format", "jsonl"] + options, in: cli.folder)
        #expect(report.exitCode == 0, "\(report.stderr)")
        return try report.stdout.split(separator: "\n").map { try JSONValue(String($0)) }
    }

    /// The rows of a sheet, each cell by the letters of its column.
    private static func sheet(_ name: String, of file: URL) throws -> [[String: String]] {
        let workbook = try Workbook(path: file.path, temporaryFolder: NSTemporaryDirectory())
        guard let sheet = workbook.sheets.first(where: { $0.name == name }) else { return [] }
        let reader = try workbook.rows(of: sheet)
        var rows: [[String: String]] = []
        while try reader.next() {
            var row: [String: String] = [:]
            for cell in reader.cells { row[SheetCell.columnName(cell.column)] = try reader.string(of: cell) }
            rows.append(row)
        }
        return rows
    }

    private static func texts(of file: URL) throws -> String {
        let workbook = try Workbook(path: file.path, temporaryFolder: NSTemporaryDirectory())
        let names = workbook.sheets.map(\.name)
        return try (names + names.flatMap { try sheet($0, of: file).flatMap(\.values) }).joined(separator: "\n")
    }
}
