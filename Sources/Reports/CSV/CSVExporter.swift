import CampaignCore
import Foundation

/// A report as CSV: RFC 4180 with a header and CRLF. For programs it uses `,` and no byte order mark; for Excel it
/// follows ``ReportContext/isForExcel``.
///
/// Cells that a spreadsheet would run as a formula are made harmless, including column names. The only exception is a
/// rejected row's own cells: they are written unchanged, because they are going to be imported again. A file for Excel
/// has no such exception: it is certain to be opened there.
struct CSVExporter<Table: ReportTable>: ReportExporter {
    private let table: Table
    private let ownColumns: [String]
    private let columns: [ReportColumn]
    /// A last heading without cells; nil for none.
    private let lastHeading: String?
    private let isForExcel: Bool
    /// The words for headings and codes; nil to leave them as they are.
    private let words: (any ReportWords)?
    private var times: LocalTimes
    private var line: CSVLine

    init(_ table: Table, _ context: ReportContext) {
        self.table = table
        ownColumns = table.hasOwnCells ? context.ownColumns : []
        columns = Array(table.columns.prefix(table.columns.count - table.jsonOnly.count))
        lastHeading = table.returnsOwnCells ? context.listColumns.map(RejectColumns.heading) : nil
        isForExcel = context.isForExcel
        // English-speaking users rely on the documented names, also in Excel.
        words = context.isForExcel && context.words.language != .english ? context.words : nil
        times = LocalTimes(context.timeZone)
        line = CSVLine(isForExcel: context.isForExcel)
    }

    mutating func appendHeader(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: line.head)
        for name in ownColumns { add(name, as: ownText, to: &bytes) }
        for column in columns {
            line.add(words?.spreadsheetHeading(column) ?? column.rawValue, as: .defused, to: &bytes)
        }
        if let lastHeading { line.add(lastHeading, as: .defused, to: &bytes) }
        line.end(to: &bytes)
    }

    mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
        if !ownColumns.isEmpty {
            for cell in table.ownCells(of: row, count: ownColumns.count) { add(cell, as: ownText, to: &bytes) }
        }
        var cells = table.cells(of: row)
        if let words { cells = words.worded(cells, of: columns) }
        for cell in cells.prefix(columns.count) { add(cell, to: &bytes) }
        if lastHeading != nil { line.begin(to: &bytes) }
        line.end(to: &bytes)
    }

    mutating func appendFooter(to bytes: inout [UInt8]) {}

    private var ownText: CSVLine.Treatment { table.returnsOwnCells && !isForExcel ? .exact : .defused }

    private mutating func add(_ cell: ReportCell, to bytes: inout [UInt8]) {
        switch cell {
        case .text(let text): add(text, as: .defused, to: &bytes)
        // None of them is a formula; what Excel makes of a time is the date that it is meant to be.
        case .absent: line.begin(to: &bytes)
        case .number(let number): line.add(String(number), as: .defused, to: &bytes)
        case .time(let moment):
            line.begin(to: &bytes)
            if isForExcel {
                bytes.append(contentsOf: times.spreadsheetText(of: moment).utf8)
            } else {
                times.append(moment, to: &bytes)
            }
        }
    }

    private mutating func add(_ text: String, as treatment: CSVLine.Treatment, to bytes: inout [UInt8]) {
        if isForExcel, ExcelText.isNeeded(for: text) {
            line.add(ExcelText.formula(for: text), as: .exact, to: &bytes)
        } else {
            line.add(text, as: treatment, to: &bytes)
        }
    }
}
