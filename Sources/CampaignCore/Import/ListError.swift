/// Why a list as a whole cannot be read; nothing is imported from it.
package enum ListError: Error, Hashable, Sendable, Explained {
    /// It is empty.
    case empty(file: String)
    /// It is a file of another kind.
    case noText(file: String, NonTextFormat)
    /// It is unclear which column is the phone.
    case columns(file: String, line: Int, ColumnError)
    /// The same, and there may be a title above the header; `firstLines` are shown unchanged, one per line.
    case unclearHeader(file: String, line: Int, ColumnError, firstLines: String)
    /// From some line on it is not valid CSV.
    case csv(file: String, CSVError)

    /// One sentence: which file, which line, what, what to do.
    package var phrase: Phrase {
        switch self {
        case .empty(let file):
            Phrase(
                "\(file) is empty: it needs a header with column names, and rows.",
                "\(file) está vazio: precisa de um cabeçalho com os nomes das colunas, e de linhas.")
        case .noText(let file, let kind): Phrase(verbatim: "\(file) ") + kind.complaint
        case .columns(let file, let line, let error): Phrase(verbatim: "\(file):\(line): ") + error.phrase
        case .unclearHeader(let file, let line, let error, let firstLines):
            Phrase(verbatim: "\(file):\(line): ") + error.phrase
                + Phrase(
                    """
                     There may be a title above the header, and it is not certain which line is the header. \
                    The first lines are:
                    \(firstLines)
                    Skip those above the header with --skip-lines <count>; if no column there has a usual name for the phone, \
                    name it too, with --columns phone=<column>.
                    """,
                    """
                     Pode haver um título acima do cabeçalho, e não é certo qual linha é o cabeçalho. \
                    As primeiras linhas são:
                    \(firstLines)
                    Pule as que estão acima do cabeçalho com --skip-lines <quantas>; se nenhuma coluna ali tiver um nome usual \
                    para o telefone, indique-a também, com --columns phone=<coluna>.
                    """)
        case .csv(let file, let error): Phrase(verbatim: "\(file):\(error.line): ") + error.phrase
        }
    }
}

/// A file that is not text, detected by its first bytes.
package enum NonTextFormat: Hashable, Sendable, CaseIterable {
    /// A PDF.
    case pdf
    /// A file compressed with gzip.
    case gzip
    /// Something else that is not text.
    case binary

    /// What it is and what to do, following the file's name.
    var complaint: Phrase {
        switch self {
        case .pdf: Phrase("is a PDF: ask for the list as CSV.", "é um PDF: peça a lista em CSV.")
        case .gzip:
            Phrase(
                "is compressed: unpack it with gunzip, or import it with `gunzip -c FILE | discador import CAMPAIGN -`.",
                "está compactado: descompacte-o com gunzip, ou importe-o com "
                    + "`gunzip -c FILE | discador import CAMPAIGN -`.")
        case .binary:
            Phrase(
                "is not text: a list is a CSV file with one row per line.",
                "não é texto: uma lista é um arquivo CSV com um contato por linha.")
        }
    }

    /// Signatures, as file(1) knows them.
    private static let signatures: [(NonTextFormat, [UInt8])] = [
        (.pdf, Array("%PDF-".utf8)), (.gzip, [0x1F, 0x8B, 0x08]),
    ]

    /// Number of bytes examined.
    private static let looked = 4096
    /// Shorter files are never called binary.
    private static let fewest = 64
    /// More control characters per hundred bytes than this are not a coincidence.
    private static let maxControlsPercent = 5

    /// What kind of file begins with these bytes; nil means text.
    static func detect(_ bytes: some Collection<UInt8>) -> NonTextFormat? {
        for (kind, signature) in signatures where bytes.starts(with: signature) { return kind }
        let head = bytes.prefix(looked)
        guard head.count >= fewest else { return nil }
        let controls = head.count(where: isControl)
        return controls * 100 > head.count * maxControlsPercent ? .binary : nil
    }

    /// Characters that do not occur in text of any encoding that lists use. NULs do, in UTF-16 and in fixed-width
    /// fields.
    private static func isControl(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x00, 0x09, 0x0A, 0x0D, 0x1A: false
        case 0x01..<0x20, 0x7F: true
        default: false
        }
    }
}
