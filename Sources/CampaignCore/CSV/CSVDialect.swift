/// How the bytes of a CSV file are to be read: what separates its fields, and the encoding of its text.
///
/// Quotes are always `"`, doubled within a quoted field (RFC 4180, section 2), and lines end in LF, CRLF or CR.
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

    /// The encoding of the text.
    package enum Encoding: Hashable, Sendable, CaseIterable, Codable {
        /// UTF-8, of which ASCII is a part.
        case utf8
        /// Windows-1252. ISO-8859-1 is read as this too, as browsers do (WHATWG Encoding Standard, section 4.2): the
        /// two differ only where ISO-8859-1 has unused control characters.
        case windows1252
        /// UTF-16, low byte first: Excel's "Unicode text".
        case utf16LittleEndian
        /// UTF-16, high byte first.
        case utf16BigEndian
        /// UTF-32, low byte first.
        case utf32LittleEndian
        /// UTF-32, high byte first.
        case utf32BigEndian
        /// IBM code page 850, of DOS and of the console of Windows in Western Europe and Brazil. Never detected.
        case cp850
        /// Mac OS Roman, of the Macintosh before Mac OS X. Never detected.
        case macRoman
    }

    /// The byte between two fields.
    package var delimiter: Delimiter
    /// The encoding of the text.
    package var encoding: Encoding
    /// Whether the encoding was guessed from a sample. Each field is then read as UTF-8 if it is valid UTF-8, otherwise
    /// as Windows-1252, so that a sample of plain ASCII cannot spoil a `ç` a million rows later.
    package var isEncodingGuessed: Bool

    /// A dialect that was given.
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

extension CSVDialect.Delimiter {
    /// The choices offered in an option's help, and in the error about any other text: words, since some of the signs
    /// mean something to shells.
    package static let choices = ["comma", "semicolon", "tab", "pipe"]

    /// A delimiter as written in an option: the sign, `\t`, or a word (comma, semicolon, tab, pipe; vírgula,
    /// ponto e vírgula). Nil when it is none of these; ``choices`` says which there are.
    package init?(named text: String) {
        switch text {
        case ",": self = .comma
        case ";": self = .semicolon
        case "|": self = .pipe
        case "\t", "\\t": self = .tab
        default:
            switch HeaderName(text).joined {
            case "comma", "virgula", "coma": self = .comma
            case "semicolon", "pontoevirgula", "puntoycoma": self = .semicolon
            case "tab", "tabulador", "tabulacao": self = .tab
            case "pipe": self = .pipe
            default: return nil
            }
        }
    }

    /// The delimiter that Excel's line `sep=;` names, in any case, with or without quotes around it, and with any
    /// number of empty cells that a spreadsheet has added. Nil for any other line.
    init?(sepLine line: ArraySlice<UInt8>) {
        var rest = line
        if rest.first == 0x22 { rest.removeFirst() }
        guard rest.prefix(4).map({ $0 | 0x20 }) == [0x73, 0x65, 0x70, 0x3D] else { return nil }
        rest.removeFirst(4)
        guard let byte = rest.popFirst(), let delimiter = Self(rawValue: byte),
            rest.allSatisfy({ $0 == byte || $0 == 0x22 || $0 == 0x20 })
        else { return nil }
        self = delimiter
    }

    /// The form shown to users: the sign, or `tab`.
    package var name: String {
        switch self {
        case .comma: ","
        case .semicolon: ";"
        case .tab: "tab"
        case .pipe: "|"
        }
    }
}

extension CSVDialect.Encoding {
    /// The names offered in an option's help, and in the error about any other name.
    package static let choices = [
        "UTF-8", "Windows-1252", "ISO-8859-1", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "CP850", "MacRoman",
    ]

    /// An encoding as written in an option, in any case, with or without dashes. ISO-8859-1 is Windows-1252
    /// (see ``windows1252``). `utf-16` alone is low byte first, as browsers have it (WHATWG Encoding Standard, section
    /// 4.2); a byte order mark says otherwise. Nil when the name is not known; ``choices`` says which there are.
    package init?(named text: String) {
        switch HeaderName(text).joined {
        case "utf8", "ascii", "usascii": self = .utf8
        case "windows1252", "cp1252", "win1252", "ansi", "iso88591", "latin1": self = .windows1252
        case "utf16", "utf16le": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        case "utf32", "utf32le", "ucs4le": self = .utf32LittleEndian
        case "utf32be", "ucs4be", "ucs4": self = .utf32BigEndian
        case "cp850", "850", "ibm850", "cspc850multilingual", "dos": self = .cp850
        case "macroman", "mac", "macintosh", "csmacintosh", "xmacroman": self = .macRoman
        default: return nil
        }
    }

    /// The form shown to users.
    package var name: String {
        switch self {
        case .utf8: "UTF-8"
        case .windows1252: "Windows-1252"
        case .utf16LittleEndian: "UTF-16LE"
        case .utf16BigEndian: "UTF-16BE"
        case .utf32LittleEndian: "UTF-32LE"
        case .utf32BigEndian: "UTF-32BE"
        case .cp850: "CP850"
        case .macRoman: "MacRoman"
        }
    }

    /// How the bytes of a unit become text before they are parsed; nil where the file's own bytes are parsed.
    var conversion: TextConversion? {
        switch self {
        case .utf8, .windows1252: nil
        case .utf16LittleEndian: .wide(unit: 2, isLittleEndian: true)
        case .utf16BigEndian: .wide(unit: 2, isLittleEndian: false)
        case .utf32LittleEndian: .wide(unit: 4, isLittleEndian: true)
        case .utf32BigEndian: .wide(unit: 4, isLittleEndian: false)
        case .cp850: .table(CodePages.cp850)
        case .macRoman: .table(CodePages.macRoman)
        }
    }
}
