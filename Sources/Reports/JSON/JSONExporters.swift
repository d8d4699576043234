import CampaignCore
import Foundation

/// A report as one JSON document: `version`, `campaign`, `summary`, and the rows in a list named after their kind. Every row is on
/// its own line, so that line-based tools can read it too.
struct JSONDocumentExporter<Table: ReportTable>: ReportExporter {
    private var row: JSONRow<Table>
    private let summary: CampaignSummary
    private let timeZone: TimeZone
    private var hasRows = false

    /// That of all documents of the program; see its page about JSON.
    private static var version: Int { 1 }

    init(_ table: Table, _ context: ReportContext) {
        row = JSONRow(table, context)
        summary = context.summary
        timeZone = context.timeZone
    }

    mutating func appendHeader(to bytes: inout [UInt8]) {
        bytes.append(ascii: "{\"version\":\(Self.version),\"campaign\":")
        bytes.append(json: summary.campaign)
        bytes.append(ascii: ",\n\"summary\":")
        JSONSummary(summary, in: timeZone).append(to: &bytes)
        bytes.append(ascii: ",\n\"\(row.table.kind.rawValue)\":[")
    }

    mutating func append(_ row: Table.Row, to bytes: inout [UInt8]) {
        bytes.append(ascii: hasRows ? ",\n" : "\n")
        hasRows = true
        self.row.append(row, to: &bytes)
    }

    mutating func appendFooter(to bytes: inout [UInt8]) {
        bytes.append(ascii: hasRows ? "\n]}\n" : "]}\n")
    }
}

/// A report as JSON Lines: one object per row, each followed by a line feed, and no summary.
struct JSONLinesExporter<Table: ReportTable>: ReportExporter {
    private var row: JSONRow<Table>

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
