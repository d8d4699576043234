import CampaignCore
import Testing

/// Several columns that are phones of one person.
@Suite struct PhoneColumnTests {
    private func columns(_ header: [String], _ phones: [String], ddd: String? = nil) throws(ColumnError)
        -> ContactColumns
    {
        var names: [ContactColumn: String] = [.phone: phones[0]]
        names[.ddd] = ddd
        return try ColumnMatcher(explicit: names, furtherPhones: Array(phones.dropFirst())).match(header: header)
    }

    @Test func `the phones are in the order in which they were named`() throws {
        let found = try columns(["nome", "Fone Res.", "Celular", "Trabalho"], ["celular", "FONE RES", "4"])
        #expect(found.phones == [2, 1, 3])
        #expect(found.phoneNames == ["Celular", "Fone Res.", "Trabalho"])
        #expect(found.name == 0)
    }

    @Test func `a column is named once`() {
        #expect(throws: ColumnError.sharedColumn(.phone, .phone, name: "fone")) {
            try columns(["nome", "fone", "cel"], ["fone", "cel", "Fone"])
        }
        #expect(throws: ColumnError.sharedColumn(.phone, .phone, name: "fone")) {
            try columns(["nome", "fone", "cel"], ["fone", "2"])
        }
        #expect(ColumnError.sharedColumn(.phone, .phone, name: "fone").description.contains("named twice"))
        #expect(throws: ColumnError.notFound(.phone, name: "zap", columns: ["fone", "cel"])) {
            try columns(["fone", "cel"], ["fone", "zap"])
        }
    }

    @Test(arguments: [["none"], ["NONE"], ["fone", "none"]])
    func `the phone cannot be switched off`(_ phones: [String]) throws {
        let error = try #require(throws: ColumnError.self) { try columns(["nome", "fone"], phones) }
        #expect(phones.count > 1 || error == .noPhoneWanted && error.description.contains("phone=none"))
        // Unless a column is called so.
        #expect(try columns(["nome", "none", "fone"], phones).phones.contains(1))
    }

    @Test(arguments: [ContactColumn.name, .callDuration, .callAudioUrl, .notBefore, .ddd, .ddi])
    func `every other column can be switched off`(_ column: ContactColumn) throws {
        let header = ["fone", "nome", "duração", "url do áudio", "não antes", "ddd", "ddi"]
        #expect(try ColumnMatcher().match(header: header)[column] != nil)
        #expect(try ColumnMatcher(explicit: [column: "None"]).match(header: header)[column] == nil)
    }

    @Test(arguments: [(["ddd", "fone", "ddd_2", "cel"], "ddd"), (["ddd", "fone", "ddd celular", "cel"], nil)])
    func `one of several area codes is not taken for several phones`(_ header: [String], _ ddd: String?) throws {
        let error = try #require(throws: ColumnError.self) { try columns(header, ["cel", "fone"], ddd: ddd) }
        #expect(
            error == .codesOfSeveralPhones(.ddd, places: [0, 2], phones: [3, 1], columns: header), "\(error)")
        #expect(error.description.contains("--columns ddd=none"))
        #expect(try columns(header, ["cel", "fone"], ddd: "none").ddd == nil)
        #expect(try columns(["ddd", "fone", "cel"], ["cel", "fone"]).ddd == 0)
    }

    @Test(arguments: [
        ("DDD CEL", "DDD FONE"), ("DDDCEL", "DDDFONE"), ("DDD_1", "DDD_2"), ("AREA", "AREA2"), ("DDDR", "DDDC"),
        ("Prefixo Cel", "Prefixo Fone"), ("DDD", "DDD_COM"), ("DDD", "Ddd Tel Com"), ("DDD", "DDD Com"),
        ("DDD", "DDD_FONE_COM"), ("DDD", "Prefixo"), ("DDD", "DD"), ("ddd", "código de área 2"),
    ])
    func `an area code that was named is not taken for several phones where there may be another`(
        _ chosen: String, _ other: String
    ) throws {
        let header = [chosen, "CEL", other, "FONE"]
        for ddd in [chosen, other] {
            let error = try #require(throws: ColumnError.self) { try columns(header, ["CEL", "FONE"], ddd: ddd) }
            #expect(
                error == .codesOfSeveralPhones(.ddd, places: [0, 2], phones: [1, 3], columns: header), "\(error)")
        }
        #expect(try columns(header, ["CEL", "FONE"], ddd: "none").ddd == nil)
    }

    @Test(arguments: ["Área", "Prefeitura", "Código do cliente", "telefone com DDD", "DDD e fone 2", "obs"])
    func `beside an area code other columns are allowed`(_ other: String) throws {
        #expect(try columns(["DDD", "CEL", other, "FONE"], ["CEL", "FONE"], ddd: "DDD").ddd == 0)
    }

    @Test func `the hint proposes the column with the most mobile numbers, and the list of both`() throws {
        let text = """
            nome;Fone Res.;Celular
            Ana;(11) 3333-4444;(11) 98765-4301
            Bia;(11) 98765-4302;11987654303
            Cau;;x
            Duda;+1 415 555 2671;11987654304
            """
        let error = try #require(throws: ListError.self) { try ReadList(text) }
        #expect(
            error.description
                == "contatos.csv:1: More than one column could be the phone: \"Fone Res.\", \"Celular\" (columns seen: "
                + "\"nome\", \"Fone Res.\", \"Celular\"). In the first 4 rows: \"Fone Res.\": 1 mobile, 1 fixed, 1 of an "
                + "unknown kind, 0 neither, 1 empty; \"Celular\": 3 mobile, 0 fixed, 1 neither. Choose one with --columns "
                + "phone=Celular, or in campaign.yml: columns: {phone: \"Celular\"}; or several, of which the first in each "
                + "row that can be called is, mobile before fixed, with --columns 'phone=Celular,phone=Fone Res.', or in "
                + "campaign.yml: columns: {phone: [\"Celular\", \"Fone Res.\"]}.")
        // Area codes of their own count, and columns of the same name are named by their numbers.
        let codes = try #require(throws: ListError.self) {
            try ReadList("fone;fone;ddd\n3333-4444;98765-4301;11\n")
        }
        #expect(codes.description.contains("1 mobile"), "\(codes)")
        #expect(codes.description.contains("--columns phone=2, or"), "\(codes)")
        #expect(codes.description.contains("columns: {phone: [\"2\", \"1\"]}"), "\(codes)")
    }

    @Test func `in the hint landlines are landlines, also where they are not wanted`() throws {
        var options = ListReader.Options()
        options.allowsLandlines = false
        let text = "nome;Fone Res.;Celular\nAna;(11) 3333-4444;(11) 98765-4301\nBia;(11) 3333-4445;x\n"
        let error = try #require(throws: ListError.self) { try ReadList(text, options) }
        let counts = "\"Fone Res.\": 0 mobile, 2 fixed, 0 neither; \"Celular\": 1 mobile, 0 fixed, 1 neither"
        #expect(error.description.contains(counts), "\(error)")
    }

    @Test func `the hint looks at the sample only, and at whole rows`() throws {
        let rows = (0..<5000).map { "119876\(10000 + $0);1133334444\n" }.joined()
        let error = try #require(throws: ListError.self) { try ReadList("cel;fone\n" + rows) }
        let count = (CSVDialect.sampleSize - "cel;fone\n".utf8.count) / 23
        #expect(error.description.contains("In the first \(count) rows: \"cel\": \(count) mobile, 0 fixed"), "\(error)")
    }
}
