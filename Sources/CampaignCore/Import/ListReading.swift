/// How a list is to be read, beyond what can be told from its bytes.
public struct ListReading: Hashable, Sendable, Codable {
    /// The country calling code for numbers written without one.
    public var country: String
    /// The columns that somebody named; the rest is recognised by the header.
    public var columns: ColumnNames
    /// What separates the cells; nil is told from the bytes.
    public var delimiter: CSVDialect.Delimiter?
    /// What the text is encoded in; nil is told from the bytes.
    public var encoding: CSVDialect.Encoding?
    /// Whether the first row holds the names of the columns.
    public var hasHeader: Bool
    /// How many lines at the top are left out, whatever stands in them.
    public var skipLines: Int
    /// Whether a cell with several numbers is several contacts; else it is rejected.
    public var splitsCells: Bool
    /// Whether fixed lines are taken, where the numbering plan tells them from mobile ones.
    public var allowsLandlines: Bool

    /// Everything is told from the bytes and the header.
    public init(country: String = "55", columns: ColumnNames = ColumnNames()) {
        self.country = country
        self.columns = columns
        hasHeader = true
        skipLines = 0
        splitsCells = false
        allowsLandlines = true
    }
}
