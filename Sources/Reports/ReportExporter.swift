/// Turns rows into the bytes of a report. It opens no files and keeps no rows: its memory use does not depend on their
/// number, and the caller decides when to write the buffer out and empty it. Each format has its own folder.
///
///     var exporter = ReportFormat.csv.calls(context)
///     exporter.appendHeader(to: &bytes)
///     for row in rows { exporter.append(row, to: &bytes) }
///     exporter.appendFooter(to: &bytes)
package protocol ReportExporter<Row>: Sendable {
    /// A contact, an attempt, a rejected row or a duplicate.
    associatedtype Row: Sendable

    /// False when header and footer alone make the complete report, so that no rows need to be read.
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
