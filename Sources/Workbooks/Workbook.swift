/// An .xlsx file, open for reading: its sheets, and the rows of each.
///
///     let workbook = try Workbook(path: "contatos.xlsx")
///     let reader = try workbook.rows(of: workbook.sheets[0])
///     while try reader.next() { … reader.rowNumber, reader.cells … }
///
/// The file is neither read into memory nor unpacked: memory is a few MiB whatever its size. It follows ECMA-376 (5th
/// edition, parts 1, 2 and 4), in the strict and the transitional form, and forgives what programs really write. What
/// it cannot read for certain, it refuses.
package final class Workbook {
    /// In the order of their tabs; at least one.
    package let sheets: [Sheet]
    /// Whether days count from 1904, as in workbooks from old Macs.
    let startsIn1904: Bool

    private let archive: Archive
    private let stylesPart: String?
    private let sharedTextsPart: String?
    private let temporaryFolder: String
    private var loaded: (styles: Styles, texts: SharedTexts)?

    /// Opens a file and reads the list of its sheets.
    ///
    /// - Parameters:
    ///   - path: a file, no pipe: the directory of the archive is at its end.
    ///   - limits: how large its parts may get.
    ///   - temporaryFolder: where shared texts lie that are too many for memory, in a file without a name that is gone
    ///     with this workbook. It holds what the cells hold.
    package init(
        path: String, limits: WorkbookLimits = WorkbookLimits(), temporaryFolder: String = "/var/tmp"
    ) throws(WorkbookError) {
        let file = try InputFile(path: path)
        let head = try file.read(FileFormat.headBytes, at: 0)
        if let format = FileFormat(head: head) { throw .otherFormat(format) }
        if head.starts(with: CompoundFile.mark) {
            throw .otherFormat(try CompoundFile(file: file, header: head)?.format() ?? .otherContainer)
        }
        let archive = try Archive(file: file, limits: limits)
        let part = try Workbook.mainPart(of: archive)
        let list = try SheetList(part, of: archive)
        let relationships = try Relationships(of: part, in: archive)
        var sheets: [Sheet] = []
        for entry in list.entries {
            guard let target = relationships.targets[entry.relationship] else {
                throw .missingPart(part: entry.name)
            }
            sheets.append(
                Sheet(
                    name: entry.name, visibility: entry.visibility, hasRows: target.type == "worksheet",
                    part: target.part))
        }
        if sheets.isEmpty { throw .noSheets }
        self.archive = archive
        self.sheets = sheets
        self.temporaryFolder = temporaryFolder
        startsIn1904 = list.startsIn1904
        stylesPart = relationships.part(ofType: "styles")
        sharedTextsPart = relationships.part(ofType: "sharedStrings")
    }

    /// The rows of a sheet, from the first on. The first call reads the workbook's shared texts.
    package func rows(of sheet: Sheet) throws(WorkbookError) -> SheetReader {
        guard sheet.hasRows else { throw .noRows(sheet: sheet.name) }
        let tables = try TableFilters(of: sheet.part, in: archive)
        return try reader(of: sheet, try archive.stream(sheet.part, limit: archive.limits.sheetBytes), tables)
    }

    /// Those of some sheets that have a cell with a value, in the same order.
    ///
    /// Each part is looked at once, up to its first row, however many sheets lead to it; all of them share
    /// ``WorkbookLimits/searchBytes``.
    package func filled(_ sheets: [Sheet]) throws(WorkbookError) -> [Sheet] {
        var known: [String: Bool] = [:]
        var rest = archive.limits.searchBytes
        var filled: [Sheet] = []
        for sheet in sheets where sheet.hasRows {
            var hasRow = known[sheet.part]
            if hasRow == nil {
                let limit = min(rest, archive.limits.sheetBytes)
                let stream = try archive.stream(
                    sheet.part, limit: limit,
                    exceeded: rest == limit ? .searchBytes(limit: archive.limits.searchBytes) : nil)
                hasRow = try reader(of: sheet, stream, TableFilters()).next()
                rest -= stream.count
            }
            known[sheet.part] = hasRow
            if hasRow == true { filled.append(sheet) }
        }
        return filled
    }

    private func reader(
        of sheet: Sheet, _ stream: PartStream, _ tables: TableFilters
    ) throws(WorkbookError) -> SheetReader {
        let (styles, texts) = try load()
        return try SheetReader(
            sheet: sheet, stream: stream, styles: styles, texts: texts, startsIn1904: startsIn1904, tables: tables,
            limits: archive.limits)
    }

    private func load() throws(WorkbookError) -> (styles: Styles, texts: SharedTexts) {
        if let loaded { return loaded }
        let parts = (
            styles: try Styles(stylesPart, of: archive),
            texts: try SharedTexts(sharedTextsPart, of: archive, temporaryFolder: temporaryFolder)
        )
        loaded = parts
        return parts
    }

    /// The workbook's own part, wherever the package says it is.
    private static func mainPart(of archive: Archive) throws(WorkbookError) -> String {
        if let format = try Workbook.declaredFormat(of: archive) { throw .otherFormat(format) }
        let relationships = try Relationships(of: "", in: archive)
        let usual = archive.contains("xl/workbook.xml") ? "xl/workbook.xml" : nil
        guard let part = relationships.part(ofType: "officeDocument") ?? usual else {
            if archive.contains("xl/workbook.bin") { throw .otherFormat(.binaryExcel) }
            throw .otherFormat(archive.contains("Index/Document.iwa") ? .numbers : .otherArchive)
        }
        if part.lowercased().hasSuffix(".bin") { throw .otherFormat(.binaryExcel) }
        return part
    }

    /// What an archive says in a part named `mimetype`, as OpenDocument does (OpenDocument 1.3 part 2, 3.3).
    private static func declaredFormat(of archive: Archive) throws(WorkbookError) -> FileFormat? {
        guard archive.contains("mimetype") else { return nil }
        let stream = try archive.stream("mimetype", limit: archive.limits.otherPartBytes)
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64, alignment: 1)
        defer { buffer.deallocate() }
        guard let start = buffer.baseAddress else { return nil }
        let count = try stream.read(into: start, capacity: buffer.count)
        let isOpenDocument = buffer.prefix(count).starts(with: "application/vnd.oasis.opendocument".utf8)
        return isOpenDocument ? .openDocument : nil
    }
}
