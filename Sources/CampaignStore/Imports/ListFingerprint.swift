import CampaignCore

/// What tells a list from every other: its bytes and the way they are read.
package struct ListFingerprint: Hashable, Sendable {
    /// SHA-256 of the file.
    package var sha256: [UInt8]
    /// The file's size.
    package var bytes: Int
    /// The options that decide what the rows are.
    package var reading: String

    package init(sha256: [UInt8], bytes: Int, reading: String) {
        self.sha256 = sha256
        self.bytes = bytes
        self.reading = reading
    }
}

/// An import of the very same list that went before.
package struct EarlierImport: Sendable {
    /// Its row.
    let list: Int64
    /// When it was.
    let importedAt: Timestamp
    /// Whether anything of it could be used.
    let hasUsableRows: Bool
    /// Whether it is an export of rejected rows.
    let isExport: Bool

    /// What is reported of the list that came again.
    func totals(file: String) -> ImportTotals {
        var totals = ImportTotals(file: file)
        totals.unchangedSince = importedAt
        totals.wasUsable = hasUsableRows
        return totals
    }
}

/// The file that a list was read from: a later list from the same one is its next version.
package struct ListOrigin: Hashable, Sendable {
    /// Its absolute path.
    package var path: String
    /// When the file was changed last, in nanoseconds since 1970; nil when that is not known.
    package var modified: Int64?

    package init(path: String, modified: Int64?) {
        self.path = path
        self.modified = modified
    }
}
