/// The columns that an export of rejected rows has behind the list's own. When such a file, corrected, is imported again,
/// they are not kept with the contact.
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
