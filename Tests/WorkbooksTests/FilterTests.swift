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

    @Test func `a filter without a condition is none`() throws {
        for inTable in [false, true] {
            let sheet = try Self.book("<autoFilter/>", hidden: [], inTable: inTable).read()
            #expect(!sheet.isFiltered && !sheet.hasUnappliedFilter)
        }
    }
}
