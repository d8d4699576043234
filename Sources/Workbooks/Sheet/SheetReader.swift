/// The rows of a sheet, from the first to the last, one at a time.
///
/// Only rows with a cell that is not empty are there. What ``next()`` has read stays until it is called again; its
/// buffers are used for every row. Memory is a row and a few hundred KiB, whatever the sheet's size.
package final class SheetReader {
    /// The sheet that is read.
    package let sheet: Sheet
    private let handler: SheetHandler
    private let reader: XMLReader
    private var failure: WorkbookError?
    private let tables: TableFilters

    init(
        sheet: Sheet, stream: PartStream, styles: Styles, texts: SharedTexts, startsIn1904: Bool,
        tables: TableFilters, limits: WorkbookLimits
    ) throws(WorkbookError) {
        self.sheet = sheet
        self.tables = tables
        handler = SheetHandler(
            sheet: sheet, styles: styles, texts: texts, startsIn1904: startsIn1904,
            tables: tables.relationships, limits: limits)
        reader = try XMLReader(stream: stream, handler: handler, limits: limits)
    }

    /// Reads the next row with a cell that is not empty.
    ///
    /// - Returns: false when there are no more.
    /// - Throws: `WorkbookError`; the reader stays at the error and throws it again.
    package func next() throws(WorkbookError) -> Bool {
        if let failure { throw failure }
        do throws(WorkbookError) {
            return try reader.advance()
        } catch {
            failure = error
            throw error
        }
    }

    // MARK: The row

    /// The row's number as Excel shows it, from 1 on.
    package var rowNumber: Int { handler.row.number }
    /// Whether the row is hidden: by hand, by a filter, by a group that is folded, or by a height of 0. Filters leave no
    /// other trace on a row: see ``isFiltered``.
    package var isRowHidden: Bool { handler.row.isHidden }
    /// The row's cells that are not empty, by rising column.
    package var cells: [SheetCell] { handler.row.cells }

    /// Gives a cell's text, in UTF-8, to a function.
    ///
    /// - Parameter cell: of the row that was read last.
    package func withText(
        of cell: SheetCell, _ body: (ArraySlice<UInt8>) -> Void
    ) throws(WorkbookError) {
        guard cell.isShared else {
            return body(handler.row.bytes[Int(cell.place)..<Int(cell.place + cell.byteCount)])
        }
        shared.removeAll(keepingCapacity: true)
        try handler.texts.append(Int(cell.place), to: &shared)
        return body(shared[...])
    }

    /// Room for a shared text.
    private var shared: [UInt8] = []

    /// A cell's text.
    ///
    /// - Parameter cell: of the row that was read last.
    package func string(of cell: SheetCell) throws(WorkbookError) -> String {
        var text = ""
        try withText(of: cell) { text = String(decoding: $0, as: UTF8.self) }
        return text
    }

    // MARK: The sheet

    /// Columns that are hidden, from 0 for `A` on, in rising order. Known once ``next()`` has been called.
    package var hiddenColumns: [ClosedRange<Int>] { handler.row.columns.ranges }
    /// Rows with cells so far that are hidden.
    package var hiddenRows: Int { handler.row.hiddenRows.count }
    /// The number of the first of them.
    package var firstHiddenRow: Int? { handler.row.hiddenRows.first }
    /// Whether the sheet, or a table on it, has a filter with a condition. The sheet's stands behind the rows: known at the
    /// end.
    package var isFiltered: Bool { !filters.isEmpty || handler.isInFilterMode }
    /// Whether one of these filters hides none of its rows, or does not say which its rows are. Programs that merely write
    /// files leave it to Excel to hide them. That other rows of the sheet are hidden says nothing about a filter.
    package var hasUnappliedFilter: Bool {
        if filters.isEmpty, handler.isInFilterMode {
            // Its rows are not said: some below the headings.
            let headings = handler.row.firstVisibleRow ?? 0
            return !handler.row.hiddenRows.contains(anyOf: headings + 1..<WorkbookLimits.rows + 1)
        }
        return filters.contains { filter in
            filter.rows.map { !handler.row.hiddenRows.contains(anyOf: $0) } ?? true
        }
    }
    private var filters: [RowFilter] { tables.filters + handler.filters }
    /// How many areas of merged cells there are: the value is in the first cell, the others are empty. They stand behind
    /// the rows: known at the end.
    package var merges: Int { handler.merges }
    /// The first of them, such as `A1:B1`.
    package var firstMerge: String? { handler.firstMerge }
}
