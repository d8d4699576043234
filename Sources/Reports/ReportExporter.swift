/// Turns rows into the bytes of a report. It knows no files and keeps no rows: however many there are, its memory
/// stays the same, and the caller decides when the buffer is written out and emptied.
///
///     var exporter = ReportFormat.csv.calls(context)
///     exporter.appendHeader(to: &bytes)
///     for row in rows { exporter.append(row, to: &bytes) }
///     exporter.appendFooter(to: &bytes)
package protocol ReportExporter<Row>: Sendable {
    /// What it takes: a contact, an attempt or a rejected row.
    associatedtype Row: Sendable

    /// False when the report is complete with header and footer, so that there is no need to read any row.
    var needsRows: Bool { get }

    /// Writes what comes before the first row, behind what is there.
    mutating func appendHeader(to bytes: inout [UInt8])

    /// Writes one row, behind what is there.
    mutating func append(_ row: Row, to bytes: inout [UInt8])

    /// Writes what comes after the last row, behind what is there.
    mutating func appendFooter(to bytes: inout [UInt8])
}

extension ReportExporter {
    /// A report needs its rows, unless it says otherwise.
    package var needsRows: Bool { true }
}
