import CampaignCore

/// A report as JSON Lines: one object a row, each with a line feed behind it, and no summary.
struct JSONLinesExporter<Table: ReportTable>: ReportExporter {
    private let row: JSONRow<Table>

    init(_ table: Table, _ context: ReportContext) {
        row = JSONRow(table, context)
    }

    mutating func appendHeader(to bytes: inout [UInt8]) {}

    mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
        self.row.append(row, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
    }

    mutating func appendFooter(to bytes: inout [UInt8]) {}
}
