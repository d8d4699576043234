/// CSV bytes in, records out. It knows no files: hand it a chunk with `append`, take records with `next` until that
/// gives nil, hand it the next chunk; after the last one call `finish` and take what is left.
///
///     var parser = CSVParser(dialect: .detect(sample: firstChunk))
///     parser.append(firstChunk)
///     while let record = try parser.next() { … }
///
/// It follows RFC 4180 (October 2005) and forgives what people really write: CR, LF and CRLF in one file, no line end
/// at the end, a byte order mark, Excel's `sep=;` line, NUL bytes, rows with too few or too many fields (given as they
/// are), a quote in the middle of a field (text), Ctrl-Z at the end of a DOS file. A quote that opens a field and does not close where the field ends
/// (text follows, or nothing closes it at all) is reported by ``strayQuoteLine``; it swallows no line. Blank lines are
/// skipped and counted. Memory is one chunk and one record, whatever the file's size. The same bytes give the same
/// records however they are cut into chunks.
package struct CSVParser: Sendable {
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    /// Ctrl-Z.
    private static let endOfFile: UInt8 = 0x1A
    /// A sector of CP/M has 128 bytes.
    private static let maxHeldBack = 128

    /// How the bytes are read.
    package let dialect: CSVDialect
    /// Lines without a record so far: containing only spaces and tabs.
    package private(set) var blankLines = 0
    /// Records returned so far.
    package private(set) var records = 0

    /// The line of a quote, in the last record returned, that does not close where its field ends: the field then ends
    /// with its line, and the quote is part of it. Nil when there is no such quote.
    package var strayQuoteLine: Int? {
        switch scanner.stray {
        case .here(let line): line
        case .before, .none: nil
        }
    }

    /// What quotes have done to the last record returned.
    var stray: StrayQuote { scanner.stray }
    /// Whether the last record returned spans several lines.
    var spansLines: Bool { scanner.recordLastLine != scanner.recordLine }

    private var buffer: [UInt8] = []
    private var scanner: CSVScanner
    private var transcoder: Transcoder
    /// How many bytes of Ctrl-Z end what has come so far. They are no text if nothing follows: DOS ends files so.
    private var heldBack = 0
    private var isAtFileStart = true
    private var isFirstLine: Bool
    private var isFinished = false
    /// Lines at the top that are still to be skipped.
    private var linesToSkip: Int
    /// The skipped lines, as far as they are examined, and their number.
    private(set) var skippedLines: [[UInt8]] = []
    private(set) var skippedCount = 0
    /// The beginning of a skipped line whose end has not arrived yet.
    private var skippedBeginning: [UInt8] = []
    private var failure: CSVError?

    /// A parser at the first byte of a file.
    ///
    /// - Parameters:
    ///   - dialect: how to read it; see ``CSVDialect/detect(sample:)``.
    ///   - limits: how large a field and a record may get.
    ///   - skipLines: how many lines at the top are skipped, whatever their content; they still count as lines.
    package init(dialect: CSVDialect, limits: CSVLimits = CSVLimits(), skipLines: Int = 0) {
        self.dialect = dialect
        linesToSkip = max(skipLines, 0)
        isFirstLine = linesToSkip == 0
        scanner = CSVScanner(delimiter: dialect.delimiter.rawValue, limits: limits)
        transcoder = Transcoder(dialect.encoding)
    }

    /// The next bytes of the file.
    package mutating func append(_ chunk: [UInt8]) {
        append(chunk[...])
    }

    /// The next bytes of the file.
    package mutating func append(_ chunk: ArraySlice<UInt8>) {
        chunk.withUnsafeBytes { bytes in append(bytes) }
    }

    /// The next bytes of the file. They are copied.
    package mutating func append(_ chunk: UnsafeRawBufferPointer) {
        let used = scanner.start
        if used > 0 {
            buffer.removeFirst(used)
            scanner.shift(by: used)
        }
        let known = buffer.count
        buffer.append(contentsOf: repeatElement(CSVParser.endOfFile, count: heldBack))
        transcoder.append(chunk, to: &buffer)
        holdBack(from: known)
    }

    /// Takes the Ctrl-Z at the end of the buffer out of it, down to `known` bytes.
    private mutating func holdBack(from known: Int) {
        heldBack = 0
        while heldBack < CSVParser.maxHeldBack, buffer.count > known, buffer.last == CSVParser.endOfFile {
            buffer.removeLast()
            heldBack += 1
        }
    }

    /// The file has no more bytes.
    package mutating func finish() {
        guard !isFinished else { return }
        isFinished = true
        let end = buffer.count
        transcoder.finish(&buffer)
        // Half a unit after it: it was in the middle.
        if buffer.count > end {
            buffer.insert(contentsOf: repeatElement(CSVParser.endOfFile, count: heldBack), at: end)
        }
    }

    /// The next record, or nil when more bytes are needed, or, after `finish`, when there are no more.
    ///
    /// - Throws: `CSVError`; the parser stays at the error and throws it again.
    package mutating func next() throws(CSVError) -> CSVRecord? {
        if let failure { throw failure }
        guard passByteOrderMark(), linesToSkip == 0 || skipLines() else { return nil }
        while true {
            switch CSVParser.scan(&scanner, buffer, isLast: isFinished) {
            case .needsMore, .end:
                return nil
            case .failure(let error):
                failure = error
                throw error
            case .record:
                if isNoRecord() { continue }
                records += 1
                return CSVRecord(
                    line: scanner.recordLine,
                    buffer: buffer[scanner.recordRange],
                    fields: scanner.fields,
                    dialect: dialect
                )
            }
        }
    }

    /// Goes back into the last record returned: the quotes around this field match by accident, and what is between
    /// them is records. Returns that record once more, ending with the line on which the field begins.
    mutating func reread(field index: Int) {
        records -= 1
        CSVParser.reread(&scanner, field: index, buffer)
    }

    private static func reread(_ scanner: inout CSVScanner, field index: Int, _ buffer: [UInt8]) {
        scanner.reread(field: index, buffer.span)
    }

    /// A static function, so that the scanner may change while the buffer is being read.
    private static func scan(_ scanner: inout CSVScanner, _ buffer: [UInt8], isLast: Bool) -> CSVScanner.Outcome {
        scanner.scan(buffer.span, isLast: isLast)
    }

    /// False until the first three bytes have arrived.
    private mutating func passByteOrderMark() -> Bool {
        guard isAtFileStart else { return true }
        guard buffer.count >= 3 || isFinished else { return false }
        isAtFileStart = false
        if buffer.starts(with: CSVParser.byteOrderMark) { scanner.skip(3) }
        return true
    }

    /// False until the end of the skipped lines has been reached.
    private mutating func skipLines() -> Bool {
        while linesToSkip > 0 {
            let rest = buffer[scanner.start...]
            guard let end = rest.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else {
                noteSkipped(rest)
                scanner.skip(rest.count)
                if isFinished { endSkippedLine() }
                return isFinished
            }
            // The next byte shows whether the line ends in CR or in CRLF.
            guard end + 1 < buffer.endIndex || isFinished else { return false }
            let isPair = buffer[end] == 0x0D && end + 1 < buffer.endIndex && buffer[end + 1] == 0x0A
            noteSkipped(buffer[scanner.start..<end])
            endSkippedLine()
            scanner.skipLine(end + (isPair ? 2 : 1) - scanner.start)
            linesToSkip -= 1
        }
        return true
    }

    private mutating func noteSkipped(_ bytes: ArraySlice<UInt8>) {
        guard skippedCount < SkippedLines.maxRead else { return }
        skippedBeginning += bytes.prefix(SkippedLines.longest - skippedBeginning.count)
    }

    private mutating func endSkippedLine() {
        guard !isFinished || !skippedBeginning.isEmpty || scanner.start < buffer.count else { return }
        if skippedCount < SkippedLines.maxRead { skippedLines.append(skippedBeginning) }
        skippedBeginning = []
        skippedCount += 1
    }

    private mutating func isNoRecord() -> Bool {
        let range = scanner.recordRange
        defer { isFirstLine = false }
        if range.isEmpty || isBlank(range) {
            blankLines += 1
            return true
        }
        return isFirstLine && CSVDialect.Delimiter(sepLine: buffer[range]) != nil
    }

    /// Only spaces and tabs, and no delimiter among them.
    private func isBlank(_ range: Range<Int>) -> Bool {
        for index in range {
            let byte = buffer[index]
            guard byte == 0x20 || byte == 0x09, byte != scanner.delimiter else { return false }
        }
        return true
    }
}
