import CampaignCore
import Glibc
import Reports

/// Lines that stay in one place of a terminal while their text changes.
struct ScreenBlock {
    /// The lines on the screen, as they were written, but for their colors.
    private var drawn: [String] = []
    private var size: TerminalSize?
    private let language: Language

    init(language: Language = .english) {
        self.language = language
    }

    var isEmpty: Bool { drawn.isEmpty }

    /// The bytes that replace the lines on the screen by `lines`; empty when nothing would change. Only the sequences
    /// before each line control the terminal, not the lines themselves. No line is wider than the terminal, since a
    /// wrapped line cannot be redrawn, and there are never more lines than the terminal shows.
    ///
    /// - Parameter staying: written above them, and not part of the block any more: they scroll away like any other text.
    mutating func bytes(
        _ lines: [String], below staying: [String] = [], on size: TerminalSize, _ look: TerminalLook = .plain
    ) -> [UInt8] {
        let live = fit(lines, size, look)
        let written = fit(staying, size, look) + live
        guard !written.isEmpty else { return clearing(on: size) }
        let isNews = written != drawn || size != self.size
        let rows = rowsDrawn(on: size)
        drawn = live
        self.size = size
        guard isNews else { return [] }
        let text = written.map { (rows > 0 ? Self.clearRow : "") + look.painted($0) + "\n" }.joined()
        let below = rows > written.count ? Self.clearBelow : ""
        return Array((Self.up(rows) + text + below).utf8)
    }

    /// The bytes that clear the lines, so that something else can be written in their place.
    mutating func clearing(on size: TerminalSize) -> [UInt8] {
        let rows = rowsDrawn(on: size)
        drawn = []
        guard rows > 0 else { return [] }
        let others = rows > 1 ? "\u{1B}[1E" + Self.clearBelow + Self.up(1) : ""
        return Array((Self.up(rows) + Self.clearRow + others).utf8)
    }

    /// Written before the row's text. Clearing after the text would make the row as long as the terminal is wide. A row
    /// that is not cleared stays joined to the next one if a line was wrapped there, once the width changes.
    private static let clearRow = "\u{1B}[K"
    /// Never used from the first row of a terminal: some terminals then add a copy of what is cleared to their
    /// scrollback each time.
    private static let clearBelow = "\u{1B}[J"

    private static func up(_ rows: Int) -> String { rows > 0 ? "\u{1B}[\(rows)F" : "" }

    /// If the terminal has become narrower since, it has wrapped the lines, and they take more rows.
    private func rowsDrawn(on size: TerminalSize) -> Int {
        drawn.reduce(0) { $0 + Self.rows(of: $1, columns: size.columns) }
    }

    /// A character two columns wide is not split: if one column is left, it begins the next row.
    private static func rows(of line: String, columns: Int) -> Int {
        var (rows, used) = (1, 0)
        for character in line {
            let width = TerminalText.width(String(character))
            if used + width > columns { (rows, used) = (rows + 1, 0) }
            used += width
        }
        return rows
    }

    private func fit(_ lines: [String], _ size: TerminalSize, _ look: TerminalLook) -> [String] {
        let maxLines = Self.room(on: size).rows
        var lines = lines
        if lines.count > maxLines {
            let others = lines.count - maxLines + 1
            lines = lines.prefix(maxLines - 1) + ["… \(language.counted(others, Self.otherLine))"]
        }
        return lines.map { look.fitted($0, width: Self.textWidth(of: size)) }
    }

    private static let otherLine = Noun("other line", portuguese: ("outra linha", "outras linhas"))

    /// The columns and rows that a block can use: the cursor is in the row below it.
    static func room(on size: TerminalSize) -> TerminalSize {
        TerminalSize(columns: textWidth(of: size), rows: max(size.rows - 1, 1))
    }

    /// The last column stays free: some terminals begin another row when it is written.
    static func textWidth(of size: TerminalSize) -> Int { max(size.columns - 1, 1) }
}

/// The size of a terminal.
struct TerminalSize: Hashable {
    /// Assumed if the terminal does not report its size.
    static let usual = TerminalSize(columns: 80, rows: 24)

    var columns: Int
    var rows: Int

    /// The current size: terminals are resized at any time.
    static func now(of descriptor: Int32) -> TerminalSize {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return .usual }
        return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
    }
}
