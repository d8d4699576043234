/// One row of a list that could not be imported.
package struct RejectRow: Hashable, Sendable {
    /// The file it stood in.
    package var file: String
    /// The line it began on, from 1.
    package var line: Int
    /// The row byte for byte, without its line end.
    package var raw: [UInt8]
    /// Its cells, one for each of the report's own columns.
    package var own: [String]
    /// The stable code of the reason, such as `phone_too_short`.
    package var reason: String
    /// One sentence with the remedy.
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
    /// The row as a person reads it, whatever its list was encoded in: as UTF-16 where there are zero bytes, which no
    /// other text has; else as UTF-8, and byte by byte as Windows-1252 where that fails.
    package var text: String {
        guard !raw.contains(0) else { return wideText }
        if let text = String(validating: raw, as: UTF8.self) { return text }
        var (text, rest) = ("", raw[...])
        while let first = rest.first {
            // A letter of UTF-8 has four bytes at most.
            let letter = (1...min(4, rest.count)).lazy
                .compactMap { String(validating: rest.prefix($0), as: UTF8.self) }.first
            text += letter ?? Windows1252.string([first])
            rest = rest.dropFirst(letter?.utf8.count ?? 1)
        }
        return text
    }

    /// Signs of ASCII, which a row always has some of, show which of two bytes is the high one.
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

/// The columns that an export of rejected rows has after the list's own. When such a file, corrected, is imported
/// again, they are not kept with the contact.
package enum RejectColumns {
    /// The list that the row stood in.
    package static let file = "rejectedFile"
    /// The line of that list.
    package static let line = "rejectedLine"
    /// The stable code of the reason.
    package static let reason = "rejectedReason"
    /// One sentence with the remedy.
    package static let suggestion = "rejectedSuggestion"

    /// All of them, in the order in which they are written.
    package static let names = [file, line, reason, suggestion]

    /// The text of a cell as it stood in the list, before the export made it safe for a spreadsheet: without `="…"`
    /// around digits, and without the apostrophe in front of a formula.
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
    /// The list.
    package var file: String
    /// The line of it that the row begins on, from 1.
    package var line: Int
    /// The number.
    package var phone: PhoneNumber
    /// Why it did not become a contact.
    package var reason: DuplicateReason
    /// The list that the campaign has the number from; nil when it has it from none.
    package var firstFile: String?
    /// The line of that list; nil when it was not kept.
    package var firstLine: Int?

    /// A row; set where the number came from first, if it did.
    package init(file: String, line: Int, phone: PhoneNumber, reason: DuplicateReason) {
        self.file = file
        self.line = line
        self.phone = phone
        self.reason = reason
    }
}

/// Why a number of a list did not become another contact. The words are a contract: they are stored in the database and
/// shown in reports.
package enum DuplicateReason: String, CaseIterable, Sendable {
    /// It stood in the same import before.
    case repeated
    /// The campaign had it before the import.
    case alreadyInCampaign = "already_in_campaign"
    /// Another campaign called it recently (`import --skip-called`).
    case calledRecently = "called_recently"
}
