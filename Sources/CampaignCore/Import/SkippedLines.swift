/// The lines at the top of a list that were skipped (`--skip-lines`): a title, and by mistake perhaps a contact.
package struct SkippedLines: Hashable, Sendable, Codable {
    /// A line that was skipped.
    package struct Line: Hashable, Sendable, Codable {
        /// From 1.
        package var number: Int
        /// Its text, cut where it is long.
        package var text: String
    }

    /// How many lines are examined; no title has more.
    static let maxRead = 1000
    /// How much of each is examined, in bytes.
    static let longest = 4096
    private static let maxShown = 5
    private static let widest = 80

    /// How many there are.
    package let count: Int
    /// The first of them.
    package private(set) var first: [Line] = []
    /// How many look like contacts: the phone column holds a phone.
    package private(set) var contacts = 0
    /// The first of those.
    package private(set) var firstContacts: [Line] = []
    /// How many were not examined.
    package var unread: Int { max(0, count - SkippedLines.maxRead) }
    /// Whether contacts may be lost with them.
    package var mayLoseContacts: Bool { contacts > 0 || unread > 0 }

    /// - Parameters:
    ///   - lines: the lines in the file's order, in UTF-8 if the file is UTF-16; at most `maxRead` of them.
    ///   - isContact: whether a row of cells holds a phone where the list has them.
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

    /// On one line, and not too long for one.
    static func shown(_ text: String) -> String {
        let line = String(text.prefix(widest).map { $0.isNewline ? " " : $0 })
        return text.count > widest ? line + "…" : line
    }
}

extension CSVRecord {
    /// The row that a single line of a file makes; nil where it is empty.
    init?(ofLine bytes: [UInt8], _ dialect: CSVDialect) {
        var dialect = dialect
        switch dialect.encoding {
        case .utf8, .windows1252: break
        // Its bytes have been made UTF-8 already.
        case .utf16LittleEndian, .utf16BigEndian: dialect.encoding = .utf8
        }
        var parser = CSVParser(dialect: dialect)
        // A line of blanks in front, so that `sep=;` is a line like any other.
        parser.append([0x0A] + bytes)
        parser.finish()
        guard let record = try? parser.next() else { return nil }
        self = record
    }
}
