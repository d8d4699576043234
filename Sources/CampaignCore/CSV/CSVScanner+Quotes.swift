extension CSVScanner {
    /// Goes back into the record found last: the quotes around this field are stray ones. The next record is the first
    /// one cut short at the end of the line that the field begins on.
    mutating func reread(field index: Int, _ bytes: borrowing Span<UInt8>) {
        let field = fields[index]
        start = recordRange.lowerBound
        fieldStart = start + Int(field.start) - (field.kind == .quoted ? 1 : 0)
        var end = start + Int(field.end) + 1
        if field.kind == .escaped {
            repeat { end -= 1 } while end > fieldStart + 1 && bytes[end - 1] != CSVScanner.quote
        }
        fieldLine = recordLine
        for place in start..<fieldStart where CSVScanner.endsLine(bytes, place, after: start) { fieldLine += 1 }
        fields.removeLast(fields.count - index)
        isInsideRecord = true
        skipsLineFeed = false
        takeQuoteAsText(upTo: end, isClosed: true)
    }

    /// Spaces and tabs between a closing quote and the end of its field: people put them there, and they do no harm.
    mutating func passBlanks(_ bytes: borrowing Span<UInt8>) {
        while position < bytes.count, bytes[position] == 0x20 || bytes[position] == 0x09, bytes[position] != delimiter {
            position += 1
            isEscaped = true
        }
    }

    /// Text follows a closing quote. On one line nothing is lost by that; over several lines the quote has
    /// swallowed them.
    mutating func passText() {
        guard line == fieldLine else { return takeQuoteAsText(upTo: position) }
        strayLine = strayLine ?? fieldLine
        isEscaped = true
        mode = .afterQuoteText
    }

    /// The quote that opens the field is text like any other, and the field is read again from there.
    ///
    /// - Parameters:
    ///   - end: how far the quote reached; never further than a field may.
    ///   - isClosed: whether a quote seems to close it there.
    mutating func takeQuoteAsText(upTo end: Int, isClosed: Bool = false) {
        strayLine = strayLine ?? fieldLine
        let end = min(end, fieldStart + limits.fieldBytes, start + limits.recordBytes)
        swallowed.extend(to: end, line: fieldLine, isClosed: isClosed)
        position = fieldStart
        line = fieldLine
        isEscaped = false
        mode = .plain
    }

    private static func endsLine(_ bytes: borrowing Span<UInt8>, _ index: Int, after start: Int) -> Bool {
        bytes[index] == carriageReturn
            || bytes[index] == lineFeed && (index == start || bytes[index - 1] != carriageReturn)
    }
}

/// What a quote that does not close where its field ends means for a record.
enum StrayQuote: Hashable, Sendable {
    /// Nothing.
    case none
    /// It is in the record, or closes there; `line` is the one that it opens on.
    case here(line: Int)
    /// The record was read out of the text that the quote would have swallowed.
    case before(line: Int)
}

/// The text that a stray quote would have swallowed: where it ends in the buffer.
struct SwallowedText: Sendable {
    /// The first byte after it; 0: there is none.
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
