extension ListReader {
    /// How to read a list, in addition to what can be detected from its bytes.
    package struct Options: Hashable, Sendable, Codable {
        /// The country calling code for numbers written without one.
        package var country: String
        /// The columns that the user named; the others are detected from the header.
        package var columns: ColumnNames
        /// Those of them that take precedence even over what an export of rejected rows says of its columns.
        package var columnsOfOption = ColumnNames()
        /// What separates the cells; nil means detected from the bytes.
        package var delimiter: CSVDialect.Delimiter?
        /// The text's encoding; nil means detected from the bytes.
        package var encoding: CSVDialect.Encoding?
        /// Whether the first row contains the names of the columns.
        package var hasHeader: Bool
        /// How many lines at the top are skipped, whatever their content.
        package var skipLines: Int
        /// Whether a cell with several numbers becomes several contacts; otherwise it is rejected.
        package var splitsCells: Bool
        /// Whether each number of a row with several phone columns counts by itself, as for a list of numbers that are
        /// not to be called; otherwise a row is one person.
        package var takesEveryPhone = false
        /// The name or number of the sheet of a workbook; nil means the only visible one that has rows.
        package var sheet: String?
        /// What becomes of hidden rows and columns of a sheet; nil means that there must be none.
        package var hidden: HiddenCells?
        /// Whether landlines are accepted, where the numbering plan distinguishes them from mobile numbers.
        package var allowsLandlines: Bool

        /// Options with everything detected from the bytes and the header.
        package init(country: String = "55", columns: ColumnNames = ColumnNames()) {
            self.country = country
            self.columns = columns
            hasHeader = true
            skipLines = 0
            splitsCells = false
            allowsLandlines = true
        }
    }

    /// What becomes of rows and columns of a sheet that are hidden, by hand or by a filter.
    package enum HiddenCells: String, CaseIterable, Sendable, Codable {
        /// They are left out.
        case skip
        /// They are read like the others.
        case take
    }
}
