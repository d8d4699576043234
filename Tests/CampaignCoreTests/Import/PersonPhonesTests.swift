import CampaignCore
import Testing

/// Rows with several phones of one person.
@Suite struct PersonPhonesTests {
    private static let names = ColumnNames(several: ["Celular", "Fone"])

    private func read(_ rows: String, _ change: (inout ListReader.Options) -> Void = { _ in }) throws -> ReadList {
        try ReadList(
            "Nome;Celular;Fone\n" + rows,
            .with {
                $0.columns = Self.names
                change(&$0)
            })
    }

    @Test(arguments: [
        ("11987654301;1133334444", ["5511987654301", "551133334444"]),
        // Mobile numbers first, then the order of the columns.
        ("1133334444;11987654301", ["5511987654301", "551133334444"]),
        ("11987654301;11987654302", ["5511987654301", "5511987654302"]),
        ("1133334444;1133335555", ["551133334444", "551133335555"]),
        ("1133334444;+1 415 555 2671", ["14155552671", "551133334444"]),
        // Empty and bad cells beside a good one.
        (";1133334444", ["551133334444"]), (" - ;1133334444", ["551133334444"]), ("11987654301;", ["5511987654301"]),
        ("x;11987654301", ["5511987654301"]), ("11987654301;98765", ["5511987654301"]),
        ("11987654301 / 11987654302;1133334444", ["551133334444"]),
        // The same number twice, with and without its ninth digit.
        ("11987654301;11987654301", ["5511987654301"]), ("11987654301;1187654301", ["5511987654301"]),
        // A row that is too short.
        ("11987654301", ["5511987654301"]),
    ])
    func `the first that can be called is the phone, and the others come after it`(_ cells: String, _ phones: [String])
        throws
    {
        let list = try read("Ana;\(cells)\n")
        #expect(list.rejects.isEmpty)
        #expect(list.contacts.map { ([$0.phone] + $0.further).map(\.text) } == [phones])
        #expect(list.contacts.map(\.own.first) == ["Ana"])
    }

    @Test(arguments: [
        ("x;98765-4301", "phone_letters", "\"Celular\": Leave only the number", 2, "x"),
        (";98765-4301", "phone_no_ddd", "\"Fone\": Write the area code", 3, "98765-4301"),
        (";", "phone_empty", "Fill in the phone", 2, ""), ("(-);", "phone_empty", "Fill in the phone", 2, "(-)"),
    ])
    func `a row without any number is rejected for the first problem, which names its column`(
        _ cells: String, _ reason: String, _ suggestion: String, _ column: Int, _ cell: String
    ) throws {
        let list = try read("Ana;\(cells)\n")
        #expect(list.contacts.isEmpty)
        #expect(list.rejects.map(\.reason) == [reason])
        #expect(list.rejects.first?.suggestion.hasPrefix(suggestion) == true, "\(list.rejects)")
        #expect(list.rejects.map(\.column) == [column])
        #expect(list.rejects.map(\.cell) == [cell])
    }

    @Test func `an area code in its own column belongs to every phone that has none`() throws {
        let text = "ddd;cel;fone\n11;98765-4301;3333-4444\n11;(11) 98765-4302;3333-4445\n21;11987654303;3333-4446\n"
        let list = try ReadList(text, columns: ColumnNames(several: ["cel", "fone"]))
        #expect(
            list.contacts.map { ([$0.phone] + $0.further).map(\.text) }
                == [
                    ["5511987654301", "551133334444"], ["5511987654302", "551133334445"],
                    // A cell that contradicts the column is not used.
                    ["552133334446"],
                ])
        #expect(list.rows.count == 3)
    }

    @Test func `two numbers in a cell are two numbers of the same person where cells are split`() throws {
        let rows = "Ana;11987654301 / 11987654302;1133334444\nBia;11987654303 / 1199;\n"
        let list = try read(rows) { $0.splitsCells = true }
        #expect(
            list.contacts.map { ([$0.phone] + $0.further).map(\.text) }
                == [["5511987654301", "5511987654302", "551133334444"], ["5511987654303"]])
        #expect(list.extras == 0 && list.rejects.isEmpty)
    }

    @Test func `landlines are no further numbers where only mobile numbers are wanted`() throws {
        let list = try read("Ana;1133334444;11987654301\nBia;1133334444;\n") { $0.allowsLandlines = false }
        #expect(list.contacts.map { ([$0.phone] + $0.further).map(\.text) } == [["5511987654301"]])
        #expect(list.rejects.map(\.reason) == ["phone_landline"])
    }

    @Test func `where every number counts by itself, a row gives each of them, and each problem`() throws {
        let list = try read("Ana;1133334444;11987654301\nBia;x;11987654302\nCau;;\n") { $0.takesEveryPhone = true }
        #expect(list.contacts.map(\.phone.text) == ["551133334444", "5511987654302", "5511987654301"].sorted(by: <))
        #expect(list.contacts.allSatisfy { $0.further.isEmpty })
        #expect(list.rejects.map(\.reason).sorted() == ["phone_empty", "phone_letters"])
        #expect(list.rows.count == 3 + list.extras)
    }

    @Test func `a row that a quote has swallowed is found by any of its phones`() throws {
        let rows = "\"Ana;11987654301;\nBia;;1133334444\nCau\";;1133335555\n"
        let list = try read(rows)
        #expect(list.contacts.map(\.phone.text) == ["551133334444"])
        #expect(list.rejects.map(\.line) == [2, 4] && list.rejects.allSatisfy { $0.reason == "stray_quote" })
    }

    @Test func `lines skipped at the top are contacts by any of their phones`() throws {
        var list = ListReader(
            file: "l.csv", options: .with { ($0.columns, $0.skipLines) = (Self.names, 1) },
            sample: Array("Ana;;1133334444\nNome;Celular;Fone\nBia;11987654301;\n".utf8))
        list.finish()
        _ = try list.next()
        #expect(list.skipped?.contacts == 1)
    }

    @Test func `without a header the columns are named by their numbers`() throws {
        let list = try ReadList(
            "Ana;1133334444;11987654301\n",
            .with { ($0.hasHeader, $0.columns) = (false, ColumnNames(several: ["2", "3"])) })
        #expect(list.contacts.map(\.phone.text) == ["5511987654301"])
        #expect(list.contacts.map { $0.further.map(\.text) } == [["551133334444"]])
    }

    @Test func `the kinds of the numbers are counted by column`() throws {
        let rows = "A;11987654301;1133334444\nB;1133334445;11987654302\nC;x;1133334446\nD;x;y\nE;+14155552671;\n"
        var list = ListReader(file: "l.csv", options: .with { $0.columns = Self.names }, sample: [])
        list.append(Array(("Nome;Celular;Fone\n" + rows).utf8))
        list.finish()
        while try list.next() != nil {}
        let phones = try #require(list.phones)
        #expect([phones.kinds.mobile, phones.kinds.fixed, phones.kinds.unknown, phones.further] == [2, 1, 1, 2])
        #expect(phones.columns.map(\.name) == ["Celular", "Fone"] && phones.columns.map(\.number) == [2, 3])
        #expect(phones.columns.map(\.kinds.mobile) == [1, 1] && phones.columns.map(\.kinds.fixed) == [1, 2])
        #expect(phones.columns.map(\.unusable) == [1, 0])
    }

    @Test func `of one column they are those of the contacts`() throws {
        var list = ListReader(
            file: "l.csv", options: .with { $0.splitsCells = true },
            sample: Array("fone\n11987654301\n1133334444 / 1133334445\nx\n".utf8))
        list.finish()
        while try list.next() != nil {}
        let phones = try #require(list.phones)
        #expect(phones.kinds.mobile == 1 && phones.kinds.fixed == 2 && phones.further == 0)
        #expect(phones.columns.map(\.kinds) == [phones.kinds])
    }
}

extension ColumnNames {
    fileprivate init(several phones: [String]) {
        self.init(phone: phones[0])
        furtherPhones = Array(phones.dropFirst())
    }
}
