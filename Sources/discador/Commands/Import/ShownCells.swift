import CampaignCore

/// How much is kept of rows that are only shown: a cell may have a million bytes, and a row several millions.
enum ShownCells {
    /// Characters of a cell.
    private static let mostOfCell = 1000
    /// Characters of all cells of a row.
    private static let mostOfRow = 50_000

    /// A row whose cells are cut where they are longer than anybody reads.
    static func shortened(_ row: ListRow) -> ListRow {
        switch row {
        case .contact(var contact):
            contact.cells = .texts(shortened(contact.own))
            return .contact(contact)
        case .reject(let reject):
            var kept = withoutCells(reject)
            kept.own = shortened(reject.own)
            return .reject(kept)
        case .blank: return .blank
        }
    }

    /// A rejected row with the reason alone.
    static func withoutCells(_ reject: ListReject) -> ListReject {
        var kept = reject
        (kept.raw, kept.own, kept.cell) = ([], [], reject.cell.map { shortened($0, to: mostOfCell) })
        return kept
    }

    private static func shortened(_ cells: [String]) -> [String] {
        var rest = mostOfRow
        return cells.map { cell in
            let text = shortened(cell, to: min(rest, mostOfCell))
            rest = max(0, rest - text.unicodeScalars.count)
            return text
        }
    }

    private static func shortened(_ text: String, to count: Int) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: count, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(scalars[..<end]) + "…"
    }
}
