/// One column of a table for a person.
struct TextColumn: Hashable, Sendable {
    /// Its heading, and the name of the value that stands in it.
    let name: String
    /// How many places it has on a terminal; what is longer is cut off.
    let width: Int
    /// Whether its cells end at the same place, as numbers should.
    let isRightAligned: Bool

    init(_ name: String, width: Int, isRightAligned: Bool = false) {
        self.name = name
        self.width = width
        self.isRightAligned = isRightAligned
    }

    /// `text` on one line and exactly as wide as the column.
    func cell(_ text: String) -> String {
        let line = TerminalText.line(text, width: width)
        let padding = String(repeating: " ", count: width - TerminalText.width(line))
        return isRightAligned ? padding + line : line + padding
    }
}
