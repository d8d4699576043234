import Reports

/// A table of text, fitted to a terminal: columns for which there is no room are narrowed, or left out from the right.
struct TextTable {
    struct Column {
        var title: String
        var isRight: Bool
        /// Whether it is left out where there is no room for it.
        var isOptional: Bool
        /// Whether its texts are never cut, as numbers must not be.
        var isWhole: Bool

        init(_ title: String, isRight: Bool = false, isOptional: Bool = false, isWhole: Bool = false) {
            self.title = title
            self.isRight = isRight
            self.isOptional = isOptional
            self.isWhole = isRight || isWhole
        }
    }

    private static let gap = "  "
    /// No text is narrowed further than this.
    private static let narrowest = 8
    /// Where nothing is cut, no column is padded to more than this: one long text does not move all others away.
    private static let widest = 40

    private let columns: [Column]
    /// The columns that are shown, with their widths.
    private var shown: [(index: Int, width: Int)]
    /// Whether longer texts are cut, as they must be on a terminal.
    private let cuts: Bool

    /// - Parameters:
    ///   - sample: rows by which the widths are chosen; later ones may be longer.
    ///   - width: of the terminal; nil when there is none, so that nothing is cut.
    ///   - narrows: whether no column is wider than ``widest`` on a terminal, even where there is room.
    init(_ columns: [Column], sample: [[String]], width: Int?, narrows: Bool = false) {
        self.columns = columns
        cuts = width != nil
        shown = columns.indices.map { index in
            let texts = [columns[index].title] + sample.map { $0[index] }
            let widest = texts.map { TerminalText.width($0) }.max() ?? 0
            return (index, (width == nil || narrows) && !columns[index].isWhole ? min(widest, Self.widest) : widest)
        }
        if let width { fit(width) }
    }

    /// The line with the titles.
    var header: String { line(columns.map(\.title)) }

    /// A row, without spaces at its end.
    func line(_ cells: [String]) -> String {
        var line = shown.map { index, width in cell(cells[index], width, isRight: columns[index].isRight) }
            .joined(separator: Self.gap)
        while line.last == " " { line.removeLast() }
        return line
    }

    private func cell(_ text: String, _ width: Int, isRight: Bool) -> String {
        let text = cuts ? TerminalText.line(text, width: width) : TerminalText.line(text)
        let padding = String(repeating: " ", count: max(width - TerminalText.width(text), 0))
        return isRight ? padding + text : text + padding
    }

    private var total: Int {
        shown.reduce(0) { $0 + $1.width } + Self.gap.count * max(shown.count - 1, 0)
    }

    private func least(_ column: (index: Int, width: Int)) -> Int {
        columns[column.index].isWhole ? column.width : min(column.width, Self.narrowest)
    }

    private mutating func fit(_ width: Int) {
        while shown.reduce(Self.gap.count * max(shown.count - 1, 0), { $0 + least($1) }) > width,
            let last = shown.lastIndex(where: { columns[$0.index].isOptional })
        {
            shown.remove(at: last)
        }
        while total > width {
            let wide = shown.indices.filter { shown[$0].width > least(shown[$0]) }
            guard let widest = wide.max(by: { shown[$0].width < shown[$1].width }) else { return }
            shown[widest].width -= 1
        }
    }
}
