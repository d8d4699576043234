import CampaignCore
import Testing

@Suite struct ListWithoutHeaderTests {
    private let headless = ListReader.Options.with { $0.hasHeader = false }

    private func options(_ columns: ColumnNames) -> ListReader.Options {
        .with { ($0.hasHeader, $0.columns) = (false, columns) }
    }

    @Test func `the only cell that reads as a phone is the phone, and columns have numbers`() throws {
        let list = try ReadList("\n;;\nAna;(11) 99999-0001;SP\nBia;11999990002\n;;\n", headless)
        #expect(list.columns == ["column1", "column2", "column3"])
        #expect(list.contacts.map(\.phone.text) == ["5511999990001", "5511999990002"])
        #expect(list.contacts.map(\.line) == [3, 4])
        #expect(list.contacts.map(\.own) == [["Ana", "(11) 99999-0001", "SP"], ["Bia", "11999990002"]])
        #expect(list.blankLines == 2)
        #expect(list.blankRows == 1)
        #expect(list.format?.headerLine == nil)
    }

    @Test(arguments: ["2", "column2", "Column 2"])
    func `a column is named by its number, and the first row may be bad`(_ name: String) throws {
        let list = try ReadList("Ana;x\nBia;11999990002\n", options(ColumnNames(phone: name)))
        #expect(list.rejects.map(\.line) == [1])
        #expect(list.contacts.map(\.phone.text) == ["5511999990002"])
    }

    @Test func `a number that lacks its area code counts with the column that has it`() throws {
        let list = try ReadList("11;999990001;Ana\n", options(ColumnNames(name: "3", ddd: "1")))
        #expect(list.contacts.map(\.phone.text) == ["5511999990001"])
        #expect(list.format?.column(.name)?.number == 3)
    }

    @Test func `a row wider than the first is rejected`() throws {
        let list = try ReadList("11999990001;Ana\n11999990002;Bia;sobra\n", headless)
        #expect(list.rejects.map(\.reason) == ["too_many_cells"])
    }

    @Test func `no phone in the first row is an error that shows the cells and the option`() {
        let error = #expect(throws: ListError.self) { try ReadList("Ana;SP;1234\n", headless) }
        #expect(
            error?.description
                == "contatos.csv:1: No cell of the first row is a phone number: 1 \"Ana\", 2 \"SP\", 3 \"1234\"; "
                + "name the column with --columns phone=<column number>.")
    }

    @Test func `two phones in the first row are an error that shows neither whole`() {
        let error = #expect(throws: ListError.self) { try ReadList("11999990001;Ana;(21) 98888-0002\n", headless) }
        #expect(
            error?.description
                == "contatos.csv:1: More than one cell of the first row is a phone number (1, 3): "
                + "1 \"1199•••••••\", 2 \"Ana\", 3 \"(21) 98•••-••••\"; choose a column with --columns phone=1, or several, of "
                + "which the first that can be called is, mobile before fixed, with --columns phone=1,phone=3.")
    }

    @Test(arguments: [
        ("Ana;11999990001\n", ColumnNames(), "phone=2,"), ("Ana;11999990001\n", ColumnNames(phone: "2"), "phone=2,"),
        ("Ana;11999990001\n", ColumnNames(phone: "fone"), "phone=2,"),
        ("11999990001;11999990002\n", ColumnNames(), "phone=<column number>,"),
        ("Casa do Celular;11999990001\n", ColumnNames(), "phone=2,"),
        ("Cliente;Fone: (11) 99999-0001\n", ColumnNames(), "phone=2,"),
        ("Cliente;Tel.: 11999990001 (Ana)\n", ColumnNames(), "phone=2,"),
        ("11;Fone 99999-0001\n", ColumnNames(), "phone=2,"), ("Contato;99999-0001\n", ColumnNames(), "phone=2,"),
        ("Fone +55 11 99999-0001\n", ColumnNames(), "phone=1,"),
    ])
    func `a first row that is a contact is never read over as a header`(
        _ text: String, _ columns: ColumnNames, _ option: String
    ) {
        let error = #expect(throws: ListError.self) { try ReadList(text, columns: columns) }
        #expect(error?.description.contains("import it with --no-header --columns \(option)") == true)
        #expect(error?.description.contains("99999") == false)
    }

    @Test(arguments: [
        "telefone 1;nome", "Fone 2024;nome", "telefone;Vendas 01/01/2024 a 31/01/2024", "telefone;CEP 01234-567",
    ])
    func `a header with digits in it is a header`(_ header: String) throws {
        #expect(try ReadList(header + "\n11999990001;x\n").contacts.count == 1)
    }

    @Test(arguments: ["sep=|", "SEP=|", "\"sep=|\"", "Sep=|||", "\"sep=|\"||"])
    func `Excel's sep= line is understood in any form`(_ line: String) throws {
        let list = try ReadList(line + "\r\nnome|telefone|a;b\r\nAna|11999990001|c;d\r\n")
        #expect(list.contacts.map(\.own) == [["Ana", "11999990001", "c;d"]])
        #expect(list.format?.headerLine == 2)
    }

    @Test(arguments: [0, 1, 2, 3])
    func `lines above the header are left out, and lines keep their numbers`(_ lines: Int) throws {
        let title = ["sep=;\r\n", "Relatório \"de\" telefones;;\r\n", "11 99999-0009\r\n"].prefix(lines).joined()
        let list = try ReadList(title + "nome;telefone\r\nAna;11999990001\r\nBia;x\r\n", .with { $0.skipLines = lines })
        #expect(list.contacts.map(\.phone.text) == ["5511999990001"])
        #expect(list.format?.headerLine == lines + 1)
        #expect(list.rejects.map(\.line) == [lines + 3])
    }

    @Test(arguments: CSVDialect.Encoding.allCases)
    func `lines are left out in every encoding, without a header too`(_ encoding: CSVDialect.Encoding) {
        let options = ListReader.Options.with { ($0.skipLines, $0.hasHeader) = (2, false) }
        let list = ReadList(
            all: encoded("a,b,c\r\n,;\"\n11999990001;Ana\n", as: encoding), options, sample: 5, piece: 3)
        #expect(list.contacts.map(\.line) == [3])
    }

    @Test func `a header that is named is believed, whatever its other names look like`() throws {
        let list = try ReadList("fone;11999990001\n11999990002;x\n", columns: ColumnNames(phone: "fone"))
        #expect(list.contacts.map(\.phone.text) == ["5511999990002"])
    }
}
