/// A row of a spreadsheet on its way into a ``ListReader``: the texts of its cells, from the first column on.
///
/// It is kept as a record of a CSV file in UTF-8, as which rejected rows are stored and shown.
package struct SheetRow: Sendable {
    /// Its number as the spreadsheet shows it, from 1.
    package let number: Int
    private var text: [UInt8] = []
    private var fields: [CSVField] = []

    /// How such records are read.
    static let dialect = CSVDialect(delimiter: .semicolon, encoding: .utf8)
    private static let quote: UInt8 = 0x22

    /// A row without cells.
    ///
    /// - Parameter other: a row of the same sheet, for which as much room is made.
    package init(number: Int, like other: SheetRow? = nil) {
        self.number = number
        guard let other else { return }
        text.reserveCapacity(other.text.count + other.text.count / 4)
        fields.reserveCapacity(other.fields.count)
    }

    /// Number of cells so far.
    package var count: Int { fields.count }
    /// Bytes of it so far.
    package var byteCount: Int { text.count }

    /// Adds a cell at the right end.
    ///
    /// - Parameter isNumber: whether the sheet has it as a number: what is not digits in it then separates no digits, as it
    ///   may in a phone that is written as text.
    package mutating func append(_ cell: ArraySlice<UInt8>, isNumber: Bool = false) {
        cell.withUnsafeBytes { append($0, isNumber: isNumber) }
    }

    // Not generic: other modules call it for every cell, and would call code that knows nothing about its type.
    private mutating func append(_ cell: UnsafeRawBufferPointer, isNumber: Bool) {
        if !fields.isEmpty { text.append(Self.dialect.delimiter.rawValue) }
        let start = text.count
        guard cell.contains(where: Self.needsQuotes) else {
            text.append(contentsOf: cell)
            let isAmount = isNumber && !cell.allSatisfy { 0x30...0x39 ~= $0 }
            return fields.append(CSVField(from: start, to: text.count, kind: isAmount ? .amount : .plain))
        }
        text.append(Self.quote)
        for byte in cell {
            if byte == Self.quote { text.append(byte) }
            text.append(byte)
        }
        text.append(Self.quote)
        let hasQuotes = cell.contains(Self.quote)
        fields.append(
            hasQuotes
                ? CSVField(from: start, to: text.count, kind: .escaped)
                : CSVField(from: start + 1, to: text.count - 1, kind: .quoted))
    }

    /// Adds empty cells until there are this many.
    package mutating func pad(to count: Int) {
        while fields.count < count { append([]) }
    }

    /// The row as the reader of lists takes it; it has at least one cell.
    var record: CSVRecord { CSVRecord(line: number, buffer: text[...], fields: fields, dialect: Self.dialect) }

    /// The row on one line.
    var line: [UInt8] { text.map { Self.isLineEnd($0) ? 0x20 : $0 } }

    private static func needsQuotes(_ byte: UInt8) -> Bool {
        byte == quote || byte == dialect.delimiter.rawValue || isLineEnd(byte)
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}

/// The rows of a sheet that a ``ListReader`` has not read yet.
struct SheetRows: Sendable {
    /// As many rows are looked at before the first is read: there may be a title above the header.
    private static let sampleSize = 50
    /// Fewer where they are as large.
    private static let sampleBytes = 4 << 20
    /// Rows further down are no title or header.
    private static let lastInHead = 1000

    /// The sheet's name.
    let name: String
    private var rows: [SheetRow] = []
    private var bytes = 0
    private var first = 0
    private(set) var hasBegun = false
    /// The rows that were skipped, on a line each, and their number.
    private(set) var skippedLines: [[UInt8]] = []
    private(set) var skippedCount = 0

    init(_ name: String) {
        self.name = name
    }

    mutating func append(_ row: SheetRow) {
        rows.append(row)
        bytes += row.byteCount
    }

    /// The next row below those that are skipped; nil when more rows have to come first.
    mutating func next(isLast: Bool, skipping lines: Int) -> SheetRow? {
        guard hasBegun || isLast || rows.count >= Self.sampleSize || bytes >= Self.sampleBytes else { return nil }
        hasBegun = true
        while first < rows.count {
            let row = rows[first]
            first += 1
            if first == rows.count {
                rows.removeAll(keepingCapacity: true)
                first = 0
            }
            guard row.number <= lines else { return row }
            skip(row)
        }
        return nil
    }

    private mutating func skip(_ row: SheetRow) {
        while skippedLines.count < min(row.number - 1, SkippedLines.maxRead) { skippedLines.append([]) }
        if skippedLines.count < SkippedLines.maxRead { skippedLines.append(row.line) }
        skippedCount = row.number
    }

    /// The first rows as a CSV file, each on the line that has its number.
    var head: [UInt8] {
        var text: [UInt8] = []
        var line = 1
        for row in rows[first...] where row.number <= Self.lastInHead {
            while line < row.number {
                text.append(0x0A)
                line += 1
            }
            text += row.line
        }
        return text
    }
}
