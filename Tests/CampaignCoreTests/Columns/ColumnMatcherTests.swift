import CampaignCore
import Testing

@Suite struct ColumnMatcherTests {
    @Test(
        arguments: [
            (["telefone"], 0), (["Nome", "Telefone"], 1), (["NOME", "TELEFONE"], 1), (["nome", "Celular"], 1),
            (["fone", "nome"], 0),
            (["Tel.", "nome"], 0), (["WhatsApp", "nome"], 0), (["zap", "nome"], 0), (["Número", "nome"], 0),
            (["NUMERO", "nome"], 0),
            (["phone", "name"], 0), (["Mobile", "name"], 0), (["Cell", "name"], 0), (["Teléfono", "nombre"], 0),
            (["Móvil", "nombre"], 0),
            (["nome", "phone_number"], 1), (["nome", "phoneNumber"], 1), (["nome", "Phone Number"], 1),
            (["nome", "PHONE-NUMBER"], 1),
            (["nome", "Telefone do cliente"], 1), (["nome", "Celular (com DDD)"], 1), (["nome", "Nº do celular"], 1),
            (["nome", "Te\u{301}lefone"], 1), (["nome", " telefone "], 1), (["nome", "\u{FEFF}telefone"], 1),
            (["nome", "telefone", "tipo de telefone", "operadora celular", "numero", "Data do contato"], 1),
            (["rua", "numero", "whatsapp"], 2), (["contato", "nome"], 0),
            (["nome do contato", "celular do contato"], 1),
            (["telefone", "nome do celular"], 0), (["msisdn"], 0),
        ] as [([String], Int)])
    func `the phone column is known by its usual names`(_ header: [String], _ phone: Int) throws {
        #expect(try ColumnMatcher().match(header: header).phone == phone)
    }

    @Test(arguments: [
        ["telefone", "celular"], ["telefone 1", "telefone 2"], ["fone", "nome", "whatsapp"], ["telefone", "telefone"],
        ["numero", "contato"],
    ])
    func `two columns that could be the phone are an error that names the remedy`(_ header: [String]) throws {
        let error = try #require(throws: ColumnError.self) { try ColumnMatcher().match(header: header) }
        guard case .ambiguous(.phone, let candidates, let columns) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(candidates.count == 2)
        #expect(columns == header)
        #expect(error.description.contains("columns: {phone: "))
        for name in header { #expect(error.description.contains("\"\(name)\"")) }
    }

    @Test(arguments: [
        (["nome", "ddd", "telefone", "ddd", "celular"], "celular", 4),
        (["ddd", "fone", "DDD Celular", "celular"], "4", 3),
        (["DDD", "fone", "ddd_2", "celular"], "celular", 3), (["ddd1", "ddd", "celular"], "celular", 2),
        (["ddd", "fone", "Código de Área", "celular"], "celular", 3),
        (["celular", "ddd", "fone", "ddd"], "celular", 2),
        (["codigo de area", "fone", "codigo de area celular", "celular"], "celular", 3),
    ])
    func `two columns that could be the area code of the phone are an error that names the remedy`(
        _ header: [String], _ phone: String, _ choice: Int
    ) throws {
        let error = try #require(throws: ColumnError.self) {
            try ColumnMatcher(explicit: [.phone: phone]).match(header: header)
        }
        #expect(error.description.contains("--columns ddd=\(choice) or --columns ddd=none"), "\(error)")
        let chosen = try ColumnMatcher(explicit: [.phone: phone, .ddd: "\(choice)"]).match(header: header)
        #expect(chosen.ddd == choice - 1)
        #expect(try ColumnMatcher(explicit: [.phone: phone, .ddd: "none"]).match(header: header).ddd == nil)
    }

    @Test func `two columns that could be the calling code are an error as well`() throws {
        let header = ["ddi", "telefone", "ddi 2"]
        #expect(throws: ColumnError.severalCodes(.ddi, places: [0, 2], phone: 1, columns: header)) {
            try ColumnMatcher().match(header: header)
        }
    }

    @Test(arguments: [
        (["ddd", "telefone", "area"], 0), (["area", "ddd", "telefone"], 1), (["ddd", "Celular (com DDD)"], 0),
        (["área", "telefone"], 0), (["ddd", "telefone", "nome", "areas de interesse"], 0),
    ])
    func `one column that is the area code goes before those that are something else`(
        _ header: [String], _ ddd: Int
    ) throws {
        #expect(try ColumnMatcher().match(header: header).ddd == ddd)
    }

    @Test func `no phone column is an error that lists what there is`() throws {
        let error = try #require(throws: ColumnError.self) { try ColumnMatcher().match(header: ["nome", "e-mail"]) }
        #expect(error == .noPhone(columns: ["nome", "e-mail"]))
        #expect(error.description.contains("\"nome\", \"e-mail\""))
        #expect(error.description.contains("--columns phone=<column>, or in campaign.yml: columns: {phone: <column>}"))
    }

    @Test func `a file without header is refused as one, without showing the phone`() throws {
        let error = try #require(throws: ColumnError.self) {
            try ColumnMatcher().match(header: ["Ana", "11 99999-0001"])
        }
        #expect(error == .noHeader(firstRow: ["Ana", "11 99999-0001"], phones: [1]))
        #expect(!error.description.contains("99999"))
    }

    @Test func `a name in the campaign file wins, however it is written`() throws {
        let header = ["Telefone Residencial", "Telefone Comercial", "Duração", "Cliente"]
        let columns = try ColumnMatcher(explicit: [.phone: "telefone comercial"]).match(header: header)
        #expect(columns == ContactColumns(phone: 1, name: 3, callDuration: 2))
        let exact = try ColumnMatcher(explicit: [.phone: "FONE"]).match(header: ["fone", "FONE"])
        #expect(exact.phone == 1)
    }

    @Test func `a name in the campaign file must be there, once, and for one thing`() {
        let header = ["fone", "Fone", "nome"]
        #expect(throws: ColumnError.notFound(.name, name: "cliente", columns: header)) {
            try ColumnMatcher(explicit: [.phone: "fone", .name: "cliente"]).match(header: header)
        }
        #expect(throws: ColumnError.ambiguous(.phone, candidates: ["fone", "Fone"], columns: header)) {
            try ColumnMatcher(explicit: [.phone: "FONE"]).match(header: header)
        }
        #expect(throws: ColumnError.sharedColumn(.phone, .name, name: "nome")) {
            try ColumnMatcher(explicit: [.phone: "nome", .name: "Nome"]).match(header: header)
        }
        #expect(throws: ColumnError.notFound(.phone, name: "??", columns: header)) {
            try ColumnMatcher(explicit: [.phone: "??"]).match(header: header)
        }
    }

    @Test(
        arguments: [
            (["telefone", "nome", "duracao"], 1, 2), (["telefone", "Nome Completo", "Duração (s)"], 1, 2),
            (["phone", "name", "callDuration"], 1, 2), (["phone", "Full Name", "call_duration"], 1, 2),
            (["teléfono", "nombre", "duración"], 1, 2), (["telefone", "cliente", "segundos"], 1, 2),
            (["telefone", "cliente", "nome"], 2, nil), (["telefone", "Paciente"], 1, nil),
            (["telefone", "cpf"], nil, nil),
        ] as [([String], Int?, Int?)])
    func `name and duration are known by their usual names`(_ header: [String], _ name: Int?, _ duration: Int?) throws {
        let columns = try ColumnMatcher().match(header: header)
        #expect(columns.name == name)
        #expect(columns.callDuration == duration)
    }

    @Test(arguments: [
        (["telefone1", "telefone2"], "--columns phone=telefone1, or"),
        (["Tel. Casa", "Tel. Loja"], "--columns 'phone=Tel. Casa', or"),
        (["celular", "celular"], "--columns phone=1, or"), (["tel 'a', b", "tel c"], "--columns phone=<column>, or"),
    ])
    func `the remedy can be typed as shown`(_ header: [String], _ remedy: String) throws {
        let error = try #require(throws: ColumnError.self) { try ColumnMatcher().match(header: header) }
        #expect(error.description.contains(remedy), "\(error)")
    }

    @Test(
        arguments: [
            (["DDD", "telefone"], 0, nil), (["telefone", "Código de Área"], 1, nil), (["phone", "area_code"], 1, nil),
            (["telefone", "Cód. Área"], 1, nil), (["DDI", "DDD", "Número"], 1, 0),
            (["País", "Código do País", "telefone"], nil, 1), (["phone", "Country Code"], nil, 1),
            (["cod_pais", "fone"], nil, 0), (["telefone", "cidade"], nil, nil),
        ] as [([String], Int?, Int?)])
    func `area and country codes are recognized by their usual names`(_ header: [String], _ ddd: Int?, _ ddi: Int?)
        throws
    {
        let columns = try ColumnMatcher().match(header: header)
        #expect(columns.ddd == ddd)
        #expect(columns.ddi == ddi)
    }

    @Test(arguments: [["dddtelefone"], ["nome", "DDD Telefone"], ["ddd", "dddcelular"], ["Celular (DDD)"]])
    func `a name with the area code in it is still the phone`(_ header: [String]) throws {
        #expect(try ColumnMatcher().match(header: header).phone == header.count - 1)
    }

    @Test(arguments: ["DDDTEL", "DDDRES", "NUDDDFIXO", "CODDDD2", "DDDFONE2", "Area_Fone", "ddd_2", "DDD Fixo"])
    func `of two area codes none is guessed, also where the name is in one word`(_ name: String) {
        let header = ["DDD", "Celular", name, "Fone"]
        #expect(throws: ColumnError.self) {
            try ColumnMatcher(explicit: [.phone: "Celular"], furtherPhones: ["Fone"]).match(header: header)
        }
        #expect(throws: ColumnError.self) { try ColumnMatcher(explicit: [.phone: "Fone"]).match(header: header) }
    }

    @Test(arguments: ["additional", "Endereço", "Aditivo", "medida"])
    func `what only sounds like a code is none`(_ name: String) throws {
        let header = ["DDI", "DDD", "Celular", name]
        let columns = try ColumnMatcher().match(header: header)
        #expect(columns.ddd == 1 && columns.ddi == 0 && columns.phone == 2)
    }

    @Test(arguments: [["ddd", "nome"], ["ddi"], ["area code", "country code"]])
    func `an area code alone is not a phone`(_ header: [String]) {
        #expect(throws: ColumnError.noPhone(columns: header)) { try ColumnMatcher().match(header: header) }
    }

    @Test func `a very wide or strange header still gives one readable sentence`() throws {
        let header = (0..<5000).map { "coluna \($0)\r\n" + String(repeating: "x", count: 100) }
        let error = try #require(throws: ColumnError.self) { try ColumnMatcher().match(header: header) }
        #expect(error.description.utf8.count < 3000)
        #expect(!error.description.contains { $0.isNewline })
        #expect(throws: ColumnError.noPhone(columns: [""])) { try ColumnMatcher().match(header: [""]) }
        #expect(throws: ColumnError.noPhone(columns: [])) { try ColumnMatcher().match(header: []) }
    }

    @Test(arguments: [
        "CPF", "documento", "CPF do titular do celular", "CPF/Celular", "Doc. contato", "RG telefone", "CNPJ_fone",
    ])
    func `a document's number is never guessed to be a phone`(_ name: String) throws {
        #expect(throws: ColumnError.noPhone(columns: ["nome", name])) {
            try ColumnMatcher().match(header: ["nome", name])
        }
        #expect(try ColumnMatcher().match(header: [name, "fone"]).phone == 1)
        #expect(try ColumnMatcher(explicit: [.phone: name]).match(header: ["nome", name]).phone == 1)
    }
}
