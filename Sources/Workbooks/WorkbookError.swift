/// Why a file cannot be read as a workbook, or not any further. The message is one sentence: what, where, what to do.
///
/// Parts are the files in the archive, such as `xl/workbook.xml`. Cells are named as Excel shows them, such as `B7`.
package enum WorkbookError: Error, Hashable, Sendable {
    /// The file cannot be opened or read; the system's reason.
    case unreadable(reason: String)
    /// The file is something else than an .xlsx workbook.
    case otherFormat(FileFormat)
    /// The archive's directory, which is at the end of a ZIP file, is not there.
    case cut
    /// The ZIP archive contradicts itself, or cannot be read.
    case damagedArchive(reason: String)
    /// A part cannot be unpacked: wrong checksum, broken compression, an unknown method.
    case damagedPart(part: String, reason: String)
    /// A part is encrypted within the archive.
    case encryptedPart(part: String)
    /// A part is not well-formed XML; 1-based line.
    case damagedXML(part: String, line: Int, reason: String)
    /// A part has a document type, by which entities could be declared: workbooks have none.
    case documentType(part: String, line: Int)
    /// A part that another one names is not in the archive.
    case missingPart(part: String)
    /// Two files in the archive have the name of a part that is needed.
    case ambiguousPart(part: String)
    /// The workbook has no sheet.
    case noSheets
    /// The sheet is a chart, a dialog or a macro sheet.
    case noRows(sheet: String)
    /// Something in a sheet is not as the format demands; nil cell when it is about a row or the sheet as a whole.
    case damagedSheet(sheet: String, place: String, reason: String)
    /// A temporary file for the shared texts cannot be written or read.
    case temporaryFile(folder: String, reason: String)
    /// One of ``WorkbookLimits`` is exceeded.
    case limit(Exceeded)

    /// A limit that a file exceeds.
    package enum Exceeded: Hashable, Sendable {
        /// Files in the archive.
        case archiveEntries(limit: Int)
        /// Bytes of the archive's directory.
        case directoryBytes(limit: Int)
        /// Unpacked bytes of a part.
        case partBytes(part: String, limit: Int)
        /// Elements within each other, at a line of a part.
        case depth(part: String, line: Int, limit: Int)
        /// Bytes of a tag or comment, at a line of a part.
        case markupBytes(part: String, line: Int, limit: Int)
        /// Different names of elements and attributes.
        case names(part: String, line: Int, limit: Int)
        /// Sheets of the workbook.
        case sheets(limit: Int)
        /// Tables on a sheet.
        case tables(limit: Int)
        /// Unpacked bytes of a sheet's tables.
        case tableBytes(limit: Int)
        /// Unpacked bytes of sheets that had to be looked at for their first row.
        case searchBytes(limit: Int)
        /// What a part refers to.
        case relationships(part: String, limit: Int)
        /// Texts in the shared table.
        case sharedTexts(limit: Int)
        /// Cell formats or number formats.
        case formats(limit: Int)
        /// Characters of a shared text; its 1-based number in the table.
        case sharedText(number: Int, limit: Int)
        /// Characters of a cell's own text.
        case cellText(sheet: String, cell: String, limit: Int)
        /// Bytes of a row.
        case rowBytes(sheet: String, row: Int, limit: Int)
        /// A row beyond the last that a sheet can have; the row before it, or its number as written.
        case rows(sheet: String, row: String, limit: Int)
        /// A column beyond the last that a sheet can have.
        case columns(sheet: String, row: Int, limit: Int)
    }
}

/// What a file is that is not an .xlsx workbook.
package enum FileFormat: Hashable, Sendable {
    /// It has no bytes.
    case empty
    /// A workbook that is protected by a password.
    case encrypted
    /// Excel 97–2003 (.xls) or older.
    case oldExcel
    /// Excel's binary workbook (.xlsb).
    case binaryExcel
    /// Excel 2003's XML spreadsheet.
    case excelXML
    /// OpenDocument (.ods).
    case openDocument
    /// Apple Numbers.
    case numbers
    /// Word (.docx).
    case word
    /// PowerPoint (.pptx).
    case powerPoint
    /// A ZIP archive without a workbook.
    case otherArchive
    /// Microsoft's older container with something else in it.
    case otherContainer
    /// A web page, as many programs write under the name .xls or .xlsx.
    case html
    /// Some other XML.
    case xml
    /// A PDF.
    case pdf
    /// Text, such as a CSV file.
    case text
    /// None of these.
    case unknown
}
