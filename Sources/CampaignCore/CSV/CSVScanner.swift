/// The state machine that finds the ends of fields and records. It owns no bytes: it is shown the buffer, remembers how
/// far it got, and continues from there when more has come.
///
/// A quote that opens a field and does not close where the field ends is text, and its field ends with its line:
/// whatever the quote would have swallowed is read as separate records.
struct CSVScanner: Sendable {
    enum Outcome {
        case record
        case needsMore
        case end
        case failure(CSVError)
    }

    enum Mode {
        case fieldStart
        case plain
        case quoted
        case afterQuote
        case afterQuoteText
    }

    static let quote: UInt8 = 0x22
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D

    let delimiter: UInt8
    let limits: CSVLimits

    /// Fields of the record found last.
    var fields: [CSVField] = []
    /// Bytes of the record found last, without its line end.
    var recordRange = 0..<0
    /// Line the record found last starts on.
    private(set) var recordLine = 1
    /// Line the record found last ends on.
    private(set) var recordLastLine = 1

    /// First byte that is still needed.
    var start = 0
    var position = 0
    var fieldStart = 0
    var fieldLine = 1
    var line = 1
    var mode = Mode.fieldStart
    var isEscaped = false
    var skipsLineFeed = false
    var isInsideRecord = false
    /// Line of the first quote of the record that does not close where its field ends; nil when all do.
    var strayLine: Int?
    /// The text that a stray quote would have swallowed.
    var swallowed = SwallowedText()

    init(delimiter: UInt8, limits: CSVLimits) {
        self.delimiter = delimiter
        self.limits = limits
    }

    /// The first `count` bytes, all before `start`, have left the buffer.
    mutating func shift(by count: Int) {
        start -= count
        position -= count
        fieldStart -= count
        swallowed.shift(by: count)
    }

    /// The next bytes of the buffer are no part of the text.
    mutating func skip(_ count: Int) {
        start += count
        position += count
        fieldStart += count
    }

    /// The next bytes of the buffer are a line to skip.
    mutating func skipLine(_ count: Int) {
        skip(count)
        line += 1
    }

    /// What a quote has done to the record found last.
    @inline(__always)
    var stray: StrayQuote {
        if let strayLine { return .here(line: strayLine) }
        return swallowed.stray(in: recordRange)
    }

    /// Looks for the end of the next record.
    mutating func scan(_ bytes: borrowing Span<UInt8>, isLast: Bool) -> Outcome {
        if !isInsideRecord {
            guard beginRecord(bytes) else { return isLast ? .end : .needsMore }
        }
        while true {
            switch mode {
            case .fieldStart:
                if passPlainFields(bytes) { return .record }
                fieldStart = position
                fieldLine = line
                isEscaped = false
                guard position < bytes.count else {
                    if let outcome = exhausted(isLast) { return outcome }
                    continue
                }
                if bytes[position] == CSVScanner.quote {
                    mode = .quoted
                    position += 1
                } else {
                    mode = .plain
                }
            case .quoted:
                if !passQuoted(bytes, isLast), let outcome = exhausted(isLast) { return outcome }
            case .afterQuote:
                passBlanks(bytes)
                guard position < bytes.count else {
                    if let outcome = exhausted(isLast) { return outcome }
                    continue
                }
                if !isWithinLimits(from: fieldStart, to: position) {
                    takeQuoteAsText(upTo: position)
                } else if isFieldEnd(bytes[position]) {
                    if let outcome = endField(bytes[position]) { return outcome }
                } else {
                    passText()
                }
            case .plain, .afterQuoteText:
                while position < bytes.count, !isFieldEnd(bytes[position]) { position += 1 }
                guard position < bytes.count else {
                    if let outcome = exhausted(isLast) { return outcome }
                    continue
                }
                if let outcome = endField(bytes[position]) { return outcome }
            }
        }
    }

    /// Fields without quotes, eight bytes at a time: most of most files. True at the end of the record; else the next
    /// field has something in it, or around it, that is left to the steps of `scan`.
    private mutating func passPlainFields(_ bytes: borrowing Span<UInt8>) -> Bool {
        guard position < bytes.count, bytes[position] != CSVScanner.quote else { return false }
        let delimiters = EightBytes.all(delimiter)
        var index = position
        while index &+ 8 <= bytes.count {
            let word = UInt64(littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
            var ends =
                EightBytes.zeros(word ^ delimiters) | EightBytes.zeros(word ^ EightBytes.lineFeeds)
                | EightBytes.zeros(word ^ EightBytes.carriageReturns)
            while ends != 0 {
                let end = index &+ ends.trailingZeroBitCount / 8
                ends &= ends &- 1
                guard isWithinLimits(from: position, to: end) else { return false }
                fields.append(CSVField(from: position &- start, to: end &- start, kind: .plain))
                position = end &+ 1
                let terminator = bytes[end]
                if terminator != delimiter {
                    endRecord(terminator)
                    return true
                }
                guard position < bytes.count, bytes[position] != CSVScanner.quote else { return false }
            }
            index &+= 8
        }
        return false
    }

    private mutating func beginRecord(_ bytes: borrowing Span<UInt8>) -> Bool {
        if skipsLineFeed, position < bytes.count {
            if bytes[position] == CSVScanner.lineFeed { position += 1 }
            skipsLineFeed = false
        }
        start = position
        guard position < bytes.count else { return false }
        fields.removeAll(keepingCapacity: true)
        recordLine = line
        strayLine = nil
        mode = .fieldStart
        isInsideRecord = true
        return true
    }

    /// Goes to the byte after the closing quote. False when the buffer ends first.
    private mutating func passQuoted(_ bytes: borrowing Span<UInt8>, _ isLast: Bool) -> Bool {
        while position < bytes.count {
            let byte = bytes[position]
            if byte == CSVScanner.quote {
                // The byte after it tells whether this quote closes.
                guard position + 1 < bytes.count || isLast else { return false }
                if position + 1 < bytes.count, bytes[position + 1] == CSVScanner.quote {
                    isEscaped = true
                    position += 2
                    continue
                }
                position += 1
                mode = .afterQuote
                return true
            }
            if byte == CSVScanner.carriageReturn {
                line += 1
            } else if byte == CSVScanner.lineFeed, bytes[position - 1] != CSVScanner.carriageReturn {
                line += 1
            }
            position += 1
        }
        return false
    }

    private func isFieldEnd(_ byte: UInt8) -> Bool {
        byte == delimiter || byte == CSVScanner.lineFeed || byte == CSVScanner.carriageReturn
    }

    /// The field ends before `terminator`, which is at `position`. Nil: the record continues.
    @inline(__always)
    private mutating func endField(_ terminator: UInt8) -> Outcome? {
        guard keepField() else { return .failure(excess()) }
        position += 1
        mode = .fieldStart
        if terminator == delimiter { return nil }
        endRecord(terminator)
        return .record
    }

    /// The record ended before `terminator`, which is right before `position`.
    private mutating func endRecord(_ terminator: UInt8) {
        recordRange = start..<(position - 1)
        recordLastLine = line
        line += 1
        skipsLineFeed = terminator == CSVScanner.carriageReturn
        isInsideRecord = false
        start = position
    }

    /// False when a limit was passed.
    private mutating func keepField() -> Bool {
        guard isWithinLimits(from: fieldStart, to: position) else { return false }
        let (offset, end) = (fieldStart - start, position - start)
        let field =
            switch mode {
            case .fieldStart, .plain, .quoted: CSVField(from: offset, to: end, kind: .plain)
            case .afterQuote, .afterQuoteText:
                isEscaped
                    ? CSVField(from: offset, to: end, kind: .escaped)
                    : CSVField(from: offset + 1, to: end - 1, kind: .quoted)
            }
        fields.append(field)
        return true
    }

    /// Whether one more field may be there.
    private func isWithinLimits(from fieldStart: Int, to end: Int) -> Bool {
        end &- fieldStart <= limits.fieldBytes && end &- start <= limits.recordBytes && fields.count < limits.fields
    }

    /// Which limit was passed first, by position: the same answer however the file was cut into chunks.
    private func excess() -> CSVError {
        let fieldBound = fieldStart + limits.fieldBytes
        let recordBound = start + limits.recordBytes
        guard position > min(fieldBound, recordBound) else {
            return .tooManyFields(line: recordLine, limit: limits.fields)
        }
        return fieldBound <= recordBound
            ? .fieldTooLong(line: fieldLine, limit: limits.fieldBytes)
            : .recordTooLong(line: recordLine, limit: limits.recordBytes)
    }

    /// The buffer is used up in the middle of a record. Nil: a quote that never closes has become text, and the record
    /// continues from there.
    private mutating func exhausted(_ isLast: Bool) -> Outcome? {
        let isOpen = mode == .quoted
        guard isWithinLimits(from: fieldStart, to: position) else {
            guard isOpen || mode == .afterQuote else { return .failure(excess()) }
            takeQuoteAsText(upTo: position)
            return nil
        }
        guard isLast else { return .needsMore }
        guard !isOpen else {
            takeQuoteAsText(upTo: position)
            return nil
        }
        guard keepField() else { return .failure(excess()) }
        recordRange = start..<position
        recordLastLine = line
        isInsideRecord = false
        start = position
        return .record
    }
}

/// Eight bytes of a text in a word, the first one lowest: what a scanner compares at a time.
enum EightBytes {
    static let lineFeeds: UInt64 = 0x0A0A_0A0A_0A0A_0A0A
    static let carriageReturns: UInt64 = 0x0D0D_0D0D_0D0D_0D0D

    /// The same byte eight times.
    static func all(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    /// The highest bit of every byte that is zero, and no other bit. Seven bits plus 0x7F carry into the eighth unless
    /// all of them are zero (Henry S. Warren, "Hacker's Delight", section 6-1).
    static func zeros(_ word: UInt64) -> UInt64 {
        let sevens: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((word & sevens) &+ sevens) | word | sevens)
    }
}
