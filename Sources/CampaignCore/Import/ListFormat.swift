/// How a list is being read: what was detected from its bytes and header, and what was given. Shown before an import.
package struct ListFormat: Hashable, Sendable {
    /// A column of the file.
    package struct Column: Hashable, Sendable {
        /// Its name in the header; `column2` and the like if there is no header.
        package var name: String
        /// Its position in the file, from 1.
        package var number: Int
        /// Its meaning for the campaign; nil for a column that is only kept.
        package var meaning: ContactColumn?
        /// Whether its cells appear in reports; those that an earlier export of rejects added do not.
        package var isKept: Bool
    }

    /// The name of the sheet; nil for a CSV file.
    package var sheet: String?
    /// What separates the cells of a CSV file.
    package var delimiter: CSVDialect.Delimiter
    /// What the text of a CSV file is encoded in.
    package var encoding: CSVDialect.Encoding
    /// Whether the encoding was detected, not given: a cell that does not fit it is then read as Windows-1252.
    package var isEncodingGuessed: Bool
    /// The encoding that the text of a CSV file is likelier to have than the detected one; nil where that fits.
    package internal(set) var likelierEncoding: CSVDialect.Encoding?
    /// The line of the header, from 1; nil when the list has none.
    package var headerLine: Int?
    /// The columns of the file, in its order.
    package var columns: [Column]
    /// The places of the phones in `columns`, in the order in which they count.
    private let phones: [Int]

    init(dialect: CSVDialect, sheet: String? = nil, headerLine: Int?, names: [String], places: ContactColumns) {
        self.sheet = sheet
        delimiter = dialect.delimiter
        encoding = dialect.encoding
        isEncodingGuessed = dialect.isEncodingGuessed
        self.headerLine = headerLine
        phones = places.phones
        columns = names.enumerated().map { place, name in
            Column(
                name: name,
                number: place + 1,
                meaning: places.furtherPhones.contains(place)
                    ? .phone : ContactColumn.allCases.first { places[$0] == place && places.unsure[$0] == nil },
                isKept: headerLine == nil || !RejectColumns.isOne(name)
            )
        }
    }

    /// The names of the columns that mean something, so that another list with the same columns is read alike; nil
    /// where a name is not the only one of its kind.
    package var columnNames: ColumnNames? {
        let meant = phoneColumns + columns.filter { $0.meaning != nil && $0.meaning != .phone }
        guard meant.allSatisfy({ one in columns.count { $0.name == one.name } == 1 && !one.name.isEmpty }) else {
            return nil
        }
        var names = ColumnNames(
            phone: phoneColumns[0].name, name: column(.name)?.name, callDuration: column(.callDuration)?.name,
            ddd: column(.ddd)?.name, ddi: column(.ddi)?.name)
        names.furtherPhones = phoneColumns.dropFirst().map(\.name)
        names.callAudioUrl = column(.callAudioUrl)?.name
        names.notBefore = column(.notBefore)?.name
        return names
    }

    /// The phones, in the order in which they count.
    package var phoneColumns: [Column] { phones.map { columns[$0] } }

    /// The column with this meaning, of several phones the first; nil when the list has none.
    package func column(_ meaning: ContactColumn) -> Column? {
        meaning == .phone ? phoneColumns.first : columns.first { $0.meaning == meaning }
    }
}

extension ListFormat: Explained {
    /// On one line: `delimiter ; · Windows-1252 · header on line 1 · phone = telefone (column 2)`, or
    /// `sheet “Plan1” · header on row 1 · …`.
    package var phrase: Phrase { Phrase(text) }

    private func text(_ language: Language) -> String {
        let unit = language.text(sheet == nil ? "line" : "row", "linha")
        let header =
            headerLine.map { language.text("header on \(unit) \($0)", "cabeçalho na \(unit) \($0)") }
            ?? language.text("no header", "sem cabeçalho")
        let word = language.text("column", "coluna")
        let meanings = ContactColumn.allCases.compactMap { meaning in
            let found = meaning == .phone ? phoneColumns : [column(meaning)].compactMap(\.self)
            let names = found.map { "\($0.name) (\(word) \($0.number))" }.joined(separator: ", ")
            return found.isEmpty ? nil : "\(meaning.rawValue) = \(names)"
        }
        let source =
            sheet.map { [language.text("sheet “\($0)”", "planilha “\($0)”")] }
            ?? [language.text("delimiter \(delimiter.name)", "separador \(delimiter.name)"), encoding.name]
        return (source + [header] + meanings).joined(separator: " · ")
    }
}
