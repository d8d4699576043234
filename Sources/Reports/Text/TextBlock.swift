/// Lines of a summary with aligned columns, fitted to a terminal: what is too wide for it is broken between its words.
struct TextBlock {
    /// Below this the last column begins on a line of its own.
    private static let narrowest = 24
    /// The margin of such a line.
    private static let margin = 4

    private var heading: [String]
    /// The lines of each row.
    private var rows: [[String]]

    /// The lines, without spaces at their ends.
    var lines: [String] { heading + rows.joined() }

    /// A heading, and below it `rows`, indented; the columns in `right` are right-aligned.
    ///
    /// - Parameters:
    ///   - width: of the terminal; nil when there is none.
    ///   - breaksRows: whether, where one row does not fit, the last column of all is below the others.
    init(_ heading: String, rows: [[String]], right: Set<Int>, width: Int? = nil, breaksRows: Bool = false) {
        var widths: [Int] = []
        for row in rows {
            for (index, cell) in row.enumerated() {
                if index == widths.count { widths.append(0) }
                widths[index] = max(widths[index], TerminalText.width(cell))
            }
        }
        let columns = widths.enumerated().map { index, width in
            TextColumn("", width: width, isRightAligned: right.contains(index))
        }
        let whole = rows.map { row in
            Self.trimmed("  " + zip(columns, row).map { $0.cell($1) }.joined(separator: "  "))
        }
        self.heading = [heading]
        self.rows = whole.map { [$0] }
        guard let width else { return }
        self.heading = Self.flow(heading, indent: 0, hanging: 2, width: width)
        let isTooWide = whole.map { TerminalText.width($0) > width }
        for (index, row) in rows.enumerated() where isTooWide[index] || breaksRows && isTooWide.contains(true) {
            self.rows[index] = Self.broken(row, columns, width, breaksRows: breaksRows)
        }
    }

    /// A row of which the last cell is broken between its words, beside the others or below them.
    private static func broken(
        _ row: [String], _ columns: [TextColumn], _ width: Int, breaksRows: Bool
    ) -> [String] {
        let others = "  " + zip(columns, row.dropLast()).map { $0.cell($1) }.joined(separator: "  ")
        let start = TerminalText.width(others) + 2
        guard let last = row.last, row.count > 1, !breaksRows, width - start >= narrowest else {
            return [trimmed(others)] + flow(row.last ?? "", indent: margin, hanging: 0, width: width)
        }
        let lines = flow(last, indent: start, hanging: 0, width: width)
        return [others + "  " + (lines.first ?? "").dropFirst(start)] + lines.dropFirst()
    }

    /// A text broken between its words; no word is broken.
    static func flow(_ text: String, indent: Int, hanging: Int, width: Int) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, TerminalText.width(last) + 1 + TerminalText.width(String(word)) <= width {
                lines[lines.count - 1] = last + " " + word
            } else {
                lines.append(String(repeating: " ", count: indent + (lines.isEmpty ? 0 : hanging)) + word)
            }
        }
        return lines
    }

    /// The width of its widest line.
    var width: Int { lines.map { TerminalText.width($0) }.max() ?? 0 }

    /// This block with lines of their own below each row, where there are some.
    func explained(_ explanations: [[String]]) -> TextBlock {
        var block = self
        for (index, lines) in zip(block.rows.indices, explanations) { block.rows[index] += lines }
        return block
    }

    /// This block with another one to its right.
    func beside(_ other: TextBlock, gap: Int) -> TextBlock {
        let column = TextColumn("", width: width + gap)
        let (left, right) = (lines, other.lines)
        var both = self
        both.heading = []
        both.rows = (0..<max(left.count, right.count)).map { index in
            let start = column.cell(index < left.count ? left[index] : "")
            return [Self.trimmed(start + (index < right.count ? right[index] : ""))]
        }
        return both
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}

/// One column of a text table.
struct TextColumn: Hashable, Sendable {
    /// Its heading, and the name of the value in it.
    let name: String
    /// Its width in terminal columns; longer text is cut off.
    let width: Int
    /// Whether its cells are right-aligned, as numbers should be.
    let isRightAligned: Bool

    init(_ name: String, width: Int, isRightAligned: Bool = false) {
        self.name = name
        self.width = width
        self.isRightAligned = isRightAligned
    }

    init(_ column: ReportColumn, width: Int, isRightAligned: Bool = false) {
        self.init(column.rawValue, width: width, isRightAligned: isRightAligned)
    }

    /// `text` on one line and exactly as wide as the column.
    func cell(_ text: String) -> String {
        let line = TerminalText.line(text, width: width)
        let padding = String(repeating: " ", count: width - TerminalText.width(line))
        return isRightAligned ? padding + line : line + padding
    }
}
