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
    private let columns: Int
    private let timeZone: TimeZone
    private let isForExcel: Bool
    private var line: CSVLine

    init(_ table: Table, _ context: ReportContext) {
        self.table = table
        ownColumns = table.hasOwnCells ? context.ownColumns : []
        columns = table.columns.count - table.jsonOnly.count
        timeZone = context.timeZone
        isForExcel = context.isForExcel
        line = CSVLine(isForExcel: context.isForExcel)
    }

    mutating func appendHeader(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: line.head)
        for name in ownColumns { line.add(name, as: ownText) }
        for column in table.columns.prefix(columns) { line.add(column.rawValue, as: .defused) }
        line.append(to: &bytes)
    }

    mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
        if !ownColumns.isEmpty {
            for cell in table.ownCells(of: row, count: ownColumns.count) { add(cell, as: ownText) }
        }
        for cell in table.cells(of: row).prefix(columns) { add(cell) }
        line.append(to: &bytes)
    }

    mutating func appendFooter(to bytes: inout [UInt8]) {}

    private var ownText: CSVLine.Treatment { table.returnsOwnCells && !isForExcel ? .exact : .defused }

    private mutating func add(_ cell: ReportCell) {
        switch cell {
        case .text(let text): add(text, as: .defused)
        // Neither a formula nor anything that Excel would change.
        case .absent, .number, .time: line.add(cell.text(in: timeZone), as: .defused)
        }
    }

    private mutating func add(_ text: String, as treatment: CSVLine.Treatment) {
        if isForExcel, ExcelText.isNeeded(for: text) {
            line.add(ExcelText.formula(for: text), as: .exact)
        } else {
            line.add(text, as: treatment)
        }
    }
}
