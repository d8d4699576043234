/// Why the columns of a contact list could not be told. The message is one sentence: what, which columns there are, what to do.
package enum ColumnError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No column looks like a phone; `columns` are the names in the file.
    case noPhone(columns: [String])
    /// The first row is no header, but one further down is; `headerLine` is its line in the file.
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
    /// Somebody named a column that the file does not have.
    case notFound(ContactColumn, name: String, columns: [String])
    /// Somebody named a column for two different things.
    case sharedColumn(ContactColumn, ContactColumn, name: String)

    /// Whether the first row may just stand above the header.
    var mayBeAboutATitle: Bool {
        switch self {
        case .noPhone, .noHeader, .notFound: true
        case .notTheHeader, .noPhoneCell, .ambiguousCells, .ambiguous, .severalCodes, .sharedColumn: false
        }
    }

    /// One sentence for people.
    package var description: String {
        switch self {
        case .noPhone(let columns):
            return "No column looks like a phone number among \(ColumnError.list(columns)); name it with "
                + "--columns phone=<column>, or in campaign.yml: columns: {phone: <column>}; a list without names of columns "
                + "is read with --no-header, and lines above them are left out with --skip-lines <how many>."
        case .notTheHeader(let firstRow, let headerLine):
            return
                "\(ColumnError.list(firstRow)) is not the header, which seems to stand on line \(headerLine): leave out "
                + "what is above it with --skip-lines \(headerLine - 1)."
        case .noHeader(let firstRow, let phones):
            let number = phones.count == 1 ? phones.first.map { "\($0 + 1)" } : nil
            return "The first row (\(firstRow.count) fields) already holds a phone number, so the file has no header; "
                + "import it with --no-header --columns phone=\(number ?? "<number of the column>"), "
                + "or put a row with column names above it, such as phone,name; a title above the rows is left out with "
                + "--skip-lines <how many>."
        case .noPhoneCell(let firstRow):
            return "No cell of the first row is a phone number: \(ColumnError.cells(firstRow)); say which column is "
                + "with --columns phone=<number of the column>."
        case .ambiguousCells(let firstRow, let places):
            let numbers = places.prefix(ColumnError.most).map { "\($0 + 1)" }.joined(separator: ", ")
            return "More than one cell of the first row is a phone number (\(numbers)): "
                + "\(ColumnError.cells(firstRow)); choose a column with --columns phone=\((places.first ?? 0) + 1)."
        case .ambiguous(let column, let candidates, let columns):
            let choice = ColumnError.choice(candidates, columns)
            return "More than one column could be the \(column.rawValue): \(ColumnError.list(candidates)) "
                + "(columns seen: \(ColumnError.list(columns))); choose one with "
                + "--columns \(ColumnError.argument(column, choice)), or in campaign.yml: "
                + "columns: {\(column.rawValue): \(ColumnError.shown(choice))}."
        case .severalCodes(let column, let places, let phone, let columns):
            return ColumnError.severalCodes(column, places, phone, columns)
        case .notFound(let column, let name, let columns):
            return
                "No column is called \(ColumnError.shown(name)), which is to be the \(column.rawValue); the file has "
                + "\(ColumnError.list(columns)): correct the name, or give the number of the column."
        case .sharedColumn(let first, let second, let name):
            return "The column \(ColumnError.shown(name)) is named for both \(first.rawValue) and \(second.rawValue); "
                + "name another one for one of them."
        }
    }
}
