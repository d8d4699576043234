import CampaignCore
import Reports

/// How the campaigns under way share the rows of a terminal.
struct ProgressLayout {
    /// With more campaigns, each has one row.
    static let maxBlocks = 3
    private static let barWidth = 10
    /// What a campaign waits for needs this much to say anything.
    private static let minActivityWidth = 24
    private static let otherCampaign = Noun("other campaign", portuguese: ("outra campanha", "outras campanhas"))
    private let texts: [ProgressText]
    private let totals: ProgressTotals

    /// - Parameter totals: shown where there is room for one row only.
    init(_ texts: [ProgressText], _ totals: ProgressTotals) {
        self.texts = texts
        self.totals = totals
    }

    /// The lines for a terminal with this room.
    func lines(in room: TerminalSize) -> [String] {
        guard texts.count > 1 else { return texts.first?.block(width: room.columns) ?? [] }
        if texts.count <= Self.maxBlocks {
            let blocks = texts.flatMap { $0.block(width: room.columns) }
            if blocks.count <= room.rows { return blocks }
        }
        if texts.count <= room.rows { return Self.rows(texts, width: room.columns) }
        guard room.rows > 1 else { return [TerminalText.line(totals.line, width: room.columns)] }
        let shown = Array(texts.prefix(room.rows - 1))
        let language = totals.language
        let others =
            "… \(language.text("and", "e")) "
            + language.counted(texts.count - shown.count, Self.otherCampaign)
        return Self.rows(shown, width: room.columns) + [TerminalText.line(others, width: room.columns)]
    }

    /// `name  ███░░  12 of 40 · what it waits for`, aligned. The counts are never cut, and of the rest the end of a line
    /// is cut first, then the bar, then the name.
    private static func rows(_ texts: [ProgressText], width: Int) -> [String] {
        let rows = texts.map { text in
            let row = text.row
            return (name: TerminalText.line(row.name), count: row.done, row: row)
        }
        let countWidth = rows.map { TerminalText.width($0.count) }.max() ?? 0
        let longest = rows.map { TerminalText.width($0.name) }.max() ?? 0
        let nameWidth = max(min(longest, max(width / 3, 8), width - countWidth - 2), 0)
        let hasBar = width - nameWidth - countWidth - 4 - barWidth >= minActivityWidth + 3
        return rows.map { name, count, row in
            let name = TerminalText.line(name, width: nameWidth)
            let bar = hasBar ? [ProgressText.bar(barWidth, row.counts.finished, of: row.counts.total)] : []
            let columns = [padded(name, to: nameWidth)] + bar + [padded(count, to: countWidth, isNumber: true)]
            return TerminalText.line(columns.joined(separator: "  ") + " · " + row.activity, width: width)
        }
    }

    private static func padded(_ text: String, to width: Int, isNumber: Bool = false) -> String {
        let space = String(repeating: " ", count: max(width - TerminalText.width(text), 0))
        return isNumber ? space + text : text + space
    }
}
