import CampaignCore
import Foundation
import Workbooks

/// A report as an Excel workbook: a sheet with the summary, and one with the rows, which goes on in further sheets where
/// Excel's are full.
///
/// Phones, ids and the list's own cells are text and stay what they are, whatever they look like; numbers and times are
/// numbers and dates. There are no formulas.
struct XLSXExporter<Table: ReportTable>: ReportExporter {
    /// How many rows are looked at to choose the widths of the columns.
    private static var sample: Int { 200 }

    private let table: Table
    private let context: ReportContext
    private let ownColumns: [String]
    /// Without those that only JSON has.
    private let columns: [ReportColumn]
    private var writer: WorkbookWriter
    private var times: LocalTimes
    /// The first rows, until the sheet begins.
    private var held: [[CellValue]]? = []

    init(_ table: Table, _ context: ReportContext, maxRows: Int = WorkbookLimits.rows) {
        self.table = table
        self.context = context
        ownColumns = table.hasOwnCells ? context.ownColumns : []
        columns = Array(table.columns.prefix(table.columns.count - table.jsonOnly.count))
        writer = WorkbookWriter(
            title: context.summary.campaign,
            createdAt: context.generatedAt.map { $0.iso8601(utcOffset: 0) },
            dateFormat: context.words.language.spreadsheetDateFormat, maxRows: maxRows)
        times = LocalTimes(context.timeZone)
    }

    mutating func appendHeader(to bytes: inout [UInt8]) {
        var summary = SummarySheet(context)
        writer.begin(summary.layout, to: &bytes)
        for row in summary.rows() { writer.append(row, to: &bytes) }
    }

    mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
        var cells: [CellValue] = []
        cells.reserveCapacity(ownColumns.count + columns.count)
        if !ownColumns.isEmpty {
            for cell in table.ownCells(of: row, count: ownColumns.count) { cells.append(.text(cell)) }
        }
        let values = table.cells(of: row)
        for value in context.words.worded(values, of: columns).prefix(columns.count) {
            switch value {
            case .absent: cells.append(.empty)
            case .text(let text): cells.append(.text(text))
            case .number(let number): cells.append(.number(number))
            case .time(let moment): cells.append(.dateTime(milliseconds: times.milliseconds(of: moment)))
            }
        }
        guard held != nil else { return writer.append(cells, to: &bytes) }
        held?.append(cells)
        if held?.count == Self.sample { beginRows(to: &bytes) }
    }

    mutating func appendFooter(to bytes: inout [UInt8]) {
        beginRows(to: &bytes)
        writer.finish(to: &bytes)
    }

    private mutating func beginRows(to bytes: inout [UInt8]) {
        guard let rows = held else { return }
        held = nil
        let headings = ownColumns + columns.map { context.words.spreadsheetHeading($0) }
        let widths = headings.indices.map { index in
            ColumnWidth.of(headings[index], rows.lazy.compactMap { index < $0.count ? $0[index] : nil })
        }
        let layout = SheetLayout(name: context.words.text(table.kind.sheet), headings: headings, widths: widths)
        writer.begin(layout, to: &bytes)
        for row in rows { writer.append(row, to: &bytes) }
    }
}

/// How wide a column is shown.
private enum ColumnWidth {
    private static let range = 8...60
    /// The button of the filter.
    private static let button = 4
    private static let dateTime = 20
    private static let number = 10

    static func of(_ heading: String, _ cells: some Sequence<CellValue>) -> Int {
        let widest = cells.reduce(TerminalText.width(heading) + button) { width, cell in
            switch cell {
            case .empty: width
            case .text(let text), .title(let text), .heading(let text): max(width, TerminalText.width(text) + 2)
            case .number, .count, .share: max(width, number)
            case .dateTime: max(width, dateTime)
            }
        }
        return min(max(widest, range.lowerBound), range.upperBound)
    }
}

extension ReportRowsKind {
    /// The name of the sheet with them.
    fileprivate var sheet: SheetText {
        switch self {
        case .calls: .calls
        case .attempts: .attempts
        case .rejects: .rejects
        case .duplicates: .duplicates
        }
    }
}

extension Language {
    /// How a spreadsheet shows days and times, in Excel's code.
    fileprivate var spreadsheetDateFormat: String {
        switch self {
        case .english: "yyyy-mm-dd hh:mm:ss"
        case .portuguese: "dd/mm/yyyy hh:mm:ss"
        }
    }
}
