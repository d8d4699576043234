import TestWorkbook
import Testing
import Workbooks

@Suite struct SheetTests {
    /// A row of one cell.
    static func row(_ number: Int, _ attributes: String = "") -> String {
        "<row r=\"\(number)\" \(attributes)><c r=\"A\(number)\"><v>\(number)</v></c></row>"
    }

    @Test(arguments: [
        ("hidden=\"1\"", true), ("hidden=\"true\"", true), ("hidden=\"0\"", false), ("hidden=\"false\"", false),
        ("ht=\"0\" customHeight=\"1\"", true), ("ht=\"0.0\"", true), ("ht=\"15\"", false), ("ht=\"0.75\"", false),
        ("hidden=\"TRUE\"", true), ("hidden=\"True\"", true), ("hidden=\"FALSE\"", false), ("ht=\"0.0001\"", true),
        ("ht=\"1e-400\"", true), ("ht=\"1e-3\"", true), ("ht=\"9.5E-2\"", true), ("ht=\"-1\"", true),
        ("ht=\"1e2\"", false), ("ht=\"12.75\"", false), ("ht=\"1.2.3\"", false), ("ht=\".25\"", true),
        ("outlineLevel=\"1\" hidden=\"1\"", true), ("outlineLevel=\"1\" collapsed=\"1\"", false),
        ("x:hidden=\"1\" xmlns:x=\"y\"", false), ("", false), ("hidden=\" 1 \"", true),
        ("hidden=\"&#9;true&#10;\"", true),
        ("hidden=\" 0 \"", false), ("hidden=\"1 0\"", false), ("hidden=\"\"", false), ("ht=\" 0 \"", true),
        ("ht=\"+0\"", true), ("ht=\"0e3\"", true), ("ht=\"0 5\"", false), ("ht=\"\"", false),
    ])
    func `a hidden row is told, however it was hidden`(_ attributes: String, _ isHidden: Bool) throws {
        for comment in ["", "<!-- -->"] {
            let sheet = try TestWorkbook(SheetTests.row(1) + comment + SheetTests.row(2, attributes) + comment).read()
            #expect(sheet.hidden == [false, isHidden])
            #expect(sheet.hiddenRows == (isHidden ? 1 : 0))
            #expect(sheet.firstHiddenRow == (isHidden ? 2 : nil))
        }
    }

    @Test(arguments: [
        ("<col min=\"2\" max=\"3\" hidden=\"1\"/>", [1...2]), ("<col min=\"1\" max=\"1\" width=\"0\"/>", [0...0]),
        ("<col min=\"1\" max=\"1\" width=\"0.001\"/>", [0...0]),
        ("<col min=\"1\" max=\"1\" hidden=\"TRUE\"/>", [0...0]),
        ("<col min=\"1\" max=\"1\" hidden=\"1\"/><col min=\"2\" max=\"2\" hidden=\"true\"/>", [0...1]),
        ("<col min=\"1\" max=\"16384\" width=\"9\"/>", []),
        ("<col min=\"5\" max=\"99999\" hidden=\"1\"/>", [4...16383]),
        ("<col min=\"3\" max=\"3\" collapsed=\"1\"/>", []),
    ])
    func `hidden columns are told`(_ columns: String, _ expected: [ClosedRange<Int>]) throws {
        let cells = "ABC".map { "<c r=\"\($0)1\"><v>1</v></c>" }.joined()
        let sheet = try TestWorkbook("<row r=\"1\">\(cells)</row>", before: "<cols>\(columns)</cols>").read()
        #expect(sheet.hiddenColumns == expected)
        let hidden = (0...2).filter { column in expected.contains { $0.contains(column) } }
        #expect(sheet.hiddenCells == hidden.map { SheetCell.columnName($0) + "1" })
    }

    @Test func `columns of no width by default are hidden, but for those that have one`() throws {
        let sheet = try TestWorkbook(
            "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>1</v></c></row>",
            before: "<sheetFormatPr defaultColWidth=\"0\"/><cols><col min=\"1\" max=\"1\" width=\"9\"/></cols>"
        ).read()
        #expect(sheet.hiddenCells == ["B1"])
    }

    @Test func `a filter is told when it has a condition, and merged cells are counted`() throws {
        let filter = "<autoFilter ref=\"A1:A2\"/>"
        #expect(try !TestWorkbook(SheetTests.row(1), after: filter).read().isFiltered)
        let after =
            "<autoFilter ref=\"A1:A2\"><filterColumn colId=\"0\"/></autoFilter>"
            + "<mergeCells><mergeCell ref=\"A1:B1\"/><mergeCell ref=\"A3:A4\"/></mergeCells>"
        let sheet = try TestWorkbook(SheetTests.row(1), after: after).read()
        #expect(sheet.isFiltered)
        #expect(sheet.merges == 2)
        #expect(sheet.firstMerge == "A1:B1")
    }

    @Test(arguments: [
        ("<autoFilter ref=\"A1:A2\"/>", false), ("", false),
        ("<autoFilter ref=\"A1:A2\"><filterColumn colId=\"0\"/></autoFilter>", true),
        (
            "<autoFilter ref=\"A1:A2\"><filterColumn colId=\"0\"><filters><filter val=\"1\"/></filters></filterColumn>"
                + "</autoFilter>", true
        ),
        // Only the button is hidden.
        ("<autoFilter ref=\"A1:A2\"><filterColumn colId=\"0\" hiddenButton=\"1\"/></autoFilter>", false),
        ("<autoFilter ref=\"A1:A2\"><filterColumn colId=\"0\" showButton=\"false\"/></autoFilter>", false),
        (
            "<autoFilter ref=\"A1:A2\"><filterColumn colId=\"0\" hiddenButton=\"1\"><top10 val=\"1\"/></filterColumn>"
                + "</autoFilter>", true
        ),
        // Not the table's own.
        ("<extLst><autoFilter ref=\"A1:A2\"><filterColumn colId=\"0\"/></autoFilter></extLst>", false),
    ])
    func `a filter of a table is told like the sheet's own`(_ filter: String, _ isFiltered: Bool) throws {
        let path = "xl/worksheets/_rels/sheet1.xml.rels"
        let table = "<table xmlns=\"\(TestWorkbook.main)\" id=\"1\" ref=\"A1:A2\">"
        // The second of two: the first has none.
        var book = TestWorkbook(SheetTests.row(1))
        book[path] = TestWorkbook.relation([("table", "../tables/table1.xml"), ("table", "/xl/tables/table2.xml")])
        book["xl/tables/table1.xml"] = table + "<autoFilter ref=\"A1:A2\"/></table>"
        book["xl/tables/table2.xml"] = table + filter + "<tableColumns count=\"1\"/></table>"
        #expect(try book.read().isFiltered == isFiltered)
        // A part of another kind is none of the sheet's tables.
        book[path] = TestWorkbook.relation([("table", "../tables/table1.xml"), ("comments", "../tables/table2.xml")])
        #expect(try !book.read().isFiltered)
    }

    @Test(arguments: [
        ("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", ["A1", "B1", "A2"]),
        ("<row r=\"5\"><c r=\"C5\"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>", ["C5", "D5", "A6"]),
        ("<row><c r=\"B7\"><v>1</v></c></row><row><c r=\"A8\"><v>1</v></c></row>", ["B7", "A8"]),
        ("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>", ["XFD1048576"]),
        ("<row r=\"2\"><c r=\"a2\"><v>1</v></c><c r=\"AA2\"><v>2</v></c></row>", ["A2", "AA2"]),
    ])
    func `rows and cells are numbered, also where the file does not say it`(_ rows: String, _ names: [String]) throws {
        for comment in ["", "<!-- -->"] {
            let sheet = try TestWorkbook(rows.replacing("</row>", with: comment + "</row>")).read()
            #expect(sheet.cells.compactMap { $0.split(separator: " ").first.map(String.init) } == names)
        }
    }

    @Test(arguments: [
        ("<row r=\"0\"/>", "row 0"), ("<row r=\"x\"/>", "row “x”"), ("<row r=\"2\"/><row r=\"1\"/>", "row 1"),
        ("<row r=\"2\"/><row r=\"2\"/>", "row 2"), ("<row r=\"1\"><c r=\"A2\"/></row>", "row 1"),
        ("<row r=\"1\"><c r=\"1\"/></row>", "row 1"), ("<row r=\"1\"><c r=\"$A$1\"/></row>", "row 1"),
        ("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>", "cell A1"),
        ("<row r=\"1\"><c r=\"A1\"/><c r=\"A1\"/></row>", "cell A1"),
        ("<row r=\"1\"><c><v>1</v><v>2</v></c></row>", "cell A1"),
    ])
    func `rows and cells that contradict their numbers are refused`(_ rows: String, _ place: String) {
        guard case .damagedSheet("Lista", let found, _)? = workbookError({ _ = try TestWorkbook(rows).read() }) else {
            Issue.record("it was read")
            return
        }
        #expect(found == place)
    }

    @Test func `blank rows and the dimension cost nothing`() throws {
        let blank = (1...1_000_000).map { "<row r=\"\($0)\"/>" }.joined()
        let styled = (1_000_001...1_010_000).map {
            "<row r=\"\($0)\" s=\"1\" customFormat=\"1\"><c r=\"A\($0)\" s=\"1\"/></row>"
        }
        let sheet = try TestWorkbook(
            blank + styled.joined() + SheetTests.row(1_048_576), before: "<dimension ref=\"A1:XFD99\"/>"
        ).read()
        #expect(sheet.numbers == [1_048_576])
    }

    @Test(arguments: ["x:", "ns0:"])
    func `any prefix is read, in strict workbooks too`(_ prefix: String) throws {
        var book = TestWorkbook(texts: "")
        let strict = "http://purl.oclc.org/ooxml"
        func prefixed(_ xml: String) -> String {
            xml.replacing(/<(\/?)(\w)/) { "<\($0.output.1)\(prefix)\($0.output.2)" }
        }
        for part in book.archive.entries.map(\.name) {
            book[part] = book[part].map { text in
                let named = text.replacing("xmlns=", with: "xmlns:\(prefix.dropLast())=").replacing(
                    /<\?.*?\?>/, with: "")
                return prefixed(named).replacing("xmlns:r=", with: "xmlns:rel=").replacing("r:id=", with: "rel:id=")
                    .replacing(
                        "http://schemas.openxmlformats.org/officeDocument/2006", with: strict + "/officeDocument"
                    )
                    .replacing("http://schemas.openxmlformats.org/spreadsheetml/2006", with: strict + "/spreadsheetml")
            }
        }
        book["xl/sharedStrings.xml"] = book["xl/sharedStrings.xml"]?.replacing(
            "</\(prefix)sst>", with: prefixed("<si><t>olá</t></si></sst>"))
        book["xl/worksheets/sheet1.xml"] = book["xl/worksheets/sheet1.xml"]?.replacing(
            "</\(prefix)sheetData>", with: prefixed("<row r=\"3\"><c r=\"B3\" t=\"s\"><v>0</v></c></row></sheetData>"))
        #expect(try book.read().cells == ["B3 text olá"])
    }

    @Test(arguments: ["<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "<?xml version=\"1.0\"?>"])
    func `parts may be in UTF-16`(_ declaration: String) throws {
        var book = TestWorkbook()
        let xml = declaration + TestWorkbook.sheet("<row r=\"1\"><c t=\"inlineStr\"><is><t>João</t></is></c></row>")
        let bytes = ([0xFEFF] + Array(xml.utf16)).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        book["xl/worksheets/sheet1.xml"] = nil
        book.archive.entries.append(.init("xl/worksheets/sheet1.xml", bytes))
        #expect(try book.read().rows == [["João"]])
    }

    @Test func `parts in Latin-1 are read as that`() throws {
        var book = TestWorkbook()
        let xml =
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>"
            + TestWorkbook.sheet("<row r=\"1\"><c t=\"inlineStr\"><is><t>Jo\u{E3}o \u{C3}\u{A3}</t></is></c></row>")
        book["xl/worksheets/sheet1.xml"] = nil
        book.archive.entries.append(
            .init("xl/worksheets/sheet1.xml", xml.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }))
        #expect(try book.read().rows == [["João Ã£"]])
    }

    @Test func `what looks like rows in comments and CDATA is none`() throws {
        let fake = SheetTests.row(1)
        let rows =
            "<!-- \(fake) --><![CDATA[\(fake)]]>\(SheetTests.row(2))<extLst>\(SheetTests.row(3))</extLst>\(SheetTests.row(4))"
        let after =
            "<extLst><ext><cols><col min=\"1\" max=\"1\" hidden=\"1\"/></cols>\(SheetTests.row(5))</ext></extLst>"
        let sheet = try TestWorkbook(rows, before: "<x>\(fake)</x>", after: after).read()
        #expect(sheet.numbers == [2, 4])
        #expect(sheet.hiddenColumns.isEmpty)
    }

    @Test(arguments: [1, 2, 3, 5, 7])
    func `pieces of the file may end anywhere`(_ step: Int) throws {
        // Rows of changing length, so that the ends of pieces fall on every place of a row.
        var rows = ""
        var expected: [[String]] = []
        for number in 1...12_000 {
            let text = String(repeating: "ç", count: number * step % 97)
            let comment = number % 500 == 0 ? "<!-- -->" : ""
            rows +=
                "<row r=\"\(number)\" spans=\"1:2\">\(comment)<c r=\"A\(number)\"><v>\(number)</v></c>"
                + "<c r=\"B\(number)\" t=\"inlineStr\"><is><t>\(text)</t></is></c></row>"
            expected.append([String(number)] + (text.isEmpty ? [] : [text]))
        }
        #expect(try TestWorkbook(rows).read().rows == expected)
    }

    @Test func `many shared texts lie in a file, and each is found`() throws {
        let count = 30_000
        let texts = (0..<count).map { index in
            let text = String(repeating: "x", count: index % 300) + String(index)
            return index % 7 == 0 ? "<si><r><t>\(text)</t></r></si>" : "<si><t>\(text)</t></si>"
        }
        let order = (0..<count).map { $0 * 7919 % count }
        let rows = order.enumerated().map { "<row r=\"\($0 + 1)\"><c t=\"s\"><v>\($1)</v></c></row>" }
        let book = TestWorkbook(rows.joined(), texts: texts.joined())
        let expected = order.map { [String(repeating: "x", count: $0 % 300) + String($0)] }
        var limits = WorkbookLimits()
        for memory in [1000, 100_000, 100 << 20] {
            limits.sharedTextMemory = memory
            #expect(try book.read(limits: limits).rows == expected)
        }
    }

    @Test func `a column is named as in Excel`() {
        #expect([0, 25, 26, 701, 702, 16_383].map(SheetCell.columnName) == ["A", "Z", "AA", "ZZ", "AAA", "XFD"])
    }
}
