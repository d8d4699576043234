/// Reads a contact list: bytes in, rows out as they are understood. It knows no files and keeps no rows.
///
///     var list = ListReader(file: "contatos.csv", reading: ListReading(), sample: firstPiece)
///     while let row = try list.next() { … }      // then append the next piece, and finish after the last
///
/// The same bytes give the same rows however they are cut into pieces: nothing is told from less than
/// ``CSVDialect/sampleSize`` bytes, or the whole of a smaller list. No row is lost: the file's records are the header, the
/// contacts, the rejects and the blank rows, less those that are `isExtra`; or the list is an error as a whole.
public struct ListReader: Sendable {
    /// The names of the columns that are kept with the contacts, in their order and spelling; empty until the first row has
    /// been read. Without a header they are `column1`, `column2`, ….
    public private(set) var columns: [String] = []
    /// Whether `finish` was called.
    public private(set) var isFinished = false
    /// How the list is read; nil until the header, or without one the first row, has been read.
    public private(set) var format: ListFormat?

    private let file: String
    private let reading: ListReading
    private var parser: CSVParser
    /// The first bytes, until they are enough to tell the dialect; nil after that.
    private var sample: [UInt8]? = []
    private var rules: ListRules?
    /// The further rows of a record with several numbers, the next one last.
    private var others: [ListRow] = []
    private var blankRowsOnTop = 0
    /// What the list was refused for, or its first row; it is not asked for again.
    private var failure: ListError?

    /// A reader at the first byte of a list.
    ///
    /// - Parameters:
    ///   - file: how errors name the list.
    ///   - reading: how to read it.
    ///   - sample: the first bytes of the list, as with `append`; often all there is of a small one.
    public init(file: String, reading: ListReading, sample: [UInt8]) {
        self.file = file
        self.reading = reading
        parser = CSVParser(dialect: CSVDialect())
        if !sample.isEmpty { append(sample) }
    }

    /// Lines with nothing in them so far, and rows of empty cells above the header; they are no rows.
    public var blankLines: Int { parser.blankLines + blankRowsOnTop }

    /// What separates the cells and what the text is encoded in; nil until enough bytes have come to tell.
    public var dialect: CSVDialect? { sample == nil ? parser.dialect : nil }

    /// The next bytes of the list; none is the end of it.
    public mutating func append(_ bytes: [UInt8]) {
        if bytes.isEmpty { return finish() }
        guard sample != nil else { return parser.append(bytes) }
        sample?.append(contentsOf: bytes)
        if let sample, sample.count >= CSVDialect.sampleSize { begin(sample) }
    }

    /// The list has no more bytes.
    public mutating func finish() {
        if let sample { begin(sample) }
        isFinished = true
        parser.finish()
    }

    /// The next row, or nil when more bytes are needed or, after `finish`, when there are no more.
    ///
    /// - Throws: ``ListError``: the list as a whole cannot be read. A row that cannot be taken is no error.
    public mutating func next() throws(ListError) -> ListRow? {
        if let other = others.popLast() { return other }
        if rules == nil { return try firstRow() }
        guard let record = try nextRecord() else { return nil }
        return rules?.row(record, others: &others)
    }

    private mutating func begin(_ first: [UInt8]) {
        sample = nil
        if let kind = NoText.detect(first) { failure = .noText(file: file, kind) }
        parser = CSVParser(
            dialect: .detect(sample: first, delimiter: reading.delimiter, encoding: reading.encoding))
        parser.append(first)
    }

    /// Reads the header first, or makes one up.
    private mutating func firstRow() throws(ListError) -> ListRow? {
        if let failure { throw failure }
        guard let record = try firstRecord() else { return nil }
        let cells = record.strings
        let matcher = ColumnMatcher(
            explicit: reading.columns.byMeaning, phones: PhoneReader(country: reading.country))
        let names = reading.hasHeader ? cells : ColumnMatcher.names(count: cells.count)
        let places: ContactColumns
        do throws(ColumnError) {
            places = reading.hasHeader ? try matcher.match(header: cells) : try matcher.match(firstRow: cells)
        } catch {
            let failure = ListError.columns(file: file, line: record.line, error)
            self.failure = failure
            throw failure
        }
        let format = ListFormat(
            dialect: parser.dialect, headerLine: reading.hasHeader ? record.line : nil, names: names, places: places)
        let kept = format.columns.filter(\.isKept)
        var rules = ListRules(reading, places: places, width: names.count, kept: kept.map { $0.number - 1 })
        columns = kept.map(\.name)
        self.format = format
        guard reading.hasHeader else {
            let row = rules.row(record, others: &others)
            self.rules = rules
            return row
        }
        self.rules = rules
        return try next()
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
