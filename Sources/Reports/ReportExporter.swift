/// Turns rows into the bytes of a report. It opens no files and keeps no rows: its memory stays the same however many
/// there are, and the caller decides when the buffer is written out and emptied. Each format has its folder.
///
///     var exporter = ReportFormat.csv.calls(context)
///     exporter.appendHeader(to: &bytes)
///     for row in rows { exporter.append(row, to: &bytes) }
///     exporter.appendFooter(to: &bytes)
package protocol ReportExporter<Row>: Sendable {
    /// A contact, an attempt, a rejected row or a duplicate.
    associatedtype Row: Sendable

    /// False when the report is complete with header and footer, so that there is no need to read any row.
    var needsRows: Bool { get }

    /// Appends what comes before the first row.
    mutating func appendHeader(to bytes: inout [UInt8])

    /// Appends one row.
    mutating func append(_ row: Row, to bytes: inout [UInt8])

    /// Appends what comes after the last row.
    mutating func appendFooter(to bytes: inout [UInt8])
}

extension ReportExporter {
    package var needsRows: Bool { true }
}
