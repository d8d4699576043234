/// One kind of row as named values in order: all that a format has to know about it.
protocol ReportTable<Row>: Sendable {
    associatedtype Row: Sendable

    /// What the rows are.
    var kind: ReportRowsKind { get }
    /// The names of the values, in the order in which they are given. They are a contract with whoever
    /// reads reports: none is renamed, and none changes its place.
    var columns: [String] { get }
    /// Values that only JSON has, by their names: the last ones of `columns`.
    var jsonOnly: Set<String> { get }
    /// Whether rows begin with the contact's own cells.
    var hasOwnCells: Bool { get }
    /// Whether the own cells are given back as they were, because the row is going to be imported again.
    var returnsOwnCells: Bool { get }
    /// What a person sees of it on a terminal.
    var textColumns: [TextColumn] { get }

    /// The contact's own cells.
    func ownCells(of row: Row) -> [String]
    /// One value for each of `columns`.
    func cells(of row: Row) -> [ReportCell]
}

extension ReportTable {
    var jsonOnly: Set<String> { [] }
    var hasOwnCells: Bool { true }
    var returnsOwnCells: Bool { false }
    var textColumns: [TextColumn] { [] }

    /// As many own cells as there are own columns: a row that has fewer is filled up with empty ones.
    func ownCells(of row: Row, count: Int) -> [String] {
        let own = ownCells(of: row)
        guard own.count != count else { return own }
        return Array(own.prefix(count)) + Array(repeating: "", count: max(count - own.count, 0))
    }
}
