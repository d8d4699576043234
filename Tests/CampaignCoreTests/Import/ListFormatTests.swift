import CampaignCore
import Testing

@Suite struct ListFormatTests {
    @Test func `the format says on one line how the list is understood`() throws {
        let text = "\n\"Nome\";Telefone;DDD;Cidade\nConceição;99999-0001;11;SP\n"
        let list = ReadList(all: encoded(text, as: .windows1252))
        let format = try #require(list.format)
        #expect(
            format.description
                == "delimiter ; · Windows-1252 · header on line 2 · phone = Telefone (column 2) · "
                + "name = Nome (column 1) · ddd = DDD (column 3)")
        #expect(format.columns.map(\.meaning) == [.name, .phone, .ddd, nil])
        #expect(format.columns.map(\.number) == [1, 2, 3, 4])
        #expect(format.column(.ddi) == nil)
    }

    @Test func `a list without a header says so`() throws {
        let list = try ReadList("Ana\t11999990001\n", .with { $0.hasHeader = false })
        #expect(list.format?.description == "delimiter tab · UTF-8 · no header · phone = column2 (column 2)")
    }

    @Test func `the dialect is known even where the columns are not`() {
        let list = ReadList(all: encoded("cidade|valor\nSP|1\n", as: .utf16BigEndian, mark: true))
        #expect(list.format == nil)
        #expect(list.dialect?.delimiter == .pipe)
        #expect(list.dialect?.encoding == .utf16BigEndian)
    }

    @Test func `nothing is detected from a few bytes while more may come`() throws {
        var list = ListReader(file: "contatos.csv", options: ListReader.Options(), sample: Array("nome".utf8))
        #expect(list.dialect == nil)
        #expect(try list.next() == nil)
        list.append(Array(";telefone\nAna;11999990001\n".utf8))
        #expect(try list.next() == nil)
        list.finish()
        #expect(try list.next() != nil)
        #expect(list.dialect?.delimiter == .semicolon)
    }

    @Test func `a named delimiter and encoding go before what the bytes look like`() throws {
        let text = "telefone,nome;x\n11999990001,Ana;Zé\n"
        let comma = ReadList(all: Array(text.utf8), .with { ($0.delimiter, $0.encoding) = (.comma, .windows1252) })
        #expect(comma.columns == ["telefone", "nome;x"])
        #expect(comma.contacts.map(\.own.last) == ["Ana;ZÃ©"])
        let semicolon = try ReadList(text, .with { ($0.delimiter, $0.columns.phone) = (.semicolon, "x") })
        #expect(semicolon.columns == ["telefone,nome", "x"])
        let latin = ReadList(
            all: encoded(text, as: .windows1252), .with { ($0.delimiter, $0.encoding) = (.comma, .utf8) })
        #expect(latin.contacts.map(\.own.last) == ["Ana;Z\u{FFFD}"])
    }

    @Test(
        arguments: CSVDialect.Encoding.allCases,
        [CSVDialect.Encoding.utf8, .utf16LittleEndian, .utf16BigEndian, .utf32LittleEndian, .utf32BigEndian])
    func `a byte order mark goes before a named encoding`(_ named: CSVDialect.Encoding, _ real: CSVDialect.Encoding) {
        let text = "telefone;nome\n11999990001;Conceição\n"
        let list = ReadList(all: encoded(text, as: real, mark: true), .with { $0.encoding = named })
        #expect(list.contacts.map(\.own) == [["11999990001", "Conceição"]])
        #expect(list.dialect == CSVDialect(delimiter: .semicolon, encoding: real))
    }
}
