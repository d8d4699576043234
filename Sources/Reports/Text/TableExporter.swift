import CampaignCore
import Foundation

/// A report as an aligned text table. Its columns have fixed widths, so that a row can be written before the next one
/// is known. Values that do not fit on a screen (own cells, ids) are only in the other formats.
struct TableExporter<Table: ReportTable>: ReportExporter {
    private let table: Table
    private let timeZone: TimeZone
    /// The columns, each with the index of its value in the row.
    private let columns: [(column: TextColumn, index: Int)]
    /// The language of sentences, and the index of the value that is one; codes stay.
    private let language: Language
    private let sentence: Int?
    private var rows = 0

    init(_ table: Table, _ context: ReportContext) {
        self.table = table
        timeZone = context.timeZone
        language = context.words.language
        sentence = table.columns.firstIndex(of: .rejectedSuggestion)
        columns = table.textColumns.compactMap { column in
            table.columns.firstIndex { $0.rawValue == column.name }.map { (column, $0) }
        }
    }

    mutating func appendHeader(to bytes: inout [UInt8]) {
        appendLine(columns.map { $0.column.cell($0.column.name) }, to: &bytes)
    }

    mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
        rows += 1
        var cells = table.cells(of: row)
        if let sentence, case .text(let text) = cells[sentence] {
            cells[sentence] = .text(Phrase(recorded: text)[language])
        }
        appendLine(columns.map { $0.column.cell(cells[$0.index].text(in: timeZone)) }, to: &bytes)
    }

    mutating func appendFooter(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: "\(Figures.grouped(rows)) \(table.kind.noun.text(rows, in: language))\n".utf8)
    }

    private func appendLine(_ cells: [String], to bytes: inout [UInt8]) {
        bytes.append(contentsOf: cells.joined(separator: "  ").utf8)
        while bytes.last == UInt8(ascii: " ") { bytes.removeLast() }
        bytes.append(UInt8(ascii: "\n"))
    }
}
