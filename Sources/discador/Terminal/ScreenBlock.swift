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
        let bytes = erasing(on: size) + fitting.flatMap { Array(($0 + "\n").utf8) }
        drawn = fitting
        self.size = size
        return bytes
    }

    /// What takes the lines away, for something else to stand in their place.
    mutating func clearing(on size: TerminalSize) -> [UInt8] {
        let bytes = erasing(on: size)
        drawn = []
        return bytes
    }

    /// A terminal that has become narrower since has wrapped the lines, which now take more rows.
    private func erasing(on size: TerminalSize) -> [UInt8] {
        let rows = drawn.reduce(0) { $0 + Self.rows(of: $1, columns: size.columns) }
        return rows > 0 ? Array("\u{1B}[\(rows)F\u{1B}[J".utf8) : []
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
