/// The tables of a sheet (ECMA-376 part 1, 18.5.1.2): each may have a filter of its own, in a part of its own.
final class TableFilters: XMLHandler {
    /// Whether one of them has a condition.
    private(set) var haveCondition = false
    /// The elements that have begun and not ended.
    private var depth = 0
    private var filterDepth: Int?

    /// - Parameter sheet: the name of its part.
    init(of sheet: String, in archive: Archive) throws(WorkbookError) {
        super.init()
        // Once each, however many relationships lead to it.
        let parts = Set(
            try Relationships(of: sheet, in: archive).targets.values.filter { $0.type == "table" }.map(\.part))
        guard parts.count <= archive.limits.tables else { throw .limit(.tables(limit: archive.limits.tables)) }
        for part in parts.sorted() where !haveCondition {
            (depth, filterDepth) = (0, nil)
            try XMLReader.read(part, of: archive, limit: archive.limits.tableBytes, into: self)
        }
    }

    override func start(_ name: XMLName, _ attributes: XMLAttributes) {
        depth += 1
        if let filterDepth {
            if depth == filterDepth + 1, name == "filterColumn" {
                // Without its button, a column is listed here also when it has no condition.
                if !attributes.isTrue("hiddenButton"), !attributes.isFalse("showButton") { haveCondition = true }
            } else if depth == filterDepth + 2, !(name == "extLst") {
                haveCondition = true
            }
        } else if depth == 2, name == "autoFilter" {
            filterDepth = depth
        }
    }

    override func end() {
        if depth == filterDepth { filterDepth = nil }
        depth -= 1
    }
}
