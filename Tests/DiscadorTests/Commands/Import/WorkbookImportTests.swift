import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import TestWorkbook
import Testing
import ZAPISimulator

/// Lists that are workbooks (`.xlsx`).
@Suite(.fewAtATime) struct `A list in a workbook` {
    /// A number that is shown as 5,51E+12, one with a date's format, one as text, a formula's, and a cell of two lines.
    private static let rows = [
        row(1, text("Relatório")),
        row(3, text("Nome"), text("Celular"), text("Obs.")),
        row(4, text("Ana"), number("5511987654301"), text("a;\"b\"")),
        row(6, text("Bia"), text("(11) 98765-4302"), text("duas&#10;linhas")),
        row(7, text("Cau"), number("1198765430345"), nil),
        row(8, text("Duda"), formula("11987654304"), nil),
        row(9, text("Eva"), "<c t=\"e\"><v>#N/A</v></c>", nil),
        row(10, text("Flor"), "<c s=\"1\"><v>45000</v></c>", nil),
        row(11, text("Gil"), number("11987654.305"), nil),
        row(12, text("Hugo"), number("-11987654306"), nil),
    ].joined()

    @Test func `is imported like a CSV file, by its stored values and with Excel's row numbers`() async throws {
        let cli = try await CLIFixture(phones: [])
        try Self.write(TestWorkbook(Self.rows, formats: ["dd/mm/yyyy"]), to: cli)
        let title = try await cli.discador("import", "camp", "lista.xlsx")
        #expect(title.exitCode == 65 && title.stderr.contains("  3  Nome;Celular;Obs.\n"), "\(title.stderr)")
        let preview = try await cli.discador("import", "camp", "lista.xlsx", "--skip-lines", "2", "--preview")
        #expect(
            preview.stdout.contains(
                "lista.xlsx: sheet “Lista” · header on row 3 · phone = Celular (column 2) · name = Nome (column 1)"),
            "\(preview.stdout)")
        let json = try JSONValue(
            try await cli.discador("import", "camp", "lista.xlsx", "--skip-lines", "2", "--preview", "--json").stdout)
        #expect(json["lists"]?[0]?["sheet"] == "Lista" && json["lists"]?[0]?["delimiter"] == nil)
        let imported = try JSONValue(
            try await cli.discador("import", "camp", "lista.xlsx", "--skip-lines", "2", "--json").stdout)
        #expect(imported["contacts"] == 3 && imported["lists"]?[0]?["rejected"] == 5, "\(imported)")
        let report = try await cli.discador("report", "camp", "--format", "csv")
        #expect(
            report.stdout.hasPrefix("Nome,Celular,Obs.,phone,"), "\(report.stdout)")
        for line in [
            #"Ana,5511987654301,"a;""b""",5511987654301,ready"#,
            "Bia,(11) 98765-4302,\"duas\nlinhas\",5511987654302,ready",
            "Duda,11987654304,,5511987654304,ready",
        ] {
            #expect(report.stdout.contains(line), "\(report.stdout)")
        }
        let rejects = try await cli.discador("report", "camp", "--rows", "rejects", "--format", "jsonl").stdout
            .split(separator: "\n").map { try JSONValue(String($0)) }
        #expect(rejects.map { $0["rejectedLine"]?.number } == [7, 9, 10, 11, 12], "\(rejects)")
        #expect(
            rejects.map { $0["rejectedReason"]?.text }
                == ["phone_too_long", "phone_letters", "phone_date", "phone_decimals", "phone_decimals"], "\(rejects)")
        let again = try await cli.discador("import", "camp", "lista.xlsx")
        #expect(again.exitCode == 65, "\(again.stderr)")
        #expect(try cli.counts().ready == 3)
        await cli.simulator.shutdown()
    }

    @Test(arguments: [
        // The rows that are called when what is hidden is skipped, and when it is taken.
        ("<row r=\"2\" hidden=\"1\">\(cells("Ana", "11987654301"))</row>", "", ["5511987654302"], "row 2"),
        (
            "<row r=\"2\">\(cells("Ana", "11987654301"))</row>", "<cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols>",
            ["5511987654301", "5511987654302"], "column C"
        ),
    ])
    func `is not imported while it is not said what becomes of what is hidden`(
        _ first: String, _ columns: String, _ skipped: [String], _ place: String
    ) async throws {
        let cli = try await CLIFixture(phones: [])
        let header = Self.row(1, Self.text("nome"), Self.text("telefone"), Self.text("obs"))
        let second = "<row r=\"3\">\(Self.cells("Bia", "11987654302"))</row>"
        try Self.write(TestWorkbook(header + first + second, before: columns), to: cli)
        let refused = try await cli.discador("import", "camp", "lista.xlsx")
        #expect(refused.exitCode == 65 && refused.stderr.contains(place), "\(refused.stderr)")
        #expect(refused.stderr.contains("--hidden skip") && refused.stderr.contains("--hidden take"))
        #expect(throws: (any Error).self) { try cli.counts() }
        let visible = try await cli.discador("import", "camp", "lista.xlsx", "--hidden", "skip")
        #expect(visible.exitCode == 0)
        #expect(visible.stdout.contains("left out: 1 hidden row of the sheet") == first.contains("hidden"))
        #expect(try Self.phones(cli) == skipped)
        let taken = try await cli.discador("import", "camp", "lista.xlsx", "--hidden", "take")
        #expect(taken.exitCode == 0, "\(taken.stderr)")
        #expect(try Set(Self.phones(cli)) == ["5511987654301", "5511987654302"])
        await cli.simulator.shutdown()
    }

    @Test func `with a filter on a table that hides no row is refused like one with a filter on the sheet`()
        async throws
    {
        let cli = try await CLIFixture(phones: [])
        var book = TestWorkbook(
            Self.row(1, Self.text("telefone"), Self.text("situação"))
                + Self.row(2, Self.number("11987654301"), Self.text("ligar"))
                + Self.row(3, Self.number("11987654302"), Self.text("não ligar")))
        book["xl/worksheets/_rels/sheet1.xml.rels"] = TestWorkbook.relation([("table", "../tables/table1.xml")])
        book["xl/tables/table1.xml"] = """
            <table xmlns="\(TestWorkbook.main)" id="1" name="T" displayName="T" ref="A1:B3"><autoFilter ref="A1:B3">\
            <filterColumn colId="1"><filters><filter val="ligar"/></filters></filterColumn></autoFilter></table>
            """
        try Self.write(book, to: cli)
        for choice in [[], ["--hidden", "skip"]] {
            let refused = try await Program.run(
                ["import", "camp", "lista.xlsx"] + choice, in: cli.folder, environment: CLIFixture.environment)
            #expect(refused.exitCode == 65 && refused.stderr.contains("has a filter, but does not say"), "\(refused)")
        }
        #expect(throws: (any Error).self) { try cli.counts() }
        #expect(try await cli.discador("import", "camp", "lista.xlsx", "--hidden", "take").exitCode == 0)
        #expect(try Self.phones(cli) == ["5511987654301", "5511987654302"])
        await cli.simulator.shutdown()
    }

    @Test func `with a filter that hides none of its rows is refused, though another row is hidden`() async throws {
        let cli = try await CLIFixture(phones: [])
        let title = "<row r=\"1\" hidden=\"1\">\(Self.text("interno: 77"))</row>"
        let book = TestWorkbook(
            title + Self.row(2, Self.text("telefone"), Self.text("situação"))
                + Self.row(3, Self.number("11987654301"), Self.text("ligar"))
                + Self.row(4, Self.number("11987654302"), Self.text("não ligar")),
            after: """
                <autoFilter ref="A2:B4"><filterColumn colId="1"><filters><filter val="ligar"/></filters></filterColumn>\
                </autoFilter>
                """)
        try Self.write(book, to: cli)
        let refused = try await cli.discador("import", "camp", "lista.xlsx", "--hidden", "skip")
        #expect(refused.exitCode == 65 && refused.stderr.contains("has a filter, but does not say"), "\(refused)")
        #expect(throws: (any Error).self) { try cli.counts() }
        var applied = book
        applied["xl/worksheets/sheet1.xml"] = book["xl/worksheets/sheet1.xml"]?.replacing(
            "<row r=\"4\"", with: "<row r=\"4\" hidden=\"1\"")
        try Self.write(applied, to: cli)
        let skipped = try await cli.discador("import", "camp", "lista.xlsx", "--hidden", "skip")
        #expect(skipped.exitCode == 0, "\(skipped.stderr)")
        #expect(try Self.phones(cli) == ["5511987654301"])
        await cli.simulator.shutdown()
    }

    @Test func `that has several sheets with rows is read when one is chosen`() async throws {
        let cli = try await CLIFixture(phones: [])
        var book = TestWorkbook(Self.row(1, Self.text("telefone")) + Self.row(2, Self.number("11987654301")))
        book["xl/workbook.xml"] = book["xl/workbook.xml"]?.replacing(
            "</sheets>",
            with: """
                <sheet name="Baixados" sheetId="2" r:id="rId2"/><sheet name="Vazia" sheetId="3" r:id="rId3"/>\
                <sheet name="Oculta" sheetId="4" state="hidden" r:id="rId2"/></sheets>
                """)
        book["xl/_rels/workbook.xml.rels"] = TestWorkbook.relation([
            ("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml"),
            ("worksheet", "worksheets/sheet3.xml"),
        ])
        book["xl/worksheets/sheet2.xml"] = TestWorkbook.sheet(
            Self.row(1, Self.text("telefone")) + Self.row(2, Self.number("11987654302")))
        book["xl/worksheets/sheet3.xml"] = TestWorkbook.sheet("")
        try Self.write(book, to: cli)
        let refused = try await cli.discador("import", "camp", "lista.xlsx")
        #expect(
            refused.exitCode == 65 && refused.stderr.contains("“Lista”, “Baixados”. Say which"), "\(refused.stderr)")
        let unknown = try await cli.discador("import", "camp", "lista.xlsx", "--sheet", "Plan1")
        #expect(unknown.exitCode == 64 && unknown.stderr.contains("“Oculta”"), "\(unknown.stderr)")
        #expect(try await cli.discador("import", "camp", "lista.xlsx", "--sheet", "baixados").exitCode == 0)
        #expect(try Self.phones(cli) == ["5511987654302"])
        #expect(try await cli.discador("import", "camp", "lista.xlsx", "--sheet", "1").exitCode == 0)
        #expect(try Self.phones(cli) == ["5511987654302", "5511987654301"])
        await cli.simulator.shutdown()
    }

    @Test func `is not read from a pipe, nor with the options of a CSV file`() async throws {
        let cli = try await CLIFixture(phones: ["5511987654301"])
        let book = TestWorkbook(Self.row(1, Self.text("telefone")) + Self.row(2, Self.number("11987654301")))
        try Self.write(book, to: cli)
        for (arguments, exitCode, text) in [
            (["camp", "lista.xlsx", "--delimiter", "tab"], 64, "--delimiter is for CSV files"),
            (["camp", "lista.xlsx", "--encoding", "utf-8"], 64, "--encoding is for CSV files"),
            (["camp", "--hidden", "skip"], 64, "--hidden is for workbooks (.xlsx), and"),
            (["camp", "--sheet", "Plan1"], 64, "--sheet is for workbooks (.xlsx), and"),
        ] {
            let result = try await Program.run(
                ["import"] + arguments, in: cli.folder, environment: CLIFixture.environment)
            #expect(result.exitCode == Int32(exitCode) && result.stderr.contains(text), "\(result.stderr)")
        }
        let piped = try await cli.start("import", "camp", "-", shell: "mkfifo p; cat lista.xlsx >p & exec 0<p").result()
        #expect(piped.exitCode == 65 && piped.stderr.contains("standard input or a pipe"), "\(piped.stderr)")
        #expect(try await cli.start("import", "camp", "-", shell: "exec 0<lista.xlsx").result().exitCode == 0)
        await cli.simulator.shutdown()
    }

    @Test(arguments: [
        ("lista.xlsx", "nome;telefone\nAna;11987654301\n", "The file is text and not a workbook"),
        ("lista.xls", "<html><table><tr><td>telefone</td></tr></table></html>", "web page (HTML) that is merely"),
        ("lista.html", "<html><table><tr><td>telefone</td></tr></table></html>", "web page (HTML) and not a list"),
        ("lista.csv", "PK\u{3}\u{4}\u{14}", "cut off"),
    ])
    func `that is something else is named`(_ name: String, _ content: String, _ text: String) async throws {
        let cli = try await CLIFixture(phones: [])
        try cli.write(content, to: cli.folder.appending(path: name))
        let result = try await cli.discador("import", "camp", name)
        #expect(result.exitCode == 65 && result.stderr.contains(text), "\(result.stderr)")
        #expect(result.stderr.contains(name))
        await cli.simulator.shutdown()
    }

    @Test func `whose formulas have no results is refused with the cell`() async throws {
        let cli = try await CLIFixture(phones: [])
        let formula = "<row r=\"2\"><c r=\"A2\"><f>B2&amp;C2</f></c></row>"
        try Self.write(TestWorkbook(Self.row(1, Self.text("telefone")) + formula), to: cli)
        let result = try await cli.discador("import", "camp", "lista.xlsx")
        #expect(
            result.exitCode == 65 && result.stderr.contains("lista.xlsx:2: cell A2 has a formula without a result"),
            "\(result.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `that repeats a long text in every cell is shown in part, and has a limit for each row`() async throws {
        let cli = try await CLIFixture(phones: [])
        let shared = "<si><t>\(String(repeating: "ç", count: 32_000))</t></si>"
        func book(_ width: Int) -> TestWorkbook {
            let header = Self.row(1, Self.text("telefone"), Self.text("obs"))
            let cells = String(repeating: "<c t=\"s\"><v>0</v></c>", count: width)
            return TestWorkbook(
                header
                    + "<row r=\"2\">\(Self.number("11987654301"))\(cells)</row><row r=\"3\">\(Self.number("1"))\(cells)</row>",
                texts: shared)
        }
        try Self.write(book(1), to: cli)
        let preview = try await cli.discador("import", "camp", "lista.xlsx", "--preview", "--json")
        #expect(preview.stdout.utf8.count < 20_000)
        let rows = try JSONValue(preview.stdout)["lists"]?[0]?["rows"]
        #expect(rows?[0]?["own"]?[1]?.text == String(repeating: "ç", count: 1000) + "…", "\(preview.stderr)")
        #expect(rows?[1]?["own"]?[0] == "1" && rows?[1]?["own"]?[1]?.text?.count == 1001)
        #expect(try await cli.discador("import", "camp", "lista.xlsx").exitCode == 0)
        let report = try await cli.discador("report", "camp", "--format", "csv")
        #expect(report.stdout.contains(String(repeating: "ç", count: 32_000)))
        try Self.write(book(200), to: cli)
        let refused = try await cli.discador("import", "camp", "lista.xlsx")
        #expect(
            refused.exitCode == 65 && refused.stderr.contains("row 2 has more than 8388608 bytes"), "\(refused.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `of numbers blocks them`() async throws {
        let cli = try await CLIFixture(phones: ["5511987654301", "5511987654302"])
        let book = TestWorkbook(Self.row(1, Self.text("telefone")) + Self.row(2, Self.number("11987654301")))
        try Self.write(book, to: cli)
        #expect(try await cli.discador("block", "import", "lista.xlsx").exitCode == 0)
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let counts = try cli.counts()
        #expect(counts.ready == 1 && counts.excluded == 1)
        await cli.simulator.shutdown()
    }

    // MARK: Cells

    private static func write(_ book: TestWorkbook, to cli: CLIFixture) throws {
        try Data(book.archive.bytes).write(to: cli.folder.appending(path: "lista.xlsx"))
    }

    private static func phones(_ cli: CLIFixture) throws -> [String] {
        var phones: [String] = []
        try StoreReader(path: cli.database).forEachContact(campaign: "camp") { phones.append($0.phone.text) }
        return phones
    }

    /// A row whose cells are given without their places; nil leaves one out.
    private static func row(_ number: Int, _ cells: String?...) -> String {
        let named = zip("ABCDE", cells).compactMap { column, cell in
            cell?.replacing("<c ", with: "<c r=\"\(column)\(number)\" ")
        }
        return "<row r=\"\(number)\">\(named.joined())</row>"
    }

    private static func cells(_ name: String, _ phone: String) -> String { text(name) + number(phone) + text("x") }

    private static func text(_ text: String) -> String {
        "<c t=\"inlineStr\"><is><t>\(text.replacing("\"", with: "&quot;"))</t></is></c>"
    }

    private static func number(_ digits: String) -> String { "<c t=\"n\"><v>\(digits)</v></c>" }

    private static func formula(_ result: String) -> String { "<c t=\"str\"><f>A1</f><v>\(result)</v></c>" }
}
