/// A filter of a sheet or of a table (ECMA-376 part 1, 18.3.2.2): whether it leaves rows out, and out of which.
///
/// Whatever is inside of it, in any namespace or alternative, counts as a condition rather than as nothing.
struct RowFilter {
    /// The rows that it may leave out: all of its own but the first, which has the headings. Nil when the file does not
    /// say it.
    let rows: Range<Int>?
    private(set) var hasCondition = false
    /// Elements inside of it that have begun and not ended.
    private var depth = 0
    private var columnDepth: Int?

    init(_ attributes: XMLAttributes) {
        rows = attributes.string("ref").flatMap(RowFilter.rows)
    }

    private static func rows(of reference: String) -> Range<Int>? {
        let corners = reference.split(separator: ":", omittingEmptySubsequences: false)
            .map { String($0.filter { $0 != "$" && !$0.isWhitespace }).withCString { CellReference($0) } }
        guard corners.count <= 2, let first = corners[0], let last = corners.last ?? nil, first.row <= last.row else {
            return nil
        }
        return first.row + 1..<last.row + 1
    }

    mutating func start(_ name: XMLName, _ attributes: XMLAttributes) {
        depth += 1
        if columnDepth != nil {
            hasCondition = true
        } else if name == "filterColumn" {
            columnDepth = depth
            // Without its button, a column is listed here also when it has no condition.
            if !attributes.isTrue("hiddenButton"), !attributes.isFalse("showButton") { hasCondition = true }
        }
    }

    /// An element inside ends, or the filter itself.
    ///
    /// - Returns: whether it is the filter.
    mutating func end() -> Bool {
        guard depth > 0 else { return true }
        if depth == columnDepth { columnDepth = nil }
        depth -= 1
        return false
    }
}
