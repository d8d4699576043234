/// Lines of a summary with aligned columns.
struct TextBlock {
    /// The lines, without spaces at their ends.
    private(set) var lines: [String]

    /// A heading, and below it `rows`, indented; the columns in `right` are right-aligned.
    init(_ heading: String, rows: [[String]], right: Set<Int>) {
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
        lines = [heading]
        for row in rows {
            lines.append(Self.trimmed("  " + zip(columns, row).map { $0.cell($1) }.joined(separator: "  ")))
        }
    }

    /// This block with a line of its own below each row, where there is one.
    func explained(_ explanations: [[String]]) -> TextBlock {
        var block = self
        block.lines = [lines[0]]
        for (index, line) in lines.dropFirst().enumerated() {
            block.lines += [line] + (index < explanations.count ? explanations[index] : [])
        }
        return block
    }

    /// This block with another one to its right.
    func beside(_ other: TextBlock, gap: Int) -> TextBlock {
        let column = TextColumn("", width: (lines.map { TerminalText.width($0) }.max() ?? 0) + gap)
        var both = self
        both.lines = (0..<max(lines.count, other.lines.count)).map { index in
            let left = index < lines.count ? lines[index] : ""
            return Self.trimmed(column.cell(left) + (index < other.lines.count ? other.lines[index] : ""))
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
