import TestWorkbook
import Testing
import Workbooks

@Suite struct FilterTests {
    static let condition = "<filterColumn colId=\"0\"><filters><filter val=\"1\"/></filters></filterColumn>"
    static let relations = "xl/worksheets/_rels/sheet1.xml.rels"
    static let parts =
        "<tableParts count=\"1\"><tablePart r:id=\"rId1\" xmlns:r=\"\(TestWorkbook.relationships)\"/></tableParts>"

    /// Rows 1 to 6, of which some are hidden.
    static func rows(hidden: [Int]) -> String {
        (1...6).map { SheetTests.row($0, hidden.contains($0) ? "hidden=\"1\"" : "") }.joined()
    }

    /// A filter of a table, or of the sheet.
    static func book(_ filter: String, hidden: [Int] = [], inTable: Bool) -> TestWorkbook {
        guard inTable else { return TestWorkbook(rows(hidden: hidden), after: filter) }
        var book = TestWorkbook(rows(hidden: hidden), after: parts)
        book[relations] = TestWorkbook.relation([("table", "../tables/table1.xml")])
        book["xl/tables/table1.xml"] =
            "<table xmlns=\"\(TestWorkbook.main)\" id=\"1\" ref=\"A1:A6\">\(filter)<tableColumns/></table>"
        return book
    }

    @Test(arguments: [
        ("A2:A5", [3], true), ("A2:A5", [5], true), ("$A$2:$B$5", [4, 5], true), ("a2:b5", [3], true),
        // Above the headings, the headings themselves, below.
        ("A2:A5", [1], false), ("A2:A5", [2], false), ("A2:A5", [1, 2, 6], false), ("A2:A5", [], false),
        ("A2:A1048576", [6], true), ("A2:A9999999", [2], false),
        // Not said, or nothing that can be read.
        ("", [3], false), ("A2", [3], false), ("A5:A2", [3], false), ("A:C", [3], false), ("A2:A3:A5", [3], false),
        ("Plan1!A2:A5", [3], false), ("2:5", [3], false),
    ])
    func `a filter is applied when it hides one of its rows`(_ reference: String, _ hidden: [Int], _ isApplied: Bool)
        throws
    {
        let filter = "<autoFilter ref=\"\(reference)\">\(Self.condition)</autoFilter>"
        for inTable in [false, true] {
            let sheet = try Self.book(filter, hidden: hidden, inTable: inTable).read()
            #expect(sheet.isFiltered)
            #expect(sheet.hasUnappliedFilter == !isApplied, "in a table: \(inTable)")
        }
    }

    @Test func `each of several filters has to be applied`() throws {
        let filter = "<autoFilter ref=\"A4:A6\">\(Self.condition)</autoFilter>"
        for (hidden, isUnapplied) in [([2], true), ([5], true), ([2, 5], false)] {
            var book = Self.book(
                "<autoFilter ref=\"A1:A3\">\(Self.condition)</autoFilter>", hidden: hidden, inTable: true)
            book[HostileTests.sheetPart] = book[HostileTests.sheetPart]?.replacing(
                "<tableParts", with: filter + "<tableParts")
            #expect(try book.read().hasUnappliedFilter == isUnapplied)
        }
    }

    @Test(arguments: [
        "<filterColumn colId=\"0\" hiddenButton=\"1\"><extLst><ext/></extLst></filterColumn>",
        "<filterColumn colId=\"0\" hiddenButton=\"1\"><x:AlternateContent xmlns:x=\"y\"/></filterColumn>",
        "<x:AlternateContent xmlns:x=\"y\"><x:Choice>\(condition)</x:Choice></x:AlternateContent>",
        "<extLst><ext>\(condition)</ext></extLst>",
    ])
    func `a condition is found wherever it is in a filter`(_ content: String) throws {
        for inTable in [false, true] {
            let book = Self.book("<autoFilter ref=\"A1:A6\">\(content)</autoFilter>", inTable: inTable)
            #expect(try book.read().hasUnappliedFilter, "in a table: \(inTable)")
        }
    }

    @Test func `a filter is found in alternatives, rows in them are refused`() throws {
        func alternatives(_ content: String) -> String {
            "<x:AlternateContent xmlns:x=\"y\"><x:Choice Requires=\"x14\">\(content)</x:Choice><x:Fallback/>"
                + "</x:AlternateContent>"
        }
        let filter = alternatives("<autoFilter ref=\"A1:A6\">\(Self.condition)</autoFilter>")
        for inTable in [false, true] {
            #expect(try Self.book(filter, inTable: inTable).read().hasUnappliedFilter)
            #expect(try !Self.book(filter, hidden: [4], inTable: inTable).read().hasUnappliedFilter)
        }
        let merges = "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>"
        let sheet = try TestWorkbook(SheetTests.row(1), after: alternatives("<controls/>") + merges).read()
        #expect(!sheet.isFiltered && sheet.merges == 1)
        let rows = alternatives("<sheetData>\(SheetTests.row(1))</sheetData>")
        guard case .damagedSheet? = workbookError({ _ = try TestWorkbook("", before: rows).read() }) else {
            Issue.record("it was read")
            return
        }
    }

    @Test(arguments: [([], true), ([1], true), ([1, 2], true), ([2], false), ([1, 4], false)] as [([Int], Bool)])
    func `a sheet that says it is filtered hides rows below its headings`(_ hidden: [Int], _ isUnapplied: Bool) throws {
        let before = "<sheetPr filterMode=\"1\"/>"
        let sheet = try TestWorkbook(Self.rows(hidden: hidden), before: before).read()
        #expect(sheet.isFiltered && sheet.hasUnappliedFilter == isUnapplied)
        // Where there is a filter, its own rows count.
        let filter = "<autoFilter ref=\"A4:A6\">\(Self.condition)</autoFilter>"
        let filtered = try TestWorkbook(Self.rows(hidden: [3]), before: before, after: filter).read()
        #expect(filtered.hasUnappliedFilter)
    }

    @Test func `a table that cannot be found is refused`() throws {
        var book = Self.book("", inTable: true)
        #expect(try !book.read().isFiltered)
        func error() -> WorkbookError? { workbookError { _ = try book.read() } }
        let reason = "it is not among the sheet's relationships"
        let expected = WorkbookError.damagedSheet(sheet: "Lista", place: "table “rId1”", reason: reason)
        book[Self.relations] = TestWorkbook.relation([("comments", "../tables/table1.xml")])
        #expect(error() == expected)
        book[Self.relations] = nil
        #expect(error() == expected)
    }

    @Test func `a filter without a condition is none`() throws {
        for inTable in [false, true] {
            let sheet = try Self.book("<autoFilter/>", hidden: [], inTable: inTable).read()
            #expect(!sheet.isFiltered && !sheet.hasUnappliedFilter)
        }
    }
}
