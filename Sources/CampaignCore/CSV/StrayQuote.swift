/// What a quote that does not close where its field ends means for a record.
enum StrayQuote: Hashable, Sendable {
    /// Nothing.
    case none
    /// It stands in the record, or closes there; `line` is the one that it opens on.
    case here(line: Int)
    /// The record was read out of the text that the quote would have swallowed.
    case before(line: Int)
}

/// The text that a stray quote would have swallowed: where it ends in the buffer.
struct SwallowedText: Sendable {
    /// The first byte behind it; 0: there is none.
    private var end = 0
    /// The line that the quote opens on.
    private var line = 0
    /// Whether the last byte of it is a quote that seems to close it.
    private var isClosed = false

    mutating func shift(by count: Int) {
        end = max(end - count, 0)
    }

    /// A further quote reached to here; one inside the text changes nothing.
    mutating func extend(to end: Int, line: Int, isClosed: Bool) {
        guard end > self.end else { return }
        (self.end, self.line, self.isClosed) = (end, line, isClosed)
    }

    func stray(in record: Range<Int>) -> StrayQuote {
        guard record.lowerBound < end else { return .none }
        return isClosed && record.upperBound >= end ? .here(line: line) : .before(line: line)
    }
}
