/// One record of a CSV file. It shares the parser's buffer instead of copying it: use and release it before requesting
/// the next one. A record that is kept longer stays correct, but costs a copy.
package struct CSVRecord: Sendable {
    /// Line of the file on which the record starts, 1-based. Line ends inside quotes count, so do blank lines.
    package let line: Int
    /// The record as it is in the file, including quotes, without its line ending. For a file in an encoding that is
    /// converted (``CSVDialect/Encoding/conversion``) these are the same characters in UTF-8, and `original` has the file's bytes.
    package let raw: ArraySlice<UInt8>

    private let fields: [CSVField]
    private let dialect: CSVDialect

    init(line: Int, buffer: ArraySlice<UInt8>, fields: [CSVField], dialect: CSVDialect) {
        self.line = line
        self.raw = buffer
        self.fields = fields
        self.dialect = dialect
    }

    /// How many fields there are; at least 1.
    package var count: Int { fields.count }

    /// Whether every field is empty, as in `;;;`, which spreadsheets leave below a table.
    package var isEmpty: Bool {
        fields.allSatisfy { $0.start == $0.end }
    }

    /// The content of a field in the file's own encoding (UTF-8 if that is converted), without the outer quotes and with
    /// doubled quotes made single. Copies only if there is a doubled quote.
    ///
    /// - Parameter index: 0-based, less than `count`.
    package func bytes(at index: Int) -> ArraySlice<UInt8> {
        let field = fields[index]
        let slice = raw[raw.startIndex + Int(field.start)..<raw.startIndex + Int(field.end)]
        switch field.kind {
        case .plain, .quoted, .amount: return slice
        case .escaped: return CSVRecord.unescaped(slice)
        }
    }

    /// Whether a field is a number of a sheet that consists of more than digits, such as `-0.5`, and so is no phone.
    func isAmount(at index: Int) -> Bool { index < count && fields[index].kind == .amount }

    /// Where in `raw` the content between the quotes of a field is; nil for a field without quotes.
    func quotedRange(at index: Int) -> Range<Int>? {
        let field = fields[index]
        let (start, end) = (raw.startIndex + Int(field.start), raw.startIndex + Int(field.end))
        switch field.kind {
        case .plain, .amount: return nil
        case .quoted: return start..<end
        case .escaped: return raw[start + 1..<end].lastIndex(of: 0x22).map { start + 1..<$0 }
        }
    }

    /// What separates the fields.
    var delimiter: UInt8 { dialect.delimiter.rawValue }

    /// The text of a field.
    ///
    /// - Parameter index: 0-based, less than `count`.
    package func string(at index: Int) -> String {
        text(bytes(at: index))
    }

    /// The text of every field.
    package var strings: [String] {
        fields.indices.map { string(at: $0) }
    }

    /// The record as it stood in the file, as text.
    package var rawString: String { text(raw) }

    /// The record's bytes in the file, including quotes, without its line ending.
    package var original: [UInt8] {
        dialect.encoding.conversion.map { WTF8.original(raw, $0) } ?? Array(raw)
    }

    private func text(_ bytes: ArraySlice<UInt8>) -> String {
        if dialect.encoding.conversion != nil { return WTF8.string(bytes) }
        if dialect.isEncodingGuessed, let text = String(validating: bytes, as: UTF8.self) { return text }
        let isUTF8 = dialect.encoding == .utf8 && !dialect.isEncodingGuessed
        return isUTF8 ? String(decoding: bytes, as: UTF8.self) : Windows1252.string(bytes)
    }

    /// `field` starts with its opening quote.
    private static func unescaped(_ field: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var content: [UInt8] = []
        content.reserveCapacity(field.count)
        var isQuoted = true
        var index = field.startIndex + 1
        while index < field.endIndex {
            let byte = field[index]
            index += 1
            if isQuoted, byte == 0x22 {
                guard index < field.endIndex, field[index] == 0x22 else {
                    isQuoted = false
                    continue
                }
                index += 1
            }
            content.append(byte)
        }
        return content[...]
    }
}

/// Where a field lies, counted from the first byte of its record.
struct CSVField: Hashable, Sendable {
    enum Kind: UInt8, Sendable {
        /// The bytes are the content.
        case plain
        /// The bytes are what stood between quotes, without a quote among them.
        case quoted
        /// The bytes are the content, a number of a sheet that consists of more than digits.
        case amount
        /// The bytes start with the opening quote; doubled quotes, or text after the closing quote, are still in them.
        case escaped
    }

    var start: Int32
    var end: Int32
    var kind: Kind

    /// Places in a record fit 32 bits: see `CSVLimits`.
    init(from start: Int, to end: Int, kind: Kind) {
        self.start = Int32(truncatingIfNeeded: start)
        self.end = Int32(truncatingIfNeeded: end)
        self.kind = kind
    }
}
