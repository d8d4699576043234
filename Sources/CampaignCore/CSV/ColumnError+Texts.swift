extension ColumnError {
    private static let longest = 40
    static let most = 30

    static func list(_ columns: [String]) -> String {
        let names = columns.prefix(most).map { shown($0) }.joined(separator: ", ")
        return columns.count > most ? names + ", …" : names
    }

    /// Cells with the numbers of their columns, none of them whole enough to be somebody's phone.
    static func cells(_ row: [String]) -> String {
        let cells = row.prefix(most).enumerated().map { "\($0.offset + 1) \(shown(masked($0.element)))" }
        return cells.joined(separator: ", ") + (row.count > most ? ", …" : "")
    }

    /// In quotes, on one line, and not too long for one.
    static func shown(_ name: String) -> String {
        let line = String(name.prefix(longest).map { $0.isNewline ? " " : $0 })
        return name.count > longest ? "\"\(line)…\"" : "\"\(line)\""
    }

    /// A column to give as an example: the first candidate, by its number where several columns have that name.
    static func choice(_ candidates: [String], _ columns: [String]) -> String {
        guard let first = candidates.first else { return "<column>" }
        let places = columns.indices.filter { columns[$0] == first }
        guard places.count != 1, let place = places.first else { return first }
        return "\(place + 1)"
    }

    /// Which of the columns is the phone's own: the one right before it is the likely one, and named as such.
    static func severalCodes(
        _ column: ContactColumn, _ places: [Int], _ phone: Int, _ columns: [String]
    ) -> String {
        let found = places.map { "\($0 + 1) \(shown(columns[$0]))" }.joined(separator: ", ")
        let own = places.last { $0 == phone - 1 }
        let likely = own.map { "; column \($0 + 1) stands right before it" } ?? ""
        let choice = (own ?? places.first ?? 0) + 1
        return "More than one column could be the \(column.rawValue) of the phone, column \(phone + 1) "
            + "\(shown(columns[phone])): \(found)\(likely); choose one with --columns \(column.rawValue)=\(choice) or "
            + "--columns \(column.rawValue)=\(ColumnMatcher.none), or in campaign.yml: "
            + "columns: {\(column.rawValue): \"\(choice)\"}."
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
