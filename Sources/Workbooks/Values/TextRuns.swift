/// Follows the elements of a text: plain in `t`, or in runs with formats of their own, `r`. The reading aid above
/// Japanese text, `rPh`, does not belong to it (ECMA-376 part 1, 18.4).
struct TextRuns {
    /// Whether text that comes now belongs to the cell.
    private(set) var isInText = false
    private var isInRun = false
    /// Elements within each other that are skipped.
    private var skipped = 0

    mutating func start(_ name: XMLName) {
        if skipped > 0 || isInText {
            skipped += 1
        } else if name.isLetter("t") {
            isInText = true
        } else if name.isLetter("r"), !isInRun {
            isInRun = true
        } else {
            skipped = 1
        }
    }

    /// - Returns: whether it was the element around the text that has ended.
    mutating func end() -> Bool {
        if skipped > 0 {
            skipped -= 1
        } else if isInText {
            isInText = false
        } else if isInRun {
            isInRun = false
        } else {
            return true
        }
        return false
    }
}
