/// How the numbers of cells are meant, by the index of a cell's format (ECMA-376 part 1, 18.8).
final class Styles: XMLHandler {
    /// By the index that cells name.
    private(set) var formats: [CellFormat] = []
    private var codes: [Int: CellFormat] = [:]
    private var isInCellFormats = false
    private var depth = 0
    private let limit: Int

    /// - Parameter part: nil for a workbook without styles, whose numbers are all plain.
    init(_ part: String?, of archive: Archive) throws(WorkbookError) {
        limit = archive.limits.formats
        super.init()
        guard let part else { return }
        try XMLReader.read(part, of: archive, limit: archive.limits.otherPartBytes, into: self)
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        depth += 1
        if depth == 2 { isInCellFormats = name == "cellXfs" }
        guard depth == 3 else { return }
        if isInCellFormats, name == "xf" {
            let number = attributes.number("numFmtId") ?? 0
            formats.append(codes[number] ?? CellFormat(builtIn: number))
        } else if name == "numFmt", let number = attributes.number("numFmtId"),
            let code = attributes.string("formatCode")
        {
            codes[number] = CellFormat(code: code)
        }
        if formats.count > limit || codes.count > limit { fail(.limit(.formats(limit: limit))) }
    }

    override func end() {
        depth -= 1
    }
}
