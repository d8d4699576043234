/// The lines at the top of a list that were skipped (`--skip-lines`): a title, and by mistake perhaps a contact.
package struct SkippedLines: Hashable, Sendable, Codable {
    /// A line that was skipped.
    package struct Line: Hashable, Sendable, Codable {
        /// From 1.
        package var number: Int
        /// Its text, shortened if it is long.
        package var text: String
    }

    /// Maximum number of lines examined; no title has more.
    static let maxRead = 1000
    /// How many bytes of each line are examined.
    static let longest = 4096
    private static let maxShown = 5
    private static let widest = 80

    package let count: Int
    /// The first of the lines.
    package private(set) var first: [Line] = []
    /// How many look like contacts: their phone column contains a phone.
    package private(set) var contacts = 0
    /// The first of those.
    package private(set) var firstContacts: [Line] = []
    /// How many were not examined.
    package var unread: Int { max(0, count - SkippedLines.maxRead) }
    /// Whether contacts may be among them.
    package var mayLoseContacts: Bool { contacts > 0 || unread > 0 }

    /// - Parameters:
    ///   - lines: the lines in the file's order, in UTF-8 if the file's encoding is converted; at most `maxRead` of them.
    ///   - isContact: whether a row has a phone in the list's phone column.
    init(_ lines: [[UInt8]], count: Int, _ dialect: CSVDialect, isContact: (CSVRecord) -> Bool) {
        self.count = count
        for (index, bytes) in lines.enumerated() {
            let record = CSVRecord(ofLine: bytes, dialect)
            let line = Line(number: index + 1, text: SkippedLines.shown(record?.rawString ?? ""))
            if first.count < SkippedLines.maxShown { first.append(line) }
            guard let record, isContact(record) else { continue }
            contacts += 1
            if firstContacts.count < SkippedLines.maxShown { firstContacts.append(line) }
        }
    }

    /// The text shortened for display on one line.
    static func shown(_ text: String) -> String {
        let line = String(text.prefix(widest).map { $0.isNewline ? " " : $0 })
        return text.count > widest ? line + "…" : line
    }
}

extension CSVRecord {
    /// The row in a single line of a file; nil when the line is blank.
    init?(ofLine bytes: [UInt8], _ dialect: CSVDialect) {
        var dialect = dialect
        // Its bytes have already been converted to UTF-8.
        if dialect.encoding.conversion != nil { dialect.encoding = .utf8 }
        var parser = CSVParser(dialect: dialect)
        // Preceded by a blank line, so that `sep=;` is treated like any other line.
        parser.append([0x0A] + bytes)
        parser.finish()
        guard let record = try? parser.next() else { return nil }
        self = record
    }
}
