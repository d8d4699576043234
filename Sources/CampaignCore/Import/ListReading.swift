/// How a list is to be read, beyond what can be told from its bytes.
package struct ListReading: Hashable, Sendable, Codable {
    /// The country calling code for numbers written without one.
    package var country: String
    /// The columns that somebody named; the rest is recognised by the header.
    package var columns: ColumnNames
    /// What separates the cells; nil is told from the bytes.
    package var delimiter: CSVDialect.Delimiter?
    /// What the text is encoded in; nil is told from the bytes.
    package var encoding: CSVDialect.Encoding?
    /// Whether the first row holds the names of the columns.
    package var hasHeader: Bool
    /// How many lines at the top are left out, whatever stands in them.
    package var skipLines: Int
    /// Whether a cell with several numbers is several contacts; else it is rejected.
    package var splitsCells: Bool
    /// Whether fixed lines are taken, where the numbering plan tells them from mobile ones.
    package var allowsLandlines: Bool

    /// Everything is told from the bytes and the header.
    package init(country: String = "55", columns: ColumnNames = ColumnNames()) {
        self.country = country
        self.columns = columns
        hasHeader = true
        skipLines = 0
        splitsCells = false
        allowsLandlines = true
    }
}
