/// Why a file cannot be read as CSV any further. The message is one sentence: what, where, what to do.
package enum CSVError: Error, Hashable, Sendable, Explained {
    /// A quote opens on this line (1-based) and does not close where its field ends.
    case strayQuote(line: Int)
    /// A field that starts on this line is longer than the limit, in bytes.
    case fieldTooLong(line: Int, limit: Int)
    /// A record that starts on this line is longer than the limit, in bytes.
    case recordTooLong(line: Int, limit: Int)
    /// A record that starts on this line has more fields than the limit.
    case tooManyFields(line: Int, limit: Int)

    /// The line of the file the error is about, 1-based.
    package var line: Int {
        switch self {
        case .strayQuote(let line): line
        case .fieldTooLong(let line, _), .recordTooLong(let line, _), .tooManyFields(let line, _): line
        }
    }

    /// One sentence for people.
    package var phrase: Phrase {
        switch self {
        case .strayQuote(let line):
            CSVError.strayQuote(line) + Phrase(verbatim: "; ") + CSVError.strayQuoteRemedy + Phrase(verbatim: ".")
        case .fieldTooLong(let line, let limit):
            Phrase(
                "The field that starts on line \(line) is longer than \(limit) bytes; "
                    + "look for a quote that opens there and is never closed.",
                "O campo que começa na linha \(line) tem mais de \(limit) bytes; "
                    + "procure aspas que abrem ali e nunca fecham.")
        case .recordTooLong(let line, let limit):
            Phrase(
                "The row that starts on line \(line) is longer than \(limit) bytes; check that the file is CSV, with line ends, and check its quotes.",
                "A linha que começa na linha \(line) do arquivo tem mais de \(limit) bytes; confira se o arquivo é CSV, com quebras de linha, e confira as aspas."
            )
        case .tooManyFields(let line, let limit):
            Phrase(
                "The row that starts on line \(line) has more than \(limit) fields; check the delimiter, the line ends and the quotes.",
                "A linha que começa na linha \(line) do arquivo tem mais de \(limit) campos; confira o separador, as quebras de linha e as aspas."
            )
        }
    }

    /// What is wrong with a quote, for a sentence.
    static func strayQuote(_ line: some CustomStringConvertible) -> Phrase {
        Phrase(
            "The quote that opens on line \(line) is not closed where its cell ends",
            "As aspas que abrem na linha \(line) não fecham onde a célula termina")
    }

    static let strayQuoteRemedy = Phrase(
        "remove it, or put the whole cell in quotes and double (\"\") those that belong to the text",
        "remova-as, ou ponha a célula inteira entre aspas e dobre (\"\") as que fazem parte do texto")
}

/// How large a part of a CSV file may get before the file is refused, so that memory stays bounded for any input.
package struct CSVLimits: Hashable, Sendable {
    /// Bytes of one field, quotes included.
    package let fieldBytes: Int
    /// Bytes of one record.
    package let recordBytes: Int
    /// Fields of one record.
    package let fields: Int

    /// Limits far above any contact list. Each is restricted to the range from 1 to 2³⁰.
    ///
    /// - Parameters:
    ///   - fieldBytes: bytes of one field, including quotes; 1 MiB.
    ///   - recordBytes: bytes of one record; 8 MiB.
    ///   - fields: fields of one record; 16 384, the columns of an Excel sheet.
    package init(fieldBytes: Int = 1 << 20, recordBytes: Int = 8 << 20, fields: Int = 16384) {
        self.fieldBytes = CSVLimits.sane(fieldBytes)
        self.recordBytes = CSVLimits.sane(recordBytes)
        self.fields = CSVLimits.sane(fields)
    }

    /// 1 to 2³⁰, since positions in a record are stored in 32 bits.
    private static func sane(_ limit: Int) -> Int {
        max(1, min(limit, 1 << 30))
    }
}
