/// What became of the rows of one list: rows = accepted + duplicates + rejected + blank.
public struct ImportTotals: Hashable, Sendable, Codable {
    /// The list's file.
    public var file: String
    /// Rows after the header, blank ones included.
    public var rows: Int { accepted + duplicates + rejected + blank }
    /// Rows that became contacts.
    public var accepted = 0
    /// Rows whose number the campaign already had.
    public var duplicates = 0
    /// Rows that could not be taken, by the code of the reason.
    public var reasons: [String: Int] = [:]
    /// Rows with nothing in them.
    public var blank = 0

    /// Rows that could not be taken.
    public var rejected: Int { reasons.values.reduce(0, +) }

    /// The totals of a list of which nothing was read.
    public init(file: String) {
        self.file = file
    }
}
