import CampaignCore

/// What tells a list from every other: its bytes and the way they are read.
public struct ListFingerprint: Hashable, Sendable {
    /// SHA-256 of the file.
    public var sha256: [UInt8]
    /// The file's size.
    public var bytes: Int
    /// The options that decide what the rows are.
    public var reading: String

    /// A fingerprint.
    public init(sha256: [UInt8], bytes: Int, reading: String) {
        self.sha256 = sha256
        self.bytes = bytes
        self.reading = reading
    }
}

/// An import of the very same list that went before.
public struct EarlierImport: Sendable {
    /// Its row.
    let list: Int64
    /// When it was.
    let importedAt: Timestamp
    /// Whether anything of it could be used.
    let hasUsableRows: Bool
    /// Whether it is an export of rejected rows.
    let isExport: Bool

    /// What is told of the list that came again.
    func totals(file: String) -> ImportTotals {
        var totals = ImportTotals(file: file)
        totals.unchangedSince = importedAt
        totals.wasUsable = hasUsableRows
        return totals
    }
}

/// The file that a list was read from: a later list from the same one is its next version.
public struct ListOrigin: Hashable, Sendable {
    /// Its absolute path.
    public var path: String
    /// When the file was changed last, in nanoseconds since 1970; nil when that is not known.
    public var modified: Int64?

    /// A file.
    public init(path: String, modified: Int64?) {
        self.path = path
        self.modified = modified
    }
}
