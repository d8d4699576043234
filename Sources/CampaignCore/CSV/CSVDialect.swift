/// How the bytes of a CSV file are to be read: what separates its fields and what its text is encoded in.
///
/// Quotes are always `"`, doubled inside a quoted field (RFC 4180, section 2), and a line ends in LF, CRLF or CR.
package struct CSVDialect: Hashable, Sendable {
    /// The byte between two fields.
    package enum Delimiter: UInt8, CaseIterable, Sendable, Codable {
        /// `,`: RFC 4180 and most programs.
        case comma = 0x2C
        /// `;`: what Excel writes where the decimal sign is a comma, as in Brazil.
        case semicolon = 0x3B
        /// A tab: text copied out of a spreadsheet.
        case tab = 0x09
        /// `|`: exports of banks and mainframes.
        case pipe = 0x7C
    }

    /// What the text is encoded in.
    package enum Encoding: Hashable, Sendable, CaseIterable, Codable {
        /// UTF-8, of which ASCII is a part.
        case utf8
        /// Windows-1252. ISO-8859-1 is read as this too, as browsers do (WHATWG Encoding Standard, section 4.2): the two
        /// differ only where ISO-8859-1 has control characters nobody writes.
        case windows1252
        /// UTF-16, low byte first: Excel's "Unicode text".
        case utf16LittleEndian
        /// UTF-16, high byte first.
        case utf16BigEndian
    }

    /// The byte between two fields.
    package var delimiter: Delimiter
    /// What the text is encoded in.
    package var encoding: Encoding
    /// The encoding is a guess from a sample. Then every field by itself is read as UTF-8 when it is valid UTF-8 and as
    /// Windows-1252 when it is not, so a sample that was plain ASCII cannot spoil a `ç` a million rows later.
    package var isEncodingGuessed: Bool

    /// A dialect somebody has named.
    ///
    /// - Parameters:
    ///   - delimiter: the byte between two fields.
    ///   - encoding: what the text is encoded in; a byte that does not fit becomes U+FFFD.
    package init(delimiter: Delimiter = .comma, encoding: Encoding = .utf8) {
        self.init(delimiter: delimiter, encoding: encoding, isEncodingGuessed: false)
    }

    init(delimiter: Delimiter, encoding: Encoding, isEncodingGuessed: Bool) {
        self.delimiter = delimiter
        self.encoding = encoding
        self.isEncodingGuessed = isEncodingGuessed
    }
}
