/// Why the columns of a contact list could not be determined. The message is one sentence: what, which columns there
/// are, what to do.
package enum ColumnError: Error, Hashable, Sendable, Explained {
    /// No column looks like a phone; `columns` are the names in the file.
    case noPhone(columns: [String])
    /// The first row is not the header, but one further down is; `headerLine` is its line in the file.
    case notTheHeader(firstRow: [String], headerLine: Int)
    /// The first row is a contact, not a header; `phones` are the places of its phones, 0-based.
    case noHeader(firstRow: [String], phones: [Int])
    /// There is no header, and no cell of the first row is a phone.
    case noPhoneCell(firstRow: [String])
    /// There is no header, and several cells of the first row are a phone; `places` are 0-based.
    case ambiguousCells(firstRow: [String], places: [Int])
    /// Several columns could be meant; `candidates` are their names.
    case ambiguous(ContactColumn, candidates: [String], columns: [String])
    /// Several columns could be a part of the phone; `places` are 0-based, `phone` is the phone's own.
    case severalCodes(ContactColumn, places: [Int], phone: Int, columns: [String])
    /// A named column is not in the file.
    case notFound(ContactColumn, name: String, columns: [String])
    /// A column was named for two different things, or twice for the phone.
    case sharedColumn(ContactColumn, ContactColumn, name: String)
    /// Several columns could be a part of the phone, and several are phones: which belongs to which is not known.
    case codesOfSeveralPhones(ContactColumn, places: [Int], phones: [Int], columns: [String])
    /// The user said that the list has no phone.
    case noPhoneWanted
    /// Several columns could be the phone, and some rows below have been looked at.
    case ambiguousPhone([PhoneCandidate], rows: Int, columns: [String])

    /// Whether the first row may be a title above the header.
    var mayBeAboutATitle: Bool {
        switch self {
        case .noPhone, .noHeader, .notFound: true
        case .notTheHeader, .noPhoneCell, .ambiguousCells, .ambiguous, .severalCodes, .sharedColumn,
            .codesOfSeveralPhones, .noPhoneWanted, .ambiguousPhone:
            false
        }
    }

    /// One sentence for people.
    package var phrase: Phrase {
        switch self {
        case .noPhone(let columns):
            Phrase(
                "None of the columns \(ColumnError.list(columns)) looks like the phone; name it with --columns "
                    + "phone=<column>, or in campaign.yml: columns: {phone: <column>}; for a list without column names use "
                    + "--no-header, for lines above them --skip-lines <count>.",
                "Nenhuma das colunas \(ColumnError.list(columns)) parece ser o telefone; indique-a com --columns "
                    + "phone=<coluna>, ou em campaign.yml: columns: {phone: <coluna>}; para uma lista sem nomes de colunas "
                    + "use --no-header, para linhas acima deles --skip-lines <quantas>.")
        case .notTheHeader(let firstRow, let headerLine):
            Phrase(
                "\(ColumnError.list(firstRow)) is not the header, which seems to be on line \(headerLine): skip "
                    + "the lines above it with --skip-lines \(headerLine - 1).",
                "\(ColumnError.list(firstRow)) não é o cabeçalho, que parece estar na linha \(headerLine): pule "
                    + "as linhas acima dele com --skip-lines \(headerLine - 1).")
        case .noHeader(let firstRow, let phones): ColumnError.noHeader(firstRow, phones)
        case .noPhoneCell(let firstRow):
            Phrase(
                "No cell of the first row is a phone number: \(ColumnError.cells(firstRow)); name the column "
                    + "with --columns phone=<column number>.",
                "Nenhuma célula da primeira linha é um telefone: \(ColumnError.cells(firstRow)); indique a coluna "
                    + "com --columns phone=<número da coluna>.")
        case .ambiguousCells(let firstRow, let places): ColumnError.ambiguousCells(firstRow, places)
        case .ambiguous(let column, let candidates, let columns):
            ColumnError.ambiguous(column, candidates, columns)
        case .severalCodes(let column, let places, let phone, let columns):
            ColumnError.severalCodes(column, places, phone, columns)
        case .notFound(let column, let name, let columns):
            Phrase(
                "No column is called \(ColumnError.shown(name)), given for the \(column.rawValue); the file has "
                    + "\(ColumnError.list(columns)): correct the name, or give the column's number.",
                "Nenhuma coluna se chama \(ColumnError.shown(name)), indicada para \(column.rawValue); o arquivo tem "
                    + "\(ColumnError.list(columns)): corrija o nome, ou dê o número da coluna.")
        case .ambiguousPhone(let candidates, let rows, let columns):
            ColumnError.ambiguousPhone(candidates, rows, columns)
        case .codesOfSeveralPhones(let column, let places, let phones, let columns):
            ColumnError.codesOfSeveralPhones(column, places, phones, columns)
        case .noPhoneWanted:
            Phrase(
                "The phone cannot be switched off with phone=\(ColumnMatcher.none): every list has one; name its column, "
                    + "or leave the name out to have it detected.",
                "O telefone não pode ser desligado com phone=\(ColumnMatcher.none): toda lista tem um; indique a coluna, "
                    + "ou não indique nenhuma para que seja detectada.")
        case .sharedColumn(.phone, .phone, let name):
            Phrase(
                "The column \(ColumnError.shown(name)) is named twice for the phone; name it once.",
                "A coluna \(ColumnError.shown(name)) foi indicada duas vezes para o telefone; indique-a uma só vez.")
        case .sharedColumn(let first, let second, let name):
            Phrase(
                "The column \(ColumnError.shown(name)) is named for both \(first.rawValue) and \(second.rawValue); "
                    + "choose another column for one of them.",
                "A coluna \(ColumnError.shown(name)) foi indicada para \(first.rawValue) e para \(second.rawValue); "
                    + "escolha outra coluna para um dos dois.")
        }
    }
}

extension ColumnError {
    private static let longest = 40
    static let maxShown = 30

    static func list(_ columns: [String]) -> String {
        let names = columns.prefix(maxShown).map { shown($0) }.joined(separator: ", ")
        return columns.count > maxShown ? names + ", …" : names
    }

    /// Cells with the numbers of their columns, masked so that no phone is shown whole.
    static func cells(_ row: [String]) -> String {
        let cells = row.prefix(maxShown).enumerated().map { "\($0.offset + 1) \(shown(masked($0.element)))" }
        return cells.joined(separator: ", ") + (row.count > maxShown ? ", …" : "")
    }

    /// In quotes, on one line, and not too long for one.
    static func shown(_ name: String) -> String {
        let line = String(name.prefix(longest).map { $0.isNewline ? " " : $0 })
        return name.count > longest ? "\"\(line)…\"" : "\"\(line)\""
    }

    /// A column to give as an example: the first candidate, by its number where several columns have that name.
    static func choice(_ candidates: [String], _ columns: [String], at own: Int? = nil) -> String {
        guard let first = candidates.first else { return "<column>" }
        let places = columns.indices.filter { columns[$0] == first }
        guard places.count != 1, let place = own ?? places.first else { return first }
        return "\(place + 1)"
    }

    /// As it is typed in a shell.
    static func argument(_ column: ContactColumn, _ name: String) -> String {
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || "0"..."9" ~= scalar || "_-.".unicodeScalars.contains(scalar)
        }
        if isPlain { return "\(column.rawValue)=\(name)" }
        // What a shell, or the option itself, would take for something else is left for the reader to write.
        let isQuotable = name.unicodeScalars.allSatisfy { !"',\"!\n\r".unicodeScalars.contains($0) }
        return isQuotable && name.count <= longest ? "'\(column.rawValue)=\(name)'" : "\(column.rawValue)=<column>"
    }

    /// Of many digits only the first four.
    static func masked(_ cell: String) -> String {
        var digits = 0
        let scalars = cell.unicodeScalars.map { scalar -> Unicode.Scalar in
            guard "0"..."9" ~= scalar else { return scalar }
            digits += 1
            return digits > 4 ? "•" : scalar
        }
        return digits < 7 ? cell : String(String.UnicodeScalarView(scalars))
    }
}
