/// Writes a workbook from its start to its end, sheet by sheet and row by row. It opens no files and keeps no rows: the
/// bytes go where the caller wants, also into a pipe, and memory does not grow with the number of rows.
///
/// libxlsxwriter 1.1.4 in its constant-memory mode was tried first. When the disk of its temporary files is full, it
/// says that all went well, and the file lacks rows; and it writes only into files with names, which all may read.
package struct WorkbookWriter: Sendable {
    private let maxRows: Int
    private let maxPartBytes: Int
    private var archive: ArchiveWriter
    private var cells = CellWriter()
    private var sheets: [WorkbookParts.SheetEntry] = []
    private var names = SheetNames()
    private var layout: SheetLayout?
    /// Rows of the current sheet.
    private var rows = 0
    private let title: String
    private let createdAt: String?
    private let dateFormat: String

    /// - Parameters:
    ///   - title: is shown among the properties of the file.
    ///   - createdAt: in ISO 8601, in UTC; nil to say nothing. All other bytes depend on the content alone.
    ///   - dateFormat: how days and times are shown, in Excel's code, such as `dd/mm/yyyy hh:mm:ss`.
    ///   - maxRows: rows of a sheet, after which the next one begins.
    package init(title: String, createdAt: String?, dateFormat: String, maxRows: Int = WorkbookLimits.rows) {
        self.init(
            title: title, createdAt: createdAt, dateFormat: dateFormat, maxRows: maxRows,
            maxPartBytes: ArchiveWriter.longestPart, at: 0)
    }

    /// - Parameters:
    ///   - maxPartBytes: of a sheet's XML.
    ///   - place: where in a file the workbook begins.
    package init(
        title: String, createdAt: String?, dateFormat: String, maxRows: Int, maxPartBytes: Int, at place: UInt64
    ) {
        self.title = title
        self.createdAt = createdAt
        self.dateFormat = dateFormat
        self.maxRows = max(maxRows, 2)
        self.maxPartBytes = maxPartBytes
        archive = ArchiveWriter(at: place)
    }

    /// Begins a sheet, and ends the one before.
    package mutating func begin(_ layout: SheetLayout, to bytes: inout [UInt8]) {
        if self.layout == nil { appendFirstParts(to: &bytes) }
        endSheet(to: &bytes)
        beginSheet(layout, to: &bytes)
    }

    /// Adds a row to the current sheet; one that is full is followed by another one like it.
    package mutating func append(_ row: [CellValue], to bytes: inout [UInt8]) {
        if rows >= maxRows || archive.partSize >= maxPartBytes - SheetLayout.mostRowBytes(row), let layout, rows > 1 {
            endSheet(to: &bytes)
            beginSheet(layout, to: &bytes)
        }
        appendRow(row, to: &bytes)
    }

    /// Ends the last sheet and the workbook, which has to have one.
    package mutating func finish(to bytes: inout [UInt8]) {
        endSheet(to: &bytes)
        archive.append("xl/workbook.xml", WorkbookParts.workbook(sheets), to: &bytes)
        let count = sheets.count
        archive.append(
            "xl/_rels/workbook.xml.rels", WorkbookParts.workbookRelationships(sheets: count), to: &bytes)
        archive.append("[Content_Types].xml", WorkbookParts.contentTypes(sheets: count), to: &bytes)
        archive.finish(to: &bytes)
    }

    private mutating func appendFirstParts(to bytes: inout [UInt8]) {
        archive.append("_rels/.rels", WorkbookParts.relationships, to: &bytes)
        archive.append(
            "docProps/core.xml", WorkbookParts.properties(title: title, created: createdAt), to: &bytes)
        archive.append("xl/styles.xml", CellStyle.part(dateFormat: dateFormat), to: &bytes)
    }

    private mutating func beginSheet(_ layout: SheetLayout, to bytes: inout [UInt8]) {
        self.layout = layout
        rows = 0
        sheets.append(
            .init(
                name: names.unused(for: layout.name), filtered: nil, repeatsHeadings: !layout.headings.isEmpty))
        archive.begin("xl/worksheets/sheet\(sheets.count).xml", to: &bytes)
        let isFirst = sheets.count == 1
        archive.add(to: &bytes) { layout.appendHead(isFirst: isFirst, to: &$0) }
        if !layout.headings.isEmpty { appendRow(layout.headings.map(CellValue.heading), to: &bytes) }
    }

    private mutating func appendRow(_ row: [CellValue], to bytes: inout [UInt8]) {
        rows += 1
        archive.add(to: &bytes) { [rows] in cells.append(row, row: rows, to: &$0) }
    }

    private mutating func endSheet(to bytes: inout [UInt8]) {
        guard let layout, let last = sheets.indices.last else { return }
        let filtered = layout.filtered(rows: rows)
        sheets[last].filtered = filtered
        archive.add(to: &bytes) { layout.appendFoot(filtered: filtered, to: &$0) }
        archive.end(to: &bytes)
    }
}
