import CampaignCore
import Reports

/// Lines that stay in one place of a terminal while what they say changes.
struct ScreenBlock {
    /// The lines that stand there, as they were written.
    private var drawn: [String] = []
    private var size: TerminalSize?

    /// Whether anything stands there.
    var isEmpty: Bool { drawn.isEmpty }

    /// What puts `lines` in the place of those that stand there: empty when nothing would change. Nothing in the lines
    /// steers the terminal, only what is put before them; none is wider than the terminal, for a line that wraps cannot
    /// be redrawn, and there are never more than it shows.
    mutating func bytes(_ lines: [String], on size: TerminalSize) -> [UInt8] {
        let fitting = Self.fit(lines, size)
        guard fitting != drawn || size != self.size else { return [] }
        let rows = rowsDrawn(on: size)
        let lines = fitting.map { (rows > 0 ? Self.clearRow : "") + $0 + "\n" }.joined()
        let below = rows > fitting.count ? Self.clearBelow : ""
        let bytes = Array((Self.up(rows) + lines + below).utf8)
        drawn = fitting
        self.size = size
        return bytes
    }

    /// What takes the lines away, for something else to stand in their place.
    mutating func clearing(on size: TerminalSize) -> [UInt8] {
        let rows = rowsDrawn(on: size)
        drawn = []
        guard rows > 0 else { return [] }
        let others = rows > 1 ? "\u{1B}[1E" + Self.clearBelow + Self.up(1) : ""
        return Array((Self.up(rows) + Self.clearRow + others).utf8)
    }

    /// Before anything is written there: a row that is cleared behind its text is as long as the terminal is wide, and one
    /// that is not cleared is still joined to the next where a line was wrapped, as soon as the width changes.
    private static let clearRow = "\u{1B}[K"
    /// Never from the first row of a terminal: some keep in their history what is cleared from there, a copy each time.
    private static let clearBelow = "\u{1B}[J"

    private static func up(_ rows: Int) -> String { rows > 0 ? "\u{1B}[\(rows)F" : "" }

    /// A terminal that has become narrower since has wrapped the lines, which now take more rows.
    private func rowsDrawn(on size: TerminalSize) -> Int {
        drawn.reduce(0) { $0 + Self.rows(of: $1, columns: size.columns) }
    }

    /// A letter of two places is not torn apart: it begins the next row where one is left.
    private static func rows(of line: String, columns: Int) -> Int {
        var (rows, used) = (1, 0)
        for character in line {
            let width = TerminalText.width(String(character))
            if used + width > columns { (rows, used) = (rows + 1, 0) }
            used += width
        }
        return rows
    }

    private static func fit(_ lines: [String], _ size: TerminalSize) -> [String] {
        let most = max(size.rows - 1, 1)
        var lines = lines
        if lines.count > most {
            let others = lines.count - most + 1
            lines = lines.prefix(most - 1) + ["… \(others.counted("other line"))"]
        }
        return lines.map { TerminalText.line($0, width: textWidth(of: size)) }
    }

    /// The last place of a row stays free: some terminals begin another row when it is written.
    static func textWidth(of size: TerminalSize) -> Int { max(size.columns - 1, 1) }
}
