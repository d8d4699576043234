import Foundation
import TestWorkbook
import Testing
import Workbooks

@Suite struct HostileTests {
    static let sheetPart = "xl/worksheets/sheet1.xml"

    /// A part, as text that is repeated in the middle, in a workbook that is otherwise sound.
    static func bomb(_ part: String, _ before: String, _ character: Character, _ times: Int, _ after: String) -> [UInt8]
    {
        var book = TestWorkbook(formats: ["0"], texts: "")
        book[part] = nil
        var entry = ZIPWriter.Entry(part, "")
        entry.deflated = ZIPWriter.deflated(before, character.asciiValue ?? 0x20, times: times, after)
        entry.claimedSize = 100
        book.archive.entries.append(entry)
        return book.archive.bytes
    }

    @Test func `a bomb stops at the limit of its part, at once`() {
        let size = 80 << 20
        let bytes = HostileTests.bomb("xl/styles.xml", "<styleSheet>", " ", size, "</styleSheet>")
        #expect(bytes.count < 700_000)
        #expect(
            workbookError { _ = try ReadSheet.read(bytes) }
                == .limit(.partBytes(part: "xl/styles.xml", limit: WorkbookLimits().otherPartBytes)))
        var limits = WorkbookLimits()
        limits.sheetBytes = 1 << 20
        let sheet = HostileTests.bomb(HostileTests.sheetPart, "<worksheet>", " ", 2 << 20, "</worksheet>")
        #expect(
            workbookError { _ = try ReadSheet.read(sheet, limits: limits) }
                == .limit(.partBytes(part: HostileTests.sheetPart, limit: 1 << 20)))
        limits.sharedTextBytes = 1 << 20
        let texts = HostileTests.bomb("xl/sharedStrings.xml", "<sst>", " ", 2 << 20, "</sst>")
        #expect(
            workbookError { _ = try ReadSheet.read(texts, limits: limits) }
                == .limit(.partBytes(part: "xl/sharedStrings.xml", limit: 1 << 20)))
    }

    @Test(arguments: [
        "<row r=\"1\"><c r=\"B1\" t=\"inlineStr\"><is><t>", "<row r=\"1\"><c r=\"B1\"><v>",
        "<row r=\"1\"><c r=\"B1\" t=\"str\"><v>",
    ])
    func `a text without end stops at the limit of a cell`(_ before: String) {
        let bytes = HostileTests.bomb(HostileTests.sheetPart, "<worksheet><sheetData>" + before, "a", 20 << 20, "</t>")
        #expect(
            workbookError { _ = try ReadSheet.read(bytes) }
                == .limit(.cellText(sheet: "Lista", cell: "B1", limit: 32767)))
    }

    @Test func `a shared text without end stops at the limit of a cell`() {
        let bytes = HostileTests.bomb("xl/sharedStrings.xml", "<sst><si><t>", "a", 20 << 20, "</t>")
        #expect(workbookError { _ = try ReadSheet.read(bytes) } == .limit(.sharedText(number: 1, limit: 32767)))
    }

    @Test(arguments: [
        ("a", 32767, true), ("a", 32768, false), ("ç", 32767, true), ("📞", 16384, false), ("📞", 16383, true),
    ])
    func `a text has as many characters as in Excel`(_ character: String, _ count: Int, _ isRead: Bool) {
        let text = String(repeating: character, count: count)
        let row = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>\(text)</t></is></c></row>"
        let error = WorkbookError.limit(.cellText(sheet: "Lista", cell: "A1", limit: 32767))
        #expect(workbookError { _ = try TestWorkbook(row).read() } == (isRead ? nil : error))
        let shared = TestWorkbook("<row><c t=\"s\"><v>0</v></c></row>", texts: "<si><t>\(text)</t></si>")
        #expect(
            workbookError { _ = try shared.read() } == (isRead ? nil : .limit(.sharedText(number: 1, limit: 32767))))
    }

    @Test(arguments: [
        ("<worksheet x=\"", "\"/>"), ("<worksheet><!--", "--></worksheet>"), ("<!--", "--><worksheet/>"), ("<", "/>"),
    ])
    func `a tag or comment without end stops`(_ before: String, _ after: String) {
        let bytes = HostileTests.bomb(HostileTests.sheetPart, before, "a", 20 << 20, after)
        #expect(
            workbookError { _ = try ReadSheet.read(bytes) }
                == .limit(.markupBytes(part: HostileTests.sheetPart, line: 1, limit: 1 << 20)))
    }

    @Test func `elements within each other stop at the limit`() {
        let deep = String(repeating: "<a>", count: 200)
        let error = workbookError { _ = try TestWorkbook("", before: "\n" + deep).read() }
        #expect(error == .limit(.depth(part: HostileTests.sheetPart, line: 2, limit: 100)))
    }

    @Test(arguments: [
        (0..<2000).map { "<a\($0)/>" }.joined(), (0..<2000).map { "<x a\($0)=\"\"/>" }.joined(),
        (0..<2000).map { "<p\($0):row/>" }.joined(), "<\(String(repeating: "a", count: 100_000))/>",
    ])
    func `names without number stop at the limit`(_ names: String) {
        #expect(
            workbookError { _ = try TestWorkbook("", before: names).read() }
                == .limit(.names(part: HostileTests.sheetPart, line: 1, limit: 1000)))
    }

    @Test(arguments: [
        "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", sheetPart, "xl/styles.xml",
        "xl/sharedStrings.xml",
    ])
    func `a document type is refused in every part`(_ part: String) {
        let laughs = """
            <!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;"><!ENTITY e SYSTEM "file:///etc/passwd">]>
            <worksheet><sheetData><row><c t="inlineStr"><is><t>&e;&b;</t></is></c></row></sheetData></worksheet>
            """
        var book = TestWorkbook(formats: ["0"], texts: "<si><t>a</t></si>")
        book[part] = laughs
        #expect(workbookError { _ = try book.read() } == .documentType(part: part, line: 1))
    }

    @Test(
        arguments: [
            ("<row r=\"1048577\"/>", .limit(.rows(sheet: "Lista", row: "1048577", limit: 1_048_576))),
            ("<row r=\"9999999\"><c/></row>", .limit(.rows(sheet: "Lista", row: "9999999", limit: 1_048_576))),
            ("<row r=\"1\"><c r=\"XFE1\"/></row>", .limit(.columns(sheet: "Lista", row: 1, limit: 16_384))),
            ("<row r=\"1\"><c r=\"ZZZZZ1\"/></row>", .limit(.columns(sheet: "Lista", row: 1, limit: 16_384))),
            (
                "<row r=\"1\">" + String(repeating: "<c/>", count: 16_385) + "</row>",
                .limit(.columns(sheet: "Lista", row: 1, limit: 16_384))
            ),
            ("<row r=\"1048576\"/><row/>", .limit(.rows(sheet: "Lista", row: "1048577", limit: 1_048_576))),
        ] as [(String, WorkbookError)])
    func `rows and columns end where Excel's do`(_ rows: String, _ error: WorkbookError) {
        #expect(workbookError { _ = try TestWorkbook(rows).read() } == error)
        #expect(workbookError { _ = try TestWorkbook("<!-- -->" + rows).read() } == error)
    }

    @Test func `the tables of a sheet have limits of their own, and each is read once`() {
        var limits = WorkbookLimits()
        (limits.tables, limits.tableBytes) = (1, 200)
        var book = TestWorkbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>")
        let path = "xl/worksheets/_rels/sheet1.xml.rels"
        func error() -> WorkbookError? { workbookError { _ = try book.read(limits: limits) } }
        book["xl/tables/table1.xml"] = "<table/>"
        book["xl/tables/table2.xml"] = "<table/>"
        book[path] = TestWorkbook.relation(Array(repeating: ("table", "../tables/table1.xml"), count: 5))
        #expect(error() == nil)
        book[path] = TestWorkbook.relation([("table", "../tables/table1.xml"), ("table", "../tables/table2.xml")])
        #expect(error() == .limit(.tables(limit: 1)))
        limits.tables = 2
        #expect(error() == nil)
        book["xl/tables/table1.xml"] = "<table>\(String(repeating: " ", count: 100))</table>"
        #expect(error() == nil)
        book["xl/tables/table2.xml"] = book["xl/tables/table1.xml"]
        #expect(error() == .limit(.tableBytes(limit: 200)))
        book["xl/tables/table2.xml"] = nil
        #expect(error() == .missingPart(part: "xl/tables/table2.xml"))
    }

    @Test func `looking for sheets with rows has a limit for all, and looks at each part once`() throws {
        let blank = (1...200).map { "<row r=\"\($0)\"/>" }.joined()
        var book = TestWorkbook(SheetTests.row(1))
        let others = (2...40).map { "<sheet name=\"S\($0)\" sheetId=\"\($0)\" r:id=\"rId\($0)\"/>" }
        book["xl/workbook.xml"] = book["xl/workbook.xml"]?.replacing(
            "</sheets>", with: others.joined() + "<sheet name=\"Fim\" sheetId=\"41\" r:id=\"rId1\"/></sheets>")
        book["xl/worksheets/sheet2.xml"] = TestWorkbook.sheet(blank)
        let path = "xl/_rels/workbook.xml.rels"
        func names(_ targets: [String]) throws -> [String] {
            book[path] = TestWorkbook.relation((["sheet1"] + targets).map { ("worksheet", "worksheets/\($0).xml") })
            let file = FileManager.default.temporaryDirectory.appending(path: "workbook-\(UUID().uuidString)")
            try Data(book.archive.bytes).write(to: file)
            defer { try? FileManager.default.removeItem(at: file) }
            var limits = WorkbookLimits()
            limits.searchBytes = 10_000
            let workbook = try Workbook(path: file.path, limits: limits)
            return try workbook.filled(workbook.sheets).map(\.name)
        }
        #expect(try names(Array(repeating: "sheet2", count: 39)) == ["Lista", "Fim"])
        for number in 3...40 { book["xl/worksheets/sheet\(number).xml"] = TestWorkbook.sheet(blank) }
        #expect(
            workbookError { _ = try names((2...40).map { "sheet\($0)" }) } == .limit(.searchBytes(limit: 10_000)))
    }

    @Test func `what a part refers to has a limit`() {
        var limits = WorkbookLimits()
        limits.relationships = 3
        var book = TestWorkbook(SheetTests.row(1))
        let path = "xl/worksheets/_rels/sheet1.xml.rels"
        func error(_ count: Int) -> WorkbookError? {
            book[path] = TestWorkbook.relation((1...count).map { ("drawing", "../drawings/\($0).xml") })
            return workbookError { _ = try book.read(limits: limits) }
        }
        #expect(error(3) == nil)
        #expect(error(4) == .limit(.relationships(part: HostileTests.sheetPart, limit: 3)))
    }

    @Test func `a row, formats, sheets, texts and files have limits of their own`() {
        var limits = WorkbookLimits()
        (limits.rowBytes, limits.formats, limits.sheets, limits.sharedTexts) = (20, 2, 1, 2)
        let row = "<row r=\"3\"><c><v>123456789</v></c><c><v>123456789</v></c><c><v>12345</v></c></row>"
        func error(_ book: TestWorkbook) -> WorkbookError? { workbookError { _ = try book.read(limits: limits) } }
        #expect(error(TestWorkbook(row)) == .limit(.rowBytes(sheet: "Lista", row: 3, limit: 20)))
        #expect(error(TestWorkbook(formats: ["0", "00"])) == .limit(.formats(limit: 2)))
        #expect(error(TestWorkbook(texts: "<si/><si><t>a</t></si><si/>")) == .limit(.sharedTexts(limit: 2)))
        var book = TestWorkbook()
        book["xl/workbook.xml"] = book["xl/workbook.xml"]?.replacing(
            "</sheets>", with: "<sheet name=\"b\" r:id=\"rId1\"/></sheets>")
        #expect(error(book) == .limit(.sheets(limit: 1)))
    }

    @Test(arguments: [false, true])
    func `an archive of many files is refused before its directory is read`(_ isWide: Bool) {
        var archive = ZIPWriter(isWide: isWide)
        archive.entries = (0..<10_001).map { .init("\($0)", "") }
        #expect(workbookError { _ = try ReadSheet.read(archive.bytes) } == .limit(.archiveEntries(limit: 10_000)))
        archive.entries = (0..<5000).map { .init(String(repeating: "x", count: 1000) + "\($0)", "") }
        #expect(workbookError { _ = try ReadSheet.read(archive.bytes) } == .limit(.directoryBytes(limit: 4 << 20)))
    }
}
