/// Reads a contact list: bytes, or the rows of a sheet, in; rows out. It knows nothing about files and keeps no rows.
///
///     var list = ListReader(file: "contatos.csv", options: ListReader.Options(), sample: firstPiece)
///     while let row = try list.next() { … }      // then append the next piece, and finish after the last
///
/// The same bytes give the same rows however they are split into pieces: nothing is detected from less than
/// ``CSVDialect/sampleSize`` bytes, or the whole of a smaller list. No row is lost: the file's records are the header,
/// the contacts, the rejects and the blank rows, minus those that are `isExtra`; or else the list as a whole is an
/// error.
package struct ListReader: Sendable {
    /// The names of the columns that are kept with the contacts, in their order and spelling; empty until the first row
    /// has been read. Without a header they are `column1`, `column2`, ….
    package private(set) var columns: [String] = []
    package private(set) var isFinished = false
    /// How the list is read; nil until the header, or without one the first row, has been read.
    package private(set) var format: ListFormat?
    /// The lines skipped at the top; nil when none were, or ``format`` is not known yet.
    package private(set) var skipped: SkippedLines?

    private let file: String
    private let options: ListReader.Options
    private var parser: CSVParser
    /// The first bytes, until there are enough to detect the dialect; nil after that.
    private var sample: [UInt8]? = []
    /// The same, until the first row has been read: there may be a title above the header.
    private var head: [UInt8] = []
    /// What a list that is a sheet has instead of bytes.
    private var sheet: SheetRows?
    private var rules: ListRules?
    /// The other rows of a record with several numbers, the next one last.
    private var others: [ListRow] = []
    private var blankRowsOnTop = 0
    /// The line of the last stray quote; nil once a complete row with a contact has followed it.
    private var strayQuoteLine: Int?
    /// The line of the last stray quote that was followed by such a row.
    private var closedQuoteLine: Int?
    /// Why the list or its first row was refused; the same error is then thrown again.
    private var failure: ListError?

    /// A reader at the first byte of a list.
    ///
    /// - Parameters:
    ///   - file: the list's name in errors.
    ///   - options: how to read it.
    ///   - sample: the first bytes of the list, as with `append`; often the whole of a small one.
    package init(file: String, options: ListReader.Options, sample: [UInt8]) {
        self.file = file
        self.options = options
        parser = CSVParser(dialect: CSVDialect())
        if !sample.isEmpty { append(sample) }
    }

    /// A reader at the first row of a sheet.
    ///
    /// - Parameters:
    ///   - file: the list's name in errors.
    ///   - options: how to read it; there is no delimiter and no encoding.
    ///   - sheet: the sheet's name.
    package init(file: String, options: ListReader.Options, sheet: String) {
        var options = options
        // Those of its rows as records.
        options.delimiter = SheetRow.dialect.delimiter
        options.encoding = SheetRow.dialect.encoding
        self.file = file
        self.options = options
        self.sheet = SheetRows(sheet)
        parser = CSVParser(dialect: SheetRow.dialect)
        sample = nil
    }

    /// Blank lines so far, and rows of empty cells above the header, which are not rows of the list.
    package var blankLines: Int { parser.blankLines + blankRowsOnTop }

    /// The kinds of the contacts' numbers so far; nil until ``format`` is known.
    package var phones: PhoneTotals? {
        guard let rules, let format else { return nil }
        return rules.found.totals(of: format.phoneColumns)
    }

    /// The detected delimiter and encoding; nil until enough bytes have come.
    package var dialect: CSVDialect? { sample == nil ? parser.dialect : nil }

    /// Adds the next bytes of the list; an empty array is the end of it.
    package mutating func append(_ bytes: [UInt8]) {
        if bytes.isEmpty { return finish() }
        guard sample != nil else { return parser.append(bytes) }
        sample?.append(contentsOf: bytes)
        if let sample, sample.count >= CSVDialect.sampleSize { begin(sample) }
    }

    /// Adds the next row of a sheet, which has at least one cell that is not empty.
    package mutating func append(_ row: SheetRow) {
        sheet?.append(row)
    }

    /// Ends the list: no more bytes or rows will come.
    package mutating func finish() {
        if let sample { begin(sample) }
        isFinished = true
        parser.finish()
    }

    /// The next row; nil when more bytes are needed or, after `finish`, when there are no more.
    ///
    /// - Throws: ``ListError`` when the list as a whole cannot be read. A row that cannot be used is not an error.
    package mutating func next() throws(ListError) -> ListRow? {
        if let other = others.popLast() { return other }
        if rules == nil { return try firstRow() }
        while let record = try nextRecord() {
            // Applies to nearly every row of nearly every list.
            if !parser.spansLines, parser.stray == .none, strayQuoteLine == nil {
                return rules?.row(record, others: &others)
            }
            if let row = doubtfulRow(record) { return row }
        }
        return nil
    }

    /// The row of a record whose quotes need a closer look; nil when it has to be read again in another way.
    private mutating func doubtfulRow(_ record: CSVRecord) -> ListRow? {
        // An earlier stray quote is forgotten once a complete row with a contact has come: an incomplete row after that
        // is like any other.
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

    /// Reads the header first, or makes up column names.
    private mutating func firstRow() throws(ListError) -> ListRow? {
        if let failure { throw failure }
        guard let record = try firstRecord() else { return nil }
        let cells = record.strings
        let known = options.hasHeader ? RejectColumns.columns(namedIn: cells) : nil
        let wanted = known.map { options.columns.merging($0).merging(options.columnsOfOption) } ?? options.columns
        let matcher = ColumnMatcher(
            explicit: wanted.byMeaning, furtherPhones: wanted.furtherPhones,
            phones: PhoneReader(country: options.country))
        try refuseStrayQuote(in: record, matcher)
        let names = options.hasHeader ? cells : ColumnMatcher.names(count: cells.count)
        let places: ContactColumns
        do throws(ColumnError) {
            places = options.hasHeader ? try matcher.match(header: cells) : try matcher.match(firstRow: cells)
        } catch {
            if options.hasHeader, let counted = PhoneSample(options, head).counted(error, header: cells) {
                throw refused(.columns(file: file, line: record.line, counted))
            }
            throw refused(explained(error, cells, line: record.line))
        }
        var format = ListFormat(
            dialect: parser.dialect, sheet: sheet?.name, headerLine: options.hasHeader ? record.line : nil,
            names: names, places: places)
        if parser.dialect.encoding == .windows1252, parser.dialect.isEncodingGuessed {
            format.likelierEncoding = CodePages.likelier(than: head)
        }
        head = []
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

    /// An error about the first row; it mentions that the header is, or may be, further down.
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
        let (lines, count) =
            sheet.map { ($0.skippedLines, $0.skippedCount) } ?? (parser.skippedLines, parser.skippedCount)
        guard count > 0 else { return }
        var phones = PhoneCells(options, places)
        skipped = SkippedLines(lines, count: count, parser.dialect) {
            phones.looksLikeContact($0)
        }
    }

    private mutating func refused(_ error: ListError) -> ListError {
        failure = error
        return error
    }

    /// The first record that is not blank.
    private mutating func firstRecord() throws(ListError) -> CSVRecord? {
        while let record = try nextRecord() {
            guard record.isEmpty else { return record }
            blankRowsOnTop += 1
        }
        guard isFinished else { return nil }
        throw .empty(file: file)
    }

    private mutating func nextRecord() throws(ListError) -> CSVRecord? {
        if sheet != nil { return nextRowOfSheet() }
        do {
            return try parser.next()
        } catch {
            throw .csv(file: file, error)
        }
    }

    private mutating func nextRowOfSheet() -> CSVRecord? {
        if let sheet, !sheet.hasBegun { head = sheet.head }
        return sheet?.next(isLast: isFinished, skipping: options.skipLines)?.record
    }
}
