import CampaignCore
import CampaignStore
import Foundation
import TestJSON
import TestWorkbook
import Testing
import ZAPISimulator

/// What an import says about phones, kinds of numbers and rejected cells.
@Suite(.fewAtATime) struct `Phone columns of a list` {
    private static let rows = """
        Nome;Celular;Fone Res.
        Ana;11987654301;1133334444
        Bia;;1133334445
        Cau;x;11987654303
        Duda;98765-4304;

        """

    @Test func `several of them are one contact a row, and the import says what they have`() async throws {
        let cli = try await CLIFixture(phones: [])
        try cli.write(Self.rows, to: cli.list)
        let ambiguous = try await cli.discador("import", "camp")
        #expect(ambiguous.exitCode == 65)
        #expect(ambiguous.stderr.contains("error: camp/contatos.csv:1: More than one column"), "\(ambiguous.stderr)")
        #expect(ambiguous.stderr.contains("phone: [\"Celular\", \"Fone Res.\"]"), "\(ambiguous.stderr)")
        try cli.change { $0 + "\ncolumns: {phone: [Celular, Fone Res.]}\n" }

        let preview = try await cli.discador("import", "camp", "--preview")
        let imported = try await cli.discador("import", "camp")
        for (output, indent) in [(preview.stdout, "  "), (imported.stdout, "")] {
            let lines = """
                camp/contatos.csv: 4 rows: 3 added, 0 duplicates, 1 rejected, 0 blank
                  phone = “Celular” (column 2), “Fone Res.” (column 3): 2 mobile, 1 fixed; 1 further number of the same people
                    “Celular”: 1 mobile, 0 fixed, 1 unusable beside another number
                    “Fone Res.”: 1 mobile, 2 fixed
                  1 × rejected: phone_no_ddd
                  line 5: “98765-4304”, phone_no_ddd: "Celular": Write the area code (in Brazil the two-digit DDD) in front \
                of the number.
                """.split(separator: "\n").map { indent + $0 }.joined(separator: "\n")
            #expect(output.contains(lines), "\(output)")
        }
        #expect(preview.stdout.contains("line 2: call 5511987654301 (further: 551133334444)"), "\(preview.stdout)")
        #expect(preview.stdout.contains("phone = Celular (column 2), Fone Res. (column 3)"), "\(preview.stdout)")
        #expect(imported.stdout.contains("Rejected rows: camp/camp.rejects.csv ("), "\(imported.stdout)")

        try cli.write(Self.rows + "Eva;11987654305;\n", to: cli.list)
        let list = try JSONValue(try await cli.discador("import", "camp", "--json").stdout)["lists"]?[0]
        #expect(list?["added"] == 1 && list?["accepted"] == 1)
        #expect(list?["mobile"] == 3 && list?["fixed"] == 1 && list?["unknownKind"] == 0 && list?["further"] == 1)
        #expect(list?["phoneColumns"]?[1]?["name"] == "Fone Res." && list?["phoneColumns"]?[1]?["fixed"] == 2)
        #expect(list?["rejectsShown"]?[0]?["line"] == 5 && list?["rejectsShown"]?[0]?["cell"] == "98765-4304")
        #expect(list?["rejectsShown"]?[0]?["column"] == "Celular")
        await cli.simulator.shutdown()
    }

    @Test func `an option names them in the order that counts, or switches a column off`() async throws {
        let cli = try await CLIFixture(phones: [])
        try cli.write("a;b;duração\n11987654301;11987654302;x\n", to: cli.list)
        let columns = "phone=b,phone=a,duration=none"
        let list = try JSONValue(
            try await cli.discador("import", "camp", "--columns", columns, "--preview", "--json").stdout)["lists"]?[0]
        #expect(list?["rows"]?[0]?["phone"] == "5511987654302")
        #expect(list?["rows"]?[0]?["further"]?[0] == "5511987654301")
        let refused = try await cli.discador("import", "camp", "--columns", "phone=none")
        #expect(refused.exitCode == 65 && refused.stderr.contains("cannot be switched off"), "\(refused.stderr)")
        await cli.simulator.shutdown()
    }

    @Test func `rejected rows that were corrected are read by the columns that their list was read by`() async throws {
        let cli = try await CLIFixture(phones: [])
        try cli.write(Self.rows, to: cli.list)
        let columns = "phone=Celular,phone=Fone Res.,name=none"
        let imported = try await cli.discador("import", "camp", "--columns", columns)
        #expect(imported.exitCode == 0, "\(imported.stderr)")
        let rejects = cli.folder.appending(path: "camp/camp.rejects.csv")
        let text = try String(contentsOf: rejects, encoding: .utf8)
        #expect(text.contains(#";"rejectedColumns: phone=Celular,phone=Fone Res.,name=none""#), "\(text)")
        try cli.write(text.replacing("98765-4304", with: "11 98765-4304"), to: rejects)
        let taken = try await cli.discador("import", "camp", rejects.path, "--json")
        #expect(taken.exitCode == 0, "\(taken.stderr)")
        #expect(try JSONValue(taken.stdout)["lists"]?[0]?["accepted"] == 1, "\(taken.stdout)")
        #expect(try StoreReader(path: cli.database).ownColumns(campaign: "camp") == ["Nome", "Celular", "Fone Res."])
        await cli.simulator.shutdown()
    }

    @Test func `every one of them is blocked by a list of numbers that are not to be called`() async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "1133334444", "11987654303"])
        let list = cli.folder.appending(path: "stop.csv")
        try cli.write(Self.rows, to: list)
        let blocked = try await cli.discador(
            "block", "import", "stop.csv", "--columns", "phone=Celular,phone=Fone Res.")
        // A number that could not be read is not protected: it is named, beside another one, too.
        #expect(blocked.exitCode == 65, "\(blocked.stderr)")
        #expect(blocked.stderr.contains("stop.csv:4: phone_letters"), "\(blocked.stderr)")
        #expect(blocked.stderr.contains("stop.csv:5: phone_no_ddd"), "\(blocked.stderr)")
        #expect(try await cli.discador("import", "camp").exitCode == 0)
        let counts = try cli.counts()
        #expect(counts.excluded == 3 && counts.ready == 0, "\(counts)")
        await cli.simulator.shutdown()
    }

    @Test func `rows of a sheet are called rows, in the hint as well`() async throws {
        let cli = try await CLIFixture(phones: [])
        func cell(_ text: String) -> String { "<c t=\"inlineStr\"><is><t>\(text)</t></is></c>" }
        func row(_ number: Int, _ cells: String...) -> String {
            "<row r=\"\(number)\">\(cells.map(cell).joined())</row>"
        }
        let sheet = row(1, "fone", "celular") + row(2, "1133334444", "11987654301") + row(4, "x", "z")
        let file = cli.folder.appending(path: "lista.xlsx")
        try Data(TestWorkbook(sheet).archive.bytes).write(to: file)
        let ambiguous = try await cli.discador("import", "camp", "lista.xlsx")
        #expect(
            ambiguous.stderr.contains(
                "In the first 2 rows: \"fone\": 0 mobile, 1 fixed, 1 neither; \"celular\": 1 mobile, 0 fixed, 1 neither. "
                    + "Choose one with --columns phone=celular"), "\(ambiguous.stderr)")
        let columns = "phone=celular,phone=fone"
        let preview = try await cli.discador("import", "camp", "lista.xlsx", "--columns", columns, "--preview")
        #expect(preview.stdout.contains("row 2: call 5511987654301"), "\(preview.stdout)")
        #expect(preview.stdout.contains("row 4: rejected") && !preview.stdout.contains("line 4"), "\(preview.stdout)")
        #expect(preview.stdout.contains("row 4: “z”, phone_letters: \"celular\":"), "\(preview.stdout)")
        await cli.simulator.shutdown()
    }

    @Test func `a list in another code page is pointed out, and read when that is named`() async throws {
        let cli = try await CLIFixture(phones: [])
        try Data(Array("nome;fone\nJos".utf8) + [0x82] + Array(";11987654301\n".utf8)).write(to: cli.list)
        let guessed = try await cli.discador("import", "camp", "--preview")
        #expect(guessed.stdout.contains("its names look like CP850"), "\(guessed.stdout)")
        let named = try await cli.discador("import", "camp", "--preview", "--encoding", "CP850")
        #expect(named.stdout.contains("José | 11987654301"), "\(named.stdout)")
        #expect(!named.stdout.contains("look like"))
        await cli.simulator.shutdown()
    }

    @Test(arguments: [
        ("camp", "", "camp/"), ("camp/campaign.yml", "", "camp/"), ("../camp", "camp", "../camp/"), (".", "camp", ""),
    ])
    func `files beside the campaign file are named as the user named it`(
        _ argument: String, _ folder: String, _ shown: String
    ) async throws {
        let cli = try await CLIFixture(phones: ["11987654301", "x"])
        let result = try await Program.run(
            ["import", argument, "--db", cli.database], in: cli.folder.appending(path: folder),
            environment: CLIFixture.environment)
        #expect(result.exitCode == 0, "\(result.stderr)")
        #expect(result.stdout.hasPrefix("\(shown)contatos.csv: 2 rows"), "\(result.stdout)")
        #expect(result.stdout.contains("Rejected rows: \(shown)camp.rejects.csv ("), "\(result.stdout)")
        await cli.simulator.shutdown()
    }
}
