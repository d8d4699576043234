/// One row of a list that could not be imported.
package struct RejectRow: Hashable, Sendable {
    /// The file that it was in.
    package var file: String
    /// The line it began on, from 1.
    package var line: Int
    /// The row byte for byte, without its line ending.
    package var raw: [UInt8]
    /// Its cells, one for each of the report's own columns.
    package var own: [String]
    /// The stable code of the reason, such as `phone_too_short`.
    package var reason: String
    /// One English sentence with the remedy; ``remedy`` has it in every language.
    package var suggestion: String

    package init(file: String, line: Int, raw: [UInt8], own: [String], reason: String, suggestion: String) {
        self.file = file
        self.line = line
        self.raw = raw
        self.own = own
        self.reason = reason
        self.suggestion = suggestion
    }
}

extension RejectRow {
    /// One sentence with the remedy.
    package var remedy: Phrase { Phrase(recorded: suggestion) }

    /// The row as text, whatever the list's encoding: as UTF-16 if there are zero bytes, which no other text has;
    /// otherwise as UTF-8, or, where that fails, byte by byte as Windows-1252.
    package var text: String {
        guard !raw.contains(0) else { return wideText }
        if let text = String(validating: raw, as: UTF8.self) { return text }
        var (text, rest) = ("", raw[...])
        while let first = rest.first {
            // A character in UTF-8 has four bytes at most.
            let letter = (1...min(4, rest.count)).lazy
                .compactMap { String(validating: rest.prefix($0), as: UTF8.self) }.first
            text += letter ?? Windows1252.string([first])
            rest = rest.dropFirst(letter?.utf8.count ?? 1)
        }
        return text
    }

    /// ASCII characters, of which a row always has some, show which of two bytes is the high one.
    private var wideText: String {
        let high = raw.indices.filter { raw[$0] == 0 }
        let isLittle = high.count { !$0.isMultiple(of: 2) } * 2 >= high.count
        let units = stride(from: 0, to: raw.count - 1, by: 2).map { index in
            let (first, second) = (UInt16(raw[index]), UInt16(raw[index + 1]))
            return isLittle ? second << 8 | first : first << 8 | second
        }
        return String(decoding: units, as: UTF16.self)
    }
}

/// The columns that an export of rejected rows has after the list's own. When the corrected file is imported, they are
/// not stored with the contact.
package enum RejectColumns {
    /// The list that the row was in.
    package static let file = "rejectedFile"
    /// The line in that list.
    package static let line = "rejectedLine"
    /// The stable code of the reason.
    package static let reason = "rejectedReason"
    /// One sentence with the remedy.
    package static let suggestion = "rejectedSuggestion"

    /// All of them, in the order in which they are written.
    package static let names = [file, line, reason, suggestion]
    /// What the heading of one more, empty column begins with: the names of the list's columns that mean something,
    /// as `import --columns` takes them. In a heading, they come through every spreadsheet.
    private static let mapping = "rejectedColumns: "

    /// The heading that says which of the list's columns is what.
    package static func heading(for columns: ColumnNames) -> String { mapping + columns.text }

    /// Whether a column of this name is not the list's own.
    static func isOne(_ name: String) -> Bool { names.contains(name) || name.hasPrefix(mapping) }

    /// The columns that a header of such an export names; nil when it names none, or is no such header.
    static func columns(namedIn header: [String]) -> ColumnNames? {
        guard header.contains(file), let heading = header.first(where: { $0.hasPrefix(mapping) }) else { return nil }
        return try? ColumnNames(parsing: String(heading.dropFirst(mapping.count)))
    }

    /// The text of a cell as it was in the list, before the export made it safe for a spreadsheet: without `="…"`
    /// around digits, and without the apostrophe before a formula.
    static func original(_ cell: String) -> String {
        if cell.utf8.count > 3, cell.hasPrefix("=\""), cell.hasSuffix("\"") {
            return String(cell.dropFirst(2).dropLast())
        }
        guard cell.hasPrefix("'") else { return cell }
        let rest = String(cell.dropFirst())
        return CSVEncoder.runsAsFormula(rest) ? rest : cell
    }
}

/// A number of a list that did not become another contact.
package struct DuplicateRow: Hashable, Sendable {
    /// The list's file.
    package var file: String
    /// The line of the list on which the row begins, from 1.
    package var line: Int
    package var phone: PhoneNumber
    /// Why it did not become a contact.
    package var reason: DuplicateReason
    /// The list that the campaign's contact came from; nil when the campaign does not have the number.
    package var firstFile: String?
    /// The line in that list; nil when it was not stored.
    package var firstLine: Int?

    /// A row; set the first occurrence, if there is one.
    package init(file: String, line: Int, phone: PhoneNumber, reason: DuplicateReason) {
        self.file = file
        self.line = line
        self.phone = phone
        self.reason = reason
    }
}

/// Why a number of a list did not become another contact. The words must not change: they are stored in the database
/// and shown in reports.
package enum DuplicateReason: String, CaseIterable, Sendable, Codable {
    /// It occurred earlier in the same import.
    case repeated
    /// The campaign already had it.
    case alreadyInCampaign = "already_in_campaign"
    /// Another campaign called it recently (`import --skip-called`).
    case calledRecently = "called_recently"
}
