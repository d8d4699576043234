import CampaignCore
import Testing

@Suite struct ListErrorTests {
    @Test(arguments: ["", "\n\n  \r\n", "\u{FEFF}"])
    func `an empty list is an error that says what it needs`(_ text: String) {
        let error = #expect(throws: ListError.self) { try ReadList(text) }
        #expect(error == .empty(file: "contatos.csv"))
        #expect(
            error?.description
                == "contatos.csv is empty: it needs a header with column names, and rows.")
    }

    @Test(arguments: [
        ("\n\ncidade;valor\n", "contatos.csv:3: None of the columns \"cidade\", \"valor\" looks like the phone;"),
        (
            "Relatório de clientes;;\n\nEmitido em 26/11/2026;;\nnome;telefone;x\nAna;11999990001;y\n",
            "contatos.csv:1: \"Relatório de clientes\", \"\", \"\" is not the header, which seems to be on line 4: "
                + "skip the lines above it with --skip-lines 3."
        ),
        (
            "Relatório\ncidade;telefone\n",
            "contatos.csv:1: \"Relatório\" is not the header, which seems to be on line 2:"
        ),
        (
            "Clínica Boa, tel. (11) 3333-4444;\nnome;telefone\nAna;11999990001\n",
            "contatos.csv:1: \"Clínica Boa, tel. (11) 3333-4444\", \"\" is not the header, which seems to be on line 2:"
        ),
        (
            "Clientes - Tel: (11) 3333-4444\nnome;telefone\nAna;11987654321\n",
            "contatos.csv:1: \"Clientes - Tel: (11) 3333-4444\" is not the header, which seems to be on line 2: skip "
                + "the lines above it with --skip-lines 1."
        ),
        (
            "Clientes - Tel: (11) 3333-4444\n\n\"nome\"\t\"telefone\"\t\"celular\"\nAna\t1133334444\t11987654321\n",
            "contatos.csv:1: \"Clientes - Tel: (11) 3333-4444\" is not the header, which seems to be on line 3:"
        ),
        ("11;98765-4321\n12;98765-4322\n", "contatos.csv:1: The first row (2 fields) already contains a phone number,"),
        ("cidade;valor\n", "contatos.csv:1: None of the columns \"cidade\", \"valor\" looks like the phone;"),
        ("Ana;11999990001\n", "contatos.csv:1: The first row (2 fields) already contains a phone number,"),
        ("tel;cel\n1;2\n", "contatos.csv:1: More than one column could be the phone: \"tel\", \"cel\""),
        ("nome;\"telefone\n", "contatos.csv:1: The quote that opens on line 1 is not closed where its cell ends;"),
    ])
    func `an error of the whole list names the file, the line, the fault and the remedy`(
        _ text: String, _ sentence: String
    ) {
        let error = #expect(throws: ListError.self) { try ReadList(text) }
        #expect(error?.description.hasPrefix(sentence) == true, "\(error?.description ?? "none")")
        #expect(error?.description.hasSuffix(".") == true)
    }

    @Test func `a title with a phone above rows without a header can be left out`() {
        let error = #expect(throws: ListError.self) {
            try ReadList("Clientes - Tel: (11) 3333-4444\n\nAna;11987654321\n")
        }
        #expect(error?.description.contains("--skip-lines") == true, "\(error?.description ?? "none")")
    }

    @Test func `a column that the campaign names and the list does not have is an error`() {
        let error = #expect(throws: ListError.self) {
            try ReadList("nome;telefone\n", columns: ColumnNames(phone: "fone2"))
        }
        #expect(
            error?.description
                == "contatos.csv:1: No column is called \"fone2\", given for the phone; the file has "
                + "\"nome\", \"telefone\": correct the name, or give the column's number.")
    }

    @Test func `a named column that is only below a title is found there`() {
        let error = #expect(throws: ListError.self) {
            try ReadList("Clientes;\nfone2;nome\n", columns: ColumnNames(phone: "fone2"))
        }
        #expect(error?.description.contains("seems to be on line 2") == true)
    }

    @Test func `a header alone is a list without rows`() throws {
        let list = try ReadList("nome;telefone")
        #expect(list.columns == ["nome", "telefone"])
        #expect(list.rows.isEmpty)
    }

    @Test func `an error stays the same error, whatever the next row looks like`() {
        var list = ListReader(
            file: "contatos.csv", options: ListReader.Options(),
            sample: Array("cidade\n11999990001\n11999990002\n".utf8))
        list.finish()
        for _ in 0..<3 {
            let error = #expect(throws: ListError.self) { try list.next() }
            #expect(error == .columns(file: "contatos.csv", line: 1, .noPhone(columns: ["cidade"])))
        }
    }

    @Test(
        arguments: [
            (NonTextFormat.pdf, Array("%PDF-1.7\n".utf8)), (.gzip, [0x1F, 0x8B, 0x08, 0x00]),
            (.binary, Array((0...255).map { UInt8($0) })),
        ] as [(NonTextFormat, [UInt8])])
    func `a file of another kind is named, with what to do`(_ kind: NonTextFormat, _ bytes: [UInt8]) {
        let error = #expect(throws: ListError.self) { try ReadList(bytes) }
        #expect(error == .noText(file: "contatos.csv", kind))
        #expect(error?.description.hasPrefix("contatos.csv is ") == true)
    }

    @Test func `control characters now and then, and any number of NULs, are text`() throws {
        let rows = (0..<50).map { "Ana\u{1}\u{0}\u{0}\u{0};1199999\(1000 + $0)\n" }.joined()
        #expect(try ReadList("nome;telefone\n" + rows).contacts.count == 50)
    }
}
