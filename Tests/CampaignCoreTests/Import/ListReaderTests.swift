import CampaignCore
import Testing

@Suite struct ListReaderTests {
    @Test func `a list from Excel in Brazil is read with its semicolons, accents and quotes`() throws {
        let text =
            "Nome;Telefone;Duração;Observação\r\n\"Silva; João\";(11) 99999-0001;10;\"diz \"\"olá\"\"\"\r\n"
            + "Conceição;+55 21 98888-0002;;\r\n"
        let latin = Array(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
        for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), latin] {
            let list = try ReadList(bytes)
            #expect(list.columns == ["Nome", "Telefone", "Duração", "Observação"])
            #expect(list.contacts.map(\.phone.text) == ["5511999990001", "5521988880002"])
            #expect(list.contacts.map(\.callDuration) == [10, nil])
            #expect(list.contacts.first?.own == ["Silva; João", "(11) 99999-0001", "10", "diz \"olá\""])
            #expect(list.rejects.isEmpty)
        }
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `any line end will do, also none at the end`(_ end: String) throws {
        let list = try ReadList(["telefone", "11999990001", "11999990002"].joined(separator: end))
        #expect(list.contacts.map(\.phone.text) == ["5511999990001", "5511999990002"])
    }

    @Test func `a short row is a contact with what it has`() throws {
        let list = try ReadList("nome;telefone;cidade;duracao\nAna;11999990001\n")
        #expect(list.contacts.map(\.own) == [["Ana", "11999990001"]])
        #expect(list.contacts.map(\.callDuration) == [nil])
    }

    @Test func `a row without its phone cell is rejected as empty`() throws {
        let list = try ReadList("nome;telefone\nAna\n")
        #expect(list.rejects.map(\.reason) == ["phone_empty"])
    }

    @Test func `a row with more cells than the header is rejected unless they are empty`() throws {
        let list = try ReadList("nome;telefone\nAna;11999990001;;\nRua A; 5;11999990002\n")
        #expect(list.contacts.map(\.own) == [["Ana", "11999990001"]])
        #expect(list.rejects.map(\.reason) == ["too_many_cells"])
        #expect(list.rejects.map(\.line) == [3])
        #expect(list.rejects.map(\.own) == [["Rua A", " 5", "11999990002"]])
    }

    @Test(arguments: [(98, 102, "The row has more cells than"), (99, 102, "The row has 103 cells, more than")])
    func `a row that is far wider than the header is rejected without all of its cells`(
        _ delimiters: Int, _ kept: Int, _ suggestion: String
    ) throws {
        // Two cells, the empty ones, and the last.
        let row = "Ana;11999990001;" + String(repeating: ";", count: delimiters + 1) + "x"
        let list = try ReadList("nome;telefone\n\(row)\n")
        let reject = try #require(list.rejects.first)
        #expect(reject.reason == "too_many_cells" && reject.suggestion.hasPrefix(suggestion), "\(reject.suggestion)")
        #expect(reject.own.count == kept && reject.own.prefix(2) == ["Ana", "11999990001"])
        #expect(reject.raw == Array(row.utf8))
    }

    @Test(arguments: ["0", "16", "-1", "5s", "5.0", "cinco", "99999999999999999999"])
    func `an impossible ring duration is rejected, never guessed`(_ duration: String) throws {
        let list = try ReadList("telefone;duracao\n11999990001;\(duration)\n")
        #expect(list.rejects.map(\.reason) == ["call_duration_invalid"])
        #expect(list.contacts.isEmpty)
    }

    @Test(arguments: [("1", 1), ("15", 15), ("\"7\"", 7), ("", nil)] as [(String, Int?)])
    func `a ring duration of 1 to 15 seconds is taken`(_ cell: String, _ seconds: Int?) throws {
        let list = try ReadList("telefone;duracao\n11999990001;\(cell)\n")
        #expect(list.contacts.map(\.callDuration) == [seconds])
    }

    @Test func `a rejected row is kept byte for byte, with its line and its remedy`() throws {
        let row = Array("José;\"não\r\ntem\";x".unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
        let bytes = Array("nome;obs;telefone\r\n\r\n".utf8) + row + Array("\r\nAna;;11999990001\r\n".utf8)
        let list = try ReadList(bytes)
        let reject = try #require(list.rejects.first)
        #expect(list.rejects.count == 1)
        #expect(reject.raw == row)
        #expect(reject.line == 3)
        #expect(reject.own == ["José", "não\r\ntem", "x"])
        #expect(reject.reason == "phone_letters")
        #expect(reject.suggestion.hasSuffix("."))
        #expect(list.contacts.count == 1)
    }

    @Test func `blank lines and rows of empty cells are told apart from rejects`() throws {
        let list = try ReadList("nome;telefone\n\n;\n   \n;;;\nAna;11999990001\n\n")
        #expect(list.blankLines == 3)
        #expect(list.blankRows == 2)
        #expect(list.rows.count == 3)
        #expect(list.rejects.isEmpty)
    }

    @Test func `columns that the campaign names win over those that look right`() throws {
        let names = ColumnNames(phone: "recado", callDuration: "toque")
        let list = try ReadList("telefone;recado;toque\n1133334444;11999990002;3\n", columns: names)
        #expect(list.contacts.map(\.phone.text) == ["5511999990002"])
        #expect(list.contacts.map(\.callDuration) == [3])
    }

    @Test func `the campaign's country goes before numbers without one`() throws {
        let list = try ReadList("phone\n912345678\n", country: "351")
        #expect(list.contacts.map(\.phone.text) == ["351912345678"])
    }

    @Test func `a calling code that does not exist rejects every row and says which key to correct`() throws {
        let list = try ReadList("phone\n912345678\n", country: "999")
        #expect(list.rejects.map(\.reason) == ["country_unknown"])
        #expect(list.rejects.allSatisfy { $0.suggestion.contains("`country`") && $0.suggestion.contains("999") })
    }
}
