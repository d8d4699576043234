/// Reads a contact list: bytes in, rows out as they are understood. It knows no files and keeps no rows.
///
///     var list = ListReader(file: "contatos.csv", options: ListReader.Options(), sample: firstPiece)
///     while let row = try list.next() { … }      // then append the next piece, and finish after the last
///
/// The same bytes give the same rows however they are cut into pieces: nothing is detected from less than
/// ``CSVDialect/sampleSize`` bytes, or the whole of a smaller list. No row is lost: the file's records are the header,
/// the contacts, the rejects and the blank rows, less those that are `isExtra`; or the list is an error as a whole.
package struct ListReader: Sendable {
    /// The names of the columns that are kept with the contacts, in their order and spelling; empty until the first row
    /// has been read. Without a header they are `column1`, `column2`, ….
    package private(set) var columns: [String] = []
    /// Whether `finish` was called.
    package private(set) var isFinished = false
    /// How the list is read; nil until the header, or without one the first row, has been read.
    package private(set) var format: ListFormat?
    /// The lines at the top that were skipped; nil when none were, or ``format`` is not known yet.
    package private(set) var skipped: SkippedLines?

    private let file: String
    private let options: ListReader.Options
    private var parser: CSVParser
    /// The first bytes, until they are enough to tell the dialect; nil after that.
    private var sample: [UInt8]? = []
    /// The same, until the first row has been read: there may be a title above the header.
    private var head: [UInt8] = []
    private var rules: ListRules?
    /// The further rows of a record with several numbers, the next one last.
    private var others: [ListRow] = []
    private var blankRowsOnTop = 0
    /// The line of the last stray quote; nil once a contact in a whole row has come after it.
    private var strayQuoteLine: Int?
    /// The line of the last stray quote after which such a row has come.
    private var closedQuoteLine: Int?
    /// What the list was refused for, or its first row; it is not asked for again.
    private var failure: ListError?

    /// A reader at the first byte of a list.
    ///
    /// - Parameters:
    ///   - file: how errors name the list.
    ///   - options: how to read it.
    ///   - sample: the first bytes of the list, as with `append`; often all there is of a small one.
    package init(file: String, options: ListReader.Options, sample: [UInt8]) {
        self.file = file
        self.options = options
        parser = CSVParser(dialect: CSVDialect())
        if !sample.isEmpty { append(sample) }
    }

    /// Lines with nothing in them so far, and rows of empty cells above the header; they are no rows.
    package var blankLines: Int { parser.blankLines + blankRowsOnTop }

    /// What separates the cells and what the text is encoded in; nil until enough bytes have come to tell.
    package var dialect: CSVDialect? { sample == nil ? parser.dialect : nil }

    /// The next bytes of the list; none is the end of it.
    package mutating func append(_ bytes: [UInt8]) {
        if bytes.isEmpty { return finish() }
        guard sample != nil else { return parser.append(bytes) }
        sample?.append(contentsOf: bytes)
        if let sample, sample.count >= CSVDialect.sampleSize { begin(sample) }
    }

    /// The list has no more bytes.
    package mutating func finish() {
        if let sample { begin(sample) }
        isFinished = true
        parser.finish()
    }

    /// The next row, or nil when more bytes are needed or, after `finish`, when there are no more.
    ///
    /// - Throws: ``ListError``: the list as a whole cannot be read. A row that cannot be used is not an error.
    package mutating func next() throws(ListError) -> ListRow? {
        if let other = others.popLast() { return other }
        if rules == nil { return try firstRow() }
        while let record = try nextRecord() {
            // Nearly every row of nearly every list.
            if !parser.spansLines, parser.stray == .none, strayQuoteLine == nil {
                return rules?.row(record, others: &others)
            }
            if let row = doubtfulRow(record) { return row }
        }
        return nil
    }

    /// The row of a record whose quotes need a closer look; nil when it has to be read again in another way.
    private mutating func doubtfulRow(_ record: CSVRecord) -> ListRow? {
        // A quote further up is forgotten once a contact has come in a whole row: a cut row below that is one like any
        // other.
        var stray = parser.stray
        if stray == .none, let strayQuoteLine { stray = .before(line: strayQuoteLine) }
        if case .before(let line) = stray, line == closedQuoteLine { stray = .none }
        switch rules?.quoting(of: record, spansLines: parser.spansLines, stray) {
        case .sound?, nil:
            let row = rules?.row(record, others: &others)
            if case .contact? = row {
                strayQuoteLine = nil
                if case .before(let line) = stray { closedQuoteLine = line }
            }
            return row
        case .stray(let line)?:
            strayQuoteLine = line
            return rules?.reject(record, strayQuote: line)
        case .cut(let line)?:
            strayQuoteLine = line
            return rules?.reject(cut: record, below: line)
        case .hidesRows(let field)?:
            parser.reread(field: field)
            return nil
        }
    }

    private mutating func begin(_ first: [UInt8]) {
        sample = nil
        head = Array(first.prefix(CSVDialect.sampleSize))
        if let kind = NonTextFormat.detect(first) { failure = .noText(file: file, kind) }
        parser = CSVParser(
            dialect: .detect(
                sample: first, delimiter: options.delimiter, encoding: options.encoding, skipLines: options.skipLines),
            skipLines: options.skipLines)
        parser.append(first)
    }

    /// Reads the header first, or makes one up.
    private mutating func firstRow() throws(ListError) -> ListRow? {
        if let failure { throw failure }
        guard let record = try firstRecord() else { return nil }
        let matcher = ColumnMatcher(
            explicit: options.columns.byMeaning, phones: PhoneReader(country: options.country))
        try refuseStrayQuote(in: record, matcher)
        let cells = record.strings
        let names = options.hasHeader ? cells : ColumnMatcher.names(count: cells.count)
        let places: ContactColumns
        do throws(ColumnError) {
            places = options.hasHeader ? try matcher.match(header: cells) : try matcher.match(firstRow: cells)
        } catch {
            throw refused(explained(error, cells, line: record.line))
        }
        head = []
        let format = ListFormat(
            dialect: parser.dialect, headerLine: options.hasHeader ? record.line : nil, names: names, places: places)
        let kept = format.columns.filter(\.isKept)
        rules = ListRules(options, places: places, width: names.count, kept: kept.map { $0.number - 1 })
        columns = kept.map(\.name)
        self.format = format
        noteSkippedLines(places)
        if !options.hasHeader, let row = doubtfulRow(record) { return row }
        return try next()
    }

    /// A quote in the first row may have swallowed rows, so the columns cannot be determined from it.
    private mutating func refuseStrayQuote(in record: CSVRecord, _ matcher: ColumnMatcher) throws(ListError) {
        let line = parser.strayQuoteLine ?? (hidesPhone(record, matcher) ? record.line : nil)
        guard let line else { return }
        throw refused(.csv(file: file, .strayQuote(line: line)))
    }

    private func hidesPhone(_ record: CSVRecord, _ matcher: ColumnMatcher) -> Bool {
        guard parser.spansLines, record.count > 1 || !options.splitsCells else { return false }
        return (0..<record.count).contains { field in
            guard let cell = record.quotedRange(at: field) else { return false }
            return record.raw[cell].split { $0 == 0x0A || $0 == 0x0D }.dropFirst().contains { line in
                (record.count == 1 || line.contains(record.delimiter)) && matcher.holdsPhone(line)
            }
        }
    }

    /// An error about the first row; it says so where the header is, or may be, further down.
    private func explained(_ error: ColumnError, _ firstRow: [String], line: Int) -> ListError {
        guard options.hasHeader, error.mayBeAboutATitle else { return .columns(file: file, line: line, error) }
        let search = HeaderSearch(options: options, head: head)
        if let lines = search.linesAboveHeader() {
            return .columns(file: file, line: line, .notTheHeader(firstRow: firstRow, headerLine: lines + 1))
        }
        var holdsPhone = false
        if case .noHeader = error { holdsPhone = true }
        guard search.beginsWithTitle(holdingPhone: holdsPhone) else { return .columns(file: file, line: line, error) }
        return .unclearHeader(file: file, line: line, error, firstLines: search.firstLines())
    }

    private mutating func noteSkippedLines(_ places: ContactColumns) {
        guard parser.skippedCount > 0 else { return }
        var phones = PhoneCells(options, places)
        skipped = SkippedLines(parser.skippedLines, count: parser.skippedCount, parser.dialect) {
            phones.looksLikeContact($0)
        }
    }

    private mutating func refused(_ error: ListError) -> ListError {
        failure = error
        return error
    }

    /// The first record with something in it.
    private mutating func firstRecord() throws(ListError) -> CSVRecord? {
        while let record = try nextRecord() {
            guard record.isEmpty else { return record }
            blankRowsOnTop += 1
        }
        guard isFinished else { return nil }
        throw .empty(file: file)
    }

    private mutating func nextRecord() throws(ListError) -> CSVRecord? {
        do {
            return try parser.next()
        } catch {
            throw .csv(file: file, error)
        }
    }
}
