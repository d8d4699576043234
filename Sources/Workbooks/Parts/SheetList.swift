/// The workbook's own part: its sheets, and from when it counts the days (ECMA-376 part 1, 18.2).
final class SheetList: XMLHandler {
    struct Entry {
        var name: String
        var visibility: Sheet.Visibility
        /// The relationship that leads to the sheet's part.
        var relationship: String
    }

    /// In the order of their tabs.
    private(set) var entries: [Entry] = []
    /// Whether day 0 is 1904-01-01, as in workbooks from old Macs.
    private(set) var startsIn1904 = false
    private var root: String?
    private let limits: WorkbookLimits

    init(_ part: String, of archive: Archive) throws(WorkbookError) {
        limits = archive.limits
        super.init()
        try XMLReader.read(part, of: archive, limit: limits.otherPartBytes, into: self)
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        if root == nil { startRoot(String(cString: name.local)) }
        if name == "workbookPr" {
            startsIn1904 = attributes.isTrue("date1904")
        } else if name == "sheet", let title = attributes.string("name"), let id = attributes.prefixedString("id") {
            guard entries.count < limits.sheets else { return fail(.limit(.sheets(limit: limits.sheets))) }
            entries.append(Entry(name: title, visibility: SheetList.visibility(attributes), relationship: id))
        }
    }

    private func startRoot(_ name: String) {
        root = name
        switch name {
        case "workbook": break
        case "document": fail(.otherFormat(.word))
        case "presentation": fail(.otherFormat(.powerPoint))
        default: fail(.otherFormat(.otherArchive))
        }
    }

    private static func visibility(_ attributes: XMLAttributes) -> Sheet.Visibility {
        switch attributes.string("state")?.lowercased() {
        case "hidden": .hidden
        case "veryhidden": .veryHidden
        default: .visible
        }
    }
}
