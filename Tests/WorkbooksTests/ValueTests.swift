import TestWorkbook
import Testing
import Workbooks

@Suite struct ValueTests {
    /// One cell of each way to read a row: as programs write it, and in a form that only the XML parser takes.
    static func cells(_ cell: String, formats: [String] = [], properties: String = "") throws -> [String] {
        let plain = try TestWorkbook("<row r=\"1\">\(cell)</row>", formats: formats, properties: properties).read()
        let parsed = try TestWorkbook("<row r=\"1\"><!-- -->\(cell)</row>", formats: formats, properties: properties)
            .read()
        #expect(plain.cells == parsed.cells)
        return plain.cells
    }

    @Test(arguments: [
        ("5512940468989", "number 5512940468989"), ("5.512940468989E12", "number 5512940468989"),
        ("5.512940468989E+12", "number 5512940468989"), ("0", "number 0"), ("-0", "number 0"), ("007", "number 7"),
        ("1.0", "number 1"), ("1.50", "number 1.5"), ("-12.5", "number -12.5"), ("1E-5", "number 0.00001"),
        ("1.5e3", "number 1500"), (".5", "number 0.5"), ("999999999999999", "number 999999999999999"),
        ("0.30000000000000004", "number 0.3"), ("0.99999999999999989", "number 1"),
        ("3.3000000000000003E-2", "number 0.033"), (" 12 ", "number 12"),
        ("1234567890123456", "inexactNumber 1234567890123456"),
        ("1.2345678901234567E+19", "inexactNumber 1.2345678901234567E+19"),
        ("1.23456789012345E+19", "inexactNumber 1.23456789012345E+19"), ("1e15", "inexactNumber 1e15"),
        ("5511999990001.0005", "inexactNumber 5511999990001.0005"), ("abc", "malformed abc"), ("1e", "malformed 1e"),
        ("1,5", "malformed 1,5"), ("0x10", "malformed 0x10"), ("NaN", "malformed NaN"), ("1E999", "malformed 1E999"),
        ("--1", "malformed --1"), (".", "malformed ."),
    ])
    func `a number is its digits`(_ stored: String, _ expected: String) throws {
        #expect(try ValueTests.cells("<c r=\"A1\"><v>\(stored)</v></c>") == ["A1 \(expected)"])
    }

    @Test(arguments: [
        ("00000000000", "1234567890", "number 01234567890"), ("00000000000", "98765432100", "number 98765432100"),
        ("00000", "123456", "number 123456"), ("00000", "0", "number 00000"), ("00000", "-12", "number -12"),
        ("00000", "1.5", "number 1.5"), ("00000", "1.2E1", "number 00012"), ("0", "7", "number 7"),
        ("00000\\-000", "1310100", "number 1310100"), ("0.00", "7", "number 7"), ("#,##0", "7", "number 7"),
        ("\"+\"00", "7", "number 7"), ("00;-00", "7", "number 7"),
        ("0.00E+00", "5512940468989", "number 5512940468989"),
    ])
    func `a format of zeros pads, and no other`(_ format: String, _ stored: String, _ expected: String) throws {
        let cells = try ValueTests.cells("<c r=\"A1\" s=\"1\"><v>\(stored)</v></c>", formats: [format])
        #expect(cells == ["A1 \(expected)"])
    }

    @Test(arguments: [
        ("dd/mm/yyyy", "46356", "date 2026-11-30"), ("dd/mm/yyyy", "46356.375", "date 2026-11-30T09:00"),
        ("dd/mm/yyyy hh:mm", "46356.375", "date 2026-11-30T09:00"), ("d/m/yy h:mm", "46356", "date 2026-11-30T00:00"),
        ("[$-416]d\\ \"de\"\\ mmmm\\ \"de\"\\ yyyy;@", "46356", "date 2026-11-30"),
        ("mmm\\-yy", "46356", "date 2026-11-30"),
        ("MMMM", "46356", "date 2026-11-30"), ("hh:mm", "0.375", "date 09:00"), ("h:mm AM/PM", "0.875", "date 21:00"),
        ("hh:mm:ss", "0.37534722222222222", "date 09:00:30"), ("mm:ss.0", "0.00001", "date 00:00:00.864"),
        ("hh:mm", "46356.375", "date 2026-11-30T09:00"), ("[h]:mm", "1.5", "date 36:00"),
        ("[mm]:ss", "0.0625", "date 01:30"),
        ("hh:mm", "45000.333333333336", "date 2023-03-15T08:00"), ("hh:mm", "0.99999999999", "date 23:59:59.999"),
        ("dd/mm/yyyy", "1", "date 1900-01-01"), ("dd/mm/yyyy", "59", "date 1900-02-28"),
        ("dd/mm/yyyy", "60", "impossibleDate 60"), ("dd/mm/yyyy", "61", "date 1900-03-01"),
        ("dd/mm/yyyy", "0", "impossibleDate 0"), ("dd/mm/yyyy", "-1", "impossibleDate -1"),
        ("dd/mm/yyyy", "2958465", "date 9999-12-31"), ("dd/mm/yyyy", "2958466", "impossibleDate 2958466"),
        ("dd/mm/yyyy", "43890", "date 2020-02-29"), ("0.00", "46356", "number 46356"),
        ("General", "46356", "number 46356"),
        ("\"dia \"0", "46356", "number 46356"), ("[Red]0.00", "46356", "number 46356"),
        ("#,##0\\ \"dias\"", "5", "number 5"),
        ("[$R$-416]\\ #,##0.00", "5", "number 5"), ("@", "46356", "number 46356"),
        ("0.00E+00", "46356", "number 46356"),
        ("General\" dias\"", "5", "number 5"), ("_-* #,##0_-", "5", "number 5"),
    ])
    func `a format makes a number a date`(_ format: String, _ stored: String, _ expected: String) throws {
        let cells = try ValueTests.cells("<c r=\"A1\" s=\"1\"><v>\(stored)</v></c>", formats: [format])
        #expect(cells == ["A1 \(expected)"])
    }

    @Test(arguments: [
        ("dd/mm/yyyy", "44894", "date 2026-11-30"), ("dd/mm/yyyy", "0", "date 1904-01-01"),
        ("dd/mm/yyyy", "60", "date 1904-03-01"), ("hh:mm", "0.375", "date 09:00"),
    ])
    func `days count from 1904 in workbooks that say so`(_ format: String, _ stored: String, _ expected: String) throws
    {
        let cells = try ValueTests.cells(
            "<c r=\"A1\" s=\"1\"><v>\(stored)</v></c>", formats: [format], properties: "<workbookPr date1904=\"1\"/>")
        #expect(cells == ["A1 \(expected)"])
    }

    @Test(arguments: [
        (14, "2026-11-30"), (17, "2026-11-30"), (22, "2026-11-30T00:00"), (20, "2026-11-30T00:00"),
        (46, "1112544:00"), (1, "46356"), (49, "46356"),
    ])
    func `the formats without a code are known by their number`(_ number: Int, _ expected: String) throws {
        var book = TestWorkbook("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>46356</v></c></row>", formats: ["0"])
        book["xl/styles.xml"] = book["xl/styles.xml"]?.replacing(
            "<xf numFmtId=\"164\"/>", with: "<xf numFmtId=\"\(number)\"/>")
        #expect(try book.read().rows == [[expected]])
    }

    @Test(arguments: [
        ("t=\"b\"><v>1</v>", "boolean TRUE"), ("t=\"b\"><v>0</v>", "boolean FALSE"),
        ("t=\"b\"><v>2</v>", "malformed 2"),
        ("t=\"e\"><v>#N/A</v>", "error #N/A"), ("t=\"str\"><v>a</v>", "text a"), ("t=\"n\"><v>5</v>", "number 5"),
        ("t=\"str\"><f>A2</f><v>a</v>", "text! a"), ("><f>1+1</f><v>2</v>", "number! 2"),
        ("t=\"b\"><f>TRUE()</f><v>1</v>", "boolean! TRUE"), ("t=\"e\"><f>1/0</f><v>#DIV/0!</v>", "error! #DIV/0!"),
        ("><f>1+1</f>", "emptyFormula! "), ("><f>1+1</f><v></v>", "emptyFormula! "),
        ("><f>1+1</f><v/>", "emptyFormula! "),
        ("t=\"str\"><f>A2</f>", "emptyFormula! "), ("><f t=\"shared\" si=\"0\"/>", "emptyFormula! "),
        ("t=\"d\"><v>2026-11-30</v>", "date 2026-11-30"),
        ("t=\"d\"><v>2026-11-30T09:00:00Z</v>", "date 2026-11-30T09:00"),
        ("t=\"d\"><v>2026-11-30T00:00:00.000</v>", "date 2026-11-30"), ("t=\"d\"><v>09:00:30</v>", "date 09:00:30"),
        ("t=\"d\"><v>30/11/2026</v>", "malformed 30/11/2026"), ("t=\"d\"><v>2026-13-01</v>", "malformed 2026-13-01"),
        ("t=\"inlineStr\"><is><t>a</t></is>", "text a"), ("t=\"inlineStr\"><is><t>João 你</t></is>", "text João 你"),
        ("t=\"inlineStr\"><is><t xml:space=\"preserve\"> a </t></is>", "text  a "),
        (
            "t=\"inlineStr\"><is><r><rPr><b/></rPr><t>Ana </t></r><r><t>Maria</t></r><rPh sb=\"0\" eb=\"1\"><t>x</t></rPh></is>",
            "text Ana Maria"
        ),
        ("t=\"inlineStr\"><is><t>&amp;&lt;&gt;&quot;&apos;</t></is>", "text &<>\"'"),
        ("t=\"inlineStr\"><is><t>Jos&#233; &#x1f4de;&#128222;&#xE9;&#10;</t></is>", "text José 📞📞é\n"),
        ("t=\"inlineStr\"><is><t>&#0000000000000000233;</t></is>", "text é"),
        ("t=\"inlineStr\"><is><t>a&amp;b&#x1F4DE;<![CDATA[<c>]]></t></is>", "text a&b📞<c>"),
        ("t=\"inlineStr\"><is><t>📞</t></is>", "text 📞"), ("t=\"zzz\"><v>1</v>", "malformed 1"),
    ])
    func `a cell is what its type says`(_ cell: String, _ expected: String) throws {
        #expect(try ValueTests.cells("<c r=\"A1\" \(cell)</c>") == ["A1 \(expected)"])
    }

    @Test(arguments: [
        ("a_x000D_b", "a\rb"), ("_x005F_x000D_", "_x000D_"), ("_xD83D__xDCDE_", "📞"), ("_xD83D_", "\u{FFFD}"),
        ("_x00e7_", "ç"), ("_x000", "_x000"), ("a_b_xyzzy_", "a_b_xyzzy_"), ("_x_x000A_", "_x\n"),
    ])
    func `escaped characters are decoded`(_ stored: String, _ expected: String) throws {
        let cells = try ValueTests.cells("<c r=\"A1\" t=\"inlineStr\"><is><t>\(stored)</t></is></c>")
        #expect(cells == ["A1 text \(expected)"])
        let book = TestWorkbook("<row><c t=\"s\"><v>0</v></c></row>", texts: "<si><t>\(stored)</t></si>")
        #expect(try book.read().rows == [[expected]])
    }

    @Test func `shared texts are joined from their runs, without reading aids`() throws {
        let texts = """
            <si><t>a</t></si><si><t xml:space="preserve"> b </t></si><si/><si><t/></si>
            <si><r><t>Ana </t></r><r><rPr><b/></rPr><t>Maria</t></r><rPh sb="0" eb="1"><t>アナ</t></rPh><phoneticPr/></si>
            <si><t>João</t></si><extLst><ext><si><t>x</t></si></ext></extLst>
            """
        let row = (0...5).map { "<c t=\"s\"><v>\($0)</v></c>" }.joined()
        let sheet = try TestWorkbook("<row>\(row)</row>", texts: texts).read()
        #expect(sheet.cells == ["A1 text a", "B1 text  b ", "E1 text Ana Maria", "F1 text João"])
    }

    @Test(arguments: ["6", "-1", "", "x", "99999999999999999999"])
    func `a shared text that is not there is an error`(_ index: String) {
        let book = TestWorkbook(
            "<row r=\"7\"><c r=\"B7\" t=\"s\"><v> \(index)</v></c></row>", texts: "<si><t>a</t></si>")
        #expect(
            workbookError { _ = try book.read() }
                == .damagedSheet(sheet: "Lista", place: "cell B7", reason: "it names a shared text that is not there"))
    }
}
