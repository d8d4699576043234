import CampaignCore

/// Identifies a list: its bytes and the options it is read with.
package struct ListFingerprint: Hashable, Sendable {
    /// SHA-256 of the file.
    package var sha256: [UInt8]
    /// The file's size.
    package var bytes: Int
    /// The options that affect how rows are read.
    package var reading: String

    package init(sha256: [UInt8], bytes: Int, reading: String) {
        self.sha256 = sha256
        self.bytes = bytes
        self.reading = reading
    }
}

/// An earlier import of the very same list.
package struct EarlierImport: Sendable {
    /// Its row id.
    let list: Int64
    let importedAt: Timestamp
    /// Whether any of its rows could be used.
    let hasUsableRows: Bool
    /// Whether it is an export of rejected rows.
    let isExport: Bool

    /// The totals to report for the list that came again.
    func totals(file: String) -> ImportTotals {
        var totals = ImportTotals(file: file)
        totals.unchangedSince = importedAt
        totals.wasUsable = hasUsableRows
        return totals
    }
}

/// The file that a list was read from: a later list from the same file is its next version.
package struct ListOrigin: Hashable, Sendable {
    /// Its absolute path.
    package var path: String
    /// When the file was last changed, in nanoseconds since 1970; nil when that is not known.
    package var modified: Int64?

    package init(path: String, modified: Int64?) {
        self.path = path
        self.modified = modified
    }
}
