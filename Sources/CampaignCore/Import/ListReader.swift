/// Reads a contact list: bytes in, rows out as they are understood. It knows no files and keeps no rows.
///
///     var list = ListReader(file: "contatos.csv", reading: ListReading(), sample: firstPiece)
///     while let row = try list.next() { … }      // then append the next piece, and finish after the last
public struct ListReader: Sendable {
    /// The header's names, in their order and spelling; empty until the header has been read.
    public private(set) var columns: [String] = []
    /// Whether `finish` was called.
    public private(set) var isFinished = false

    private let file: String
    private let matcher: ColumnMatcher
    private let phones: PhoneReader?
    private let country: String
    private var parser: CSVParser
    private var places: ContactColumns?

    /// A reader at the first byte of a list.
    ///
    /// - Parameters:
    ///   - file: how errors name the list.
    ///   - reading: how to read it.
    ///   - sample: the first bytes of the list, from which its delimiter and encoding are told; they are read as well.
    public init(file: String, reading: ListReading, sample: [UInt8]) {
        self.file = file
        country = reading.country
        matcher = ColumnMatcher(explicit: reading.columns.byMeaning)
        phones = PhoneReader(country: reading.country, allowsLandlines: reading.allowsLandlines)
        parser = CSVParser(dialect: .detect(sample: sample))
        append(sample)
    }

    /// Lines with nothing in them so far; they are no rows.
    public var blankLines: Int { parser.blankLines }

    /// The next bytes of the list.
    public mutating func append(_ bytes: [UInt8]) {
        parser.append(bytes)
        if bytes.isEmpty { finish() }
    }

    /// The list has no more bytes.
    public mutating func finish() {
        isFinished = true
        parser.finish()
    }

    /// The next row, or nil when more bytes are needed or, after `finish`, when there are no more.
    ///
    /// - Throws: ``ListError``: the list as a whole cannot be read. A row that cannot be taken is no error.
    public mutating func next() throws(ListError) -> ListRow? {
        guard let places = try readHeader() else { return nil }
        guard let record = try nextRecord() else { return nil }
        return row(record, places)
    }

    private mutating func readHeader() throws(ListError) -> ContactColumns? {
        if let places { return places }
        guard let header = try nextRecord() else {
            guard isFinished else { return nil }
            throw .empty(file: file)
        }
        do {
            columns = header.strings
            places = try matcher.match(header: columns)
        } catch {
            throw .columns(file: file, line: header.line, error)
        }
        return places
    }

    private mutating func nextRecord() throws(ListError) -> CSVRecord? {
        do {
            return try parser.next()
        } catch {
            throw .csv(file: file, error)
        }
    }

    private func row(_ record: CSVRecord, _ places: ContactColumns) -> ListRow {
        guard !record.isEmpty else { return .blank }
        func reject(_ reason: String, _ suggestion: String) -> ListRow {
            .reject(
                ListReject(
                    line: record.line, raw: Array(record.raw), own: record.strings, reason: reason,
                    suggestion: suggestion))
        }
        let hasContentBehindTheHeader = (columns.count..<max(columns.count, record.count)).contains {
            !record.bytes(at: $0).isEmpty
        }
        guard !hasContentBehindTheHeader else {
            return reject(
                "too_many_cells",
                "The row has more cells than the header; put quotes around a cell that holds the delimiter.")
        }
        guard let phones else {
            return reject("country_unknown", "No country has the calling code \(country); correct `country`.")
        }
        let cell = places.phone < record.count ? record.bytes(at: places.phone) : []
        let phone: PhoneNumber
        switch phones.read(cell) {
        case .success(let number): phone = number
        case .failure(let problem): return reject(problem.code, problem.suggestion)
        }
        var duration: Int?
        if let place = places.callDuration, place < record.count, !record.bytes(at: place).isEmpty {
            guard let seconds = Int(record.string(at: place)), (1...15).contains(seconds) else {
                return reject("call_duration_invalid", "Write whole seconds from 1 to 15, or leave the cell empty.")
            }
            duration = seconds
        }
        return .contact(
            ListContact(
                line: record.line, phone: phone, callDuration: duration,
                cells: .record(record, places: Array(0..<min(record.count, columns.count)))))
    }
}

/// Why a list as a whole cannot be read; nothing of it is taken in.
public enum ListError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is nothing in it.
    case empty(file: String)
    /// Its header does not say which column is the phone.
    case columns(file: String, line: Int, ColumnError)
    /// It is no CSV from some line on.
    case csv(file: String, CSVError)

    /// One sentence: which file, which line, what, what to do.
    public var description: String {
        switch self {
        case .empty(let file): "\(file) is empty: it needs a header with the names of its columns, and rows."
        case .columns(let file, let line, let error): "\(file):\(line): \(error)"
        case .csv(let file, let error): "\(file):\(error.line): \(error)"
        }
    }
}

extension ColumnNames {
    fileprivate var byMeaning: [ContactColumn: String] {
        var names: [ContactColumn: String] = [:]
        names[.phone] = phone
        names[.name] = name
        names[.callDuration] = callDuration
        return names
    }
}
