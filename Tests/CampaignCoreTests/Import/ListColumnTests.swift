import CampaignCore
import Testing

/// Rows whose number comes from several cells, or is more than one.
@Suite struct ListColumnTests {
    @Test(arguments: ["31", "62", "49", "43", "351", "44"])
    func `a whole number of the campaign's country is not dialed in another one`(_ ddi: String) throws {
        let list = try ReadList("ddi;telefone\n\(ddi);11987654344\n")
        #expect(list.contacts.isEmpty)
        #expect(list.rejects.count == 1)
    }

    @Test(arguments: [
        ("54", "1155551234", "541155551234"), ("1", "4155552671", "14155552671"),
        ("86", "13912345678", "8613912345678"),
        ("49", "15123456789", "4915123456789"), ("49", "15912345678", "4915912345678"),
        ("62", "81912345678", "6281912345678"), ("39", "3471234567", "393471234567"),
        ("52", "5512345678", "525512345678"), ("55", "11987654344", "5511987654344"),
        ("49", "+5511987654344", ""),
    ])
    func `a number that looks like one of the row's country is`(_ ddi: String, _ phone: String, _ read: String) throws {
        let list = try ReadList("ddi;telefone\n\(ddi);\(phone)\n")
        #expect(list.contacts.map(\.phone.text) == (read.isEmpty ? [] : [read]))
    }

    @Test func `an area code in its own column goes before the number that lacks it`() throws {
        let list = try ReadList(
            "nome;DDD;telefone\nAna;11;99999-0001\nBia;;(21) 98888-0002\nCá;31;5531977770003\nDé;;999990004\nÉl;31;5541977770005\n"
        )
        #expect(list.contacts.map(\.phone.text) == ["5511999990001", "5521988880002", "5531977770003"])
        #expect(list.contacts.first?.own == ["Ana", "11", "99999-0001"])
        #expect(list.rejects.map(\.reason) == ["phone_no_ddd", "phone_contradiction"])
    }

    @Test func `a column named area that contains something else does no harm`() throws {
        let list = try ReadList("área;telefone\nComercial;11999990001\n;11999990002\n")
        #expect(list.contacts.count == 2)
    }

    @Test func `an area in square meters is not an area code, and is respected where it may be one`() throws {
        let list = try ReadList(
            "Área;telefone\n85;98765-0001\n85;(11) 98765-0002\n120;11987650003\n11;55 98765-0004\n55;55 98765-0005\n")
        #expect(list.contacts.map(\.phone.text) == ["5511987650002", "5511987650003", "5555987650005"])
        #expect(list.rejects.map(\.reason) == ["phone_no_ddd", "phone_contradiction"])
        #expect(list.rejects.first?.suggestion.contains("--columns ddd=Área") == true)
        let named = try ReadList("Área;telefone\n85;98765-0001\n", columns: ColumnNames(ddd: "Área"))
        #expect(named.contacts.map(\.phone.text) == ["5585987650001"])
    }

    @Test func `a program's own number of a country is not a calling code, unless the column is named as one`() throws {
        let text =
            "codigo do pais;telefone\n1;31 98765-0001\n1;(21) 3333-4444\n1;415 555 2671\n55;11987650004\n+351;912345678\n"
        let list = try ReadList(text)
        #expect(list.contacts.map(\.phone.text) == ["5511987650004", "351912345678"])
        #expect(list.rejects.map(\.reason) == ["ddi_unclear", "ddi_unclear", "ddi_unclear"])
        #expect(
            list.rejects.first?.suggestion.contains("--columns 'ddi=codigo do pais', or --columns ddi=none") == true)
        let named = try ReadList(text, columns: ColumnNames(ddi: "codigo do pais"))
        #expect(named.contacts.map(\.phone.text) == ["14155552671", "5511987650004", "351912345678"])
        #expect(named.rejects.map(\.reason) == ["phone_too_long", "phone_unknown_ddd"])
        let declined = try ReadList(text, columns: ColumnNames(ddi: "none"))
        #expect(declined.contacts.map(\.phone.text).prefix(3) == ["5531987650001", "552133334444", "5511987650004"])
    }

    @Test(arguments: [
        ("55", "+351 912 345 678", "phone_contradiction"), ("351", "+55 11 98765-0001", "phone_contradiction"),
        ("55", "00351912345678", "phone_contradiction"), ("1", "31 98765-0001", "phone_too_long"),
        ("55", "4915112345678", "phone_too_long"), ("351", "11987650001", "phone_too_long"),
    ])
    func `a number that contradicts its calling code is refused, and no third country is guessed`(
        _ ddi: String, _ phone: String, _ reason: String
    ) throws {
        let list = try ReadList("ddi;telefone\n\(ddi);\(phone)\n")
        #expect(list.rejects.map(\.reason) == [reason])
    }

    @Test func `a calling code in its own column decides the country of its row`() throws {
        let list = try ReadList(
            "ddi;telefone\n351;912345678\n;11999990001\n55;11999990002\n+351;912345679\n  ;11999990003\nBrasil;11999990004\n"
        )
        #expect(
            list.contacts.map(\.phone.text) == [
                "351912345678", "5511999990001", "5511999990002", "351912345679", "5511999990003",
            ])
        #expect(list.rejects.map(\.reason) == ["ddi_invalid"])
        #expect(list.rejects.map(\.line) == [7])
        #expect(list.rejects.first?.suggestion.contains("55") == true)
    }

    @Test func `any number of different calling codes is read, right or wrong`() throws {
        let rows = (0..<300).map { "x\($0);11999990001\n55;11\(999_990_000 + $0)\n351;91234\(5000 + $0)\n" }
        let list = try ReadList("ddi;telefone\n" + rows.joined())
        #expect(list.rejects.count == 300)
        #expect(list.contacts.count == 600)
    }

    @Test func `country and area code together make a number`() throws {
        let list = try ReadList("ddi;ddd;telefone\n55;11;999990001\n", country: "351")
        #expect(list.contacts.map(\.phone.text) == ["5511999990001"])
    }

    @Test func `a column is also named by its number, when no column has that name`() throws {
        let text = "telefone;recado;2\n11999990001;11999990002;11999990003\n"
        #expect(try ReadList(text, columns: ColumnNames(phone: "1")).contacts.map(\.phone.text) == ["5511999990001"])
        #expect(try ReadList(text, columns: ColumnNames(phone: "2")).contacts.map(\.phone.text) == ["5511999990003"])
        #expect(throws: ListError.self) { try ReadList(text, columns: ColumnNames(phone: "4")) }
        #expect(throws: ListError.self) { try ReadList(text, columns: ColumnNames(phone: "0")) }
    }

    @Test func `several numbers in a cell are several contacts where that is wanted`() throws {
        let text =
            "nome;telefone\nAna;11999990001 / 11999990002\nBia;11999990003 / 1199\nCá;11/11999990004\nDé;11999990005\n"
        let list = try ReadList(text, .with { $0.splitsCells = true })
        #expect(list.contacts.map(\.phone.text).sorted().prefix(2) == ["5511999990001", "5511999990002"])
        #expect(
            list.contacts.map(\.own).prefix(2) == [
                ["Ana", "11999990001 / 11999990002"], ["Ana", "11999990001 / 11999990002"],
            ])
        #expect(list.rows.count == 4 + list.extras)
        let ana = list.contacts.filter { $0.line == 2 }
        #expect(ana.map(\.isExtra) == [false, true])
        let bia = list.rejects.filter { $0.line == 3 }
        #expect(bia.map(\.isExtra) == [true])
        #expect(bia.map { String(decoding: $0.raw, as: UTF8.self) } == ["Bia;11999990003 / 1199"])
        #expect(list.contacts.contains { $0.line == 5 && $0.phone.text == "5511999990005" && !$0.isExtra })
    }

    @Test func `several numbers in a cell are one reject where it is not wanted`() throws {
        let list = try ReadList("nome;telefone\nAna;11999990001 / 11999990002\n")
        #expect(list.rejects.map(\.reason) == ["phone_two_numbers"])
        #expect(list.extras == 0)
    }

    @Test func `a bad ring duration rejects a row with several numbers once`() throws {
        let text = "telefone;duracao\n11999990001 / 11999990002;99\n11999990001 / 11999990002;7\n"
        let list = try ReadList(text, .with { $0.splitsCells = true })
        #expect(list.rejects.map(\.reason) == ["call_duration_invalid"])
        #expect(list.contacts.map(\.callDuration) == [7, 7])
    }

    @Test func `landlines are refused where only mobile numbers are wanted`() throws {
        let text = "ddi;telefone\n;1133334444\n55;1133334444\n55;11999990001\n"
        let list = try ReadList(text, .with { $0.allowsLandlines = false })
        #expect(list.rejects.map(\.reason) == ["phone_landline", "phone_landline"])
        #expect(list.contacts.count == 1)
    }

    @Test func `the columns of an export of rejects are not kept when it comes back`() throws {
        let text = """
            nome;telefone;rejectedFile;rejectedLine;rejectedReason;rejectedSuggestion
            Ana;11999990001;a.csv;7;phone_letters;Fix it.
            Bia;x;a.csv;8;phone_letters;Fix it.
            Cá;11999990002
            Dé;x;a.csv;9;phone_letters;Fix it.;sobra
            """
        let list = try ReadList(text)
        #expect(list.columns == ["nome", "telefone"])
        #expect(list.contacts.map(\.own) == [["Ana", "11999990001"], ["Cá", "11999990002"]])
        #expect(list.rejects.map(\.own) == [["Bia", "x"], ["Dé", "x", "sobra"]])
        #expect(list.rejects.map(\.reason) == ["phone_letters", "too_many_cells"])
        #expect(
            list.rejects.first.map { String(decoding: $0.raw, as: UTF8.self) } == "Bia;x;a.csv;8;phone_letters;Fix it.")
        #expect(list.format?.columns.map(\.isKept) == [true, true, false, false, false, false])
    }

    @Test func `an export of rejects says which of its columns is what, and only an option says otherwise`() throws {
        let text = """
            a;b;"c, d";rejectedFile;rejectedLine;"rejectedColumns: phone=b,phone=""c, d"",name=a"
            Ana;11999990001;;a.csv;7;
            Bia;;11999990002;a.csv;8;
            """
        let list = try ReadList(text, .with { $0.columns.phone = "a" })
        #expect(list.contacts.map(\.phone.text) == ["5511999990001", "5511999990002"])
        #expect(list.columns == ["a", "b", "c, d"])
        let names = try #require(list.format?.columnNames)
        #expect(names.text == "phone=b,phone=\"c, d\",name=a")
        #expect(try ColumnNames(parsing: names.text) == names)
        let other = try ReadList(
            text,
            .with {
                $0.columnsOfOption.phone = "c, d"
                $0.columns = $0.columnsOfOption
            })
        #expect(other.contacts.map(\.phone.text) == ["5511999990002"])
        // Elsewhere it is a column like any other.
        let plain = text.replacing("rejectedFile", with: "arquivo").replacing("rejectedLine", with: "linha")
        #expect(ReadList(all: Array(plain.utf8)).error != nil)
    }

    @Test func `the cells of an export of rejects lose what made them safe for a spreadsheet`() throws {
        let text = #"""
            telefone;cpf;obs;nota;saldo;rejectedFile
            ="011999990001";="01234567890";'=soma;'aspas;-5;a.csv
            """#
        #expect(
            try ReadList(text).contacts.map(\.own) == [["011999990001", "01234567890", "=soma", "'aspas", "-5"]])
        // In any other list they are ordinary text.
        let other = text.replacing("rejectedFile", with: "arquivo")
        #expect(try ReadList(other).contacts.map(\.own[1]) == ["=\"01234567890\""])
    }
}
