/// Encodes rows as CSV: with quotes where RFC 4180 (October 2005, section 2) requires them, and where readers would
/// otherwise see something else (spaces at the ends, a blank row, a byte order mark, Excel's `sep=`).
package struct CSVEncoder: Hashable, Sendable {
    /// What ends a row.
    package enum LineEnd: Hashable, Sendable {
        /// As in RFC 4180 and Excel.
        case crlf
        /// As Unix tools like it.
        case lf
    }

    /// The byte between two fields.
    package var delimiter: CSVDialect.Delimiter
    /// What ends a row.
    package var lineEnd: LineEnd
    /// Cells a spreadsheet would run as a formula get an apostrophe in front: those that begin with `=`, `+`, `-`, `@`,
    /// tab, CR or LF, or the full-width form of one of the signs (OWASP, "CSV Injection"). A cell that is one plain
    /// number stays as it is, because it runs nothing: a sign, then digits with at most one `.` or `,` among them, such
    /// as `-5`, `-5,20` or `+5511999999999`. `+55 11 99999-0001` does not stay: a spreadsheet would compute it.
    package var defusesFormulas: Bool
    /// `head` is a byte order mark, without which Excel takes UTF-8 for Windows-1252.
    package var writesByteOrderMark: Bool

    /// An encoder.
    ///
    /// - Parameters:
    ///   - delimiter: the byte between two fields; Excel in Brazil wants `.semicolon`.
    ///   - lineEnd: what ends a row.
    ///   - defusesFormulas: for files a person will open in a spreadsheet.
    ///   - writesByteOrderMark: for files a person will open in Excel.
    package init(
        delimiter: CSVDialect.Delimiter = .comma,
        lineEnd: LineEnd = .crlf,
        defusesFormulas: Bool = false,
        writesByteOrderMark: Bool = false
    ) {
        self.delimiter = delimiter
        self.lineEnd = lineEnd
        self.defusesFormulas = defusesFormulas
        self.writesByteOrderMark = writesByteOrderMark
    }

    /// The bytes before the first row; often empty.
    package var head: [UInt8] {
        writesByteOrderMark ? CSVParser.byteOrderMark : []
    }

    /// One row with its line end, in UTF-8.
    package func row(_ fields: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        append(fields, to: &bytes)
        return bytes
    }

    /// Writes one row with its line end, in UTF-8, after what is there. A row without fields is written as one empty
    /// field.
    ///
    /// - Parameters:
    ///   - fields: the texts, any characters.
    ///   - bytes: what is written to.
    package func append(_ fields: [String], to bytes: inout [UInt8]) {
        if fields.count < 2, fields.first?.utf8.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) ?? true {
            appendQuoted(fields.first ?? "", to: &bytes)
        } else {
            for (index, field) in fields.enumerated() {
                if index > 0 { bytes.append(delimiter.rawValue) }
                append(field: field, to: &bytes)
            }
        }
        appendLineEnd(to: &bytes)
    }

    /// Writes a field of a row that has several; the caller writes the delimiters between them.
    package func append(field: String, to bytes: inout [UInt8]) {
        var text = defusesFormulas && CSVEncoder.runsAsFormula(field) ? "'" + field : field
        let isWritten = text.withUTF8 { utf8 in
            if needsQuotes(utf8) { return false }
            bytes.append(contentsOf: utf8)
            return true
        }
        if !isWritten { appendQuoted(text, to: &bytes) }
    }

    /// Ends a row.
    package func appendLineEnd(to bytes: inout [UInt8]) {
        if lineEnd == .crlf { bytes.append(0x0D) }
        bytes.append(0x0A)
    }

    private func appendQuoted(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(0x22)
        for byte in text.utf8 {
            if byte == 0x22 { bytes.append(0x22) }
            bytes.append(byte)
        }
        bytes.append(0x22)
    }

    private func needsQuotes(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = utf8.first, let last = utf8.last else { return false }
        if first == 0x20 || last == 0x20 || first == 0x09 || last == 0x09 { return true }
        let delimiter = delimiter.rawValue
        var marks: UInt64 = 1 << 0x22 | 1 << 0x0A | 1 << 0x0D
        // A spreadsheet may split cells at other characters than we do, and would run what follows its own delimiter.
        if defusesFormulas { marks |= 1 << 0x2C | 1 << 0x3B | 1 << 0x09 }
        for byte in utf8 where byte == delimiter || byte < 0x40 && marks >> UInt64(byte) & 1 != 0 { return true }
        switch first {
        case UInt8(ascii: "s"): return utf8.starts(with: "sep=".utf8)
        case CSVParser.byteOrderMark[0]: return utf8.starts(with: CSVParser.byteOrderMark)
        default: return false
        }
    }

    static func runsAsFormula(_ text: String) -> Bool {
        // Most texts begin with a letter: the signs are below it, or take three bytes.
        guard let byte = text.utf8.first, byte < 0x41 || byte >= 0xEF, let first = text.unicodeScalars.first
        else { return false }
        switch first {
        case "+", "-": return !isNumber(text.utf8.dropFirst())
        case "=", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
        default: return false
        }
    }

    private static func isNumber(_ text: Substring.UTF8View) -> Bool {
        var digits = 0
        var marks = 0
        for byte in text {
            switch byte {
            case 0x30...0x39: digits += 1
            case 0x2C, 0x2E: marks += 1
            default: return false
            }
        }
        return digits > 0 && marks <= 1
    }
}
