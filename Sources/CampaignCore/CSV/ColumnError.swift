/// Why the columns of a contact list could not be told. The message is one sentence: what, which columns there are, what to do.
public enum ColumnError: Error, Hashable, Sendable, CustomStringConvertible {
    /// No column looks like a phone; `columns` are the names in the file.
    case noPhone(columns: [String])
    /// The first row is a contact, not a header.
    case noHeader(firstRow: [String])
    /// Several columns could be meant; `candidates` are their names.
    case ambiguous(ContactColumn, candidates: [String], columns: [String])
    /// The campaign file names a column the file does not have.
    case notFound(ContactColumn, name: String, columns: [String])
    /// The campaign file names a column for two different things.
    case sharedColumn(ContactColumn, ContactColumn, name: String)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .noPhone(let columns):
            return "No column looks like a phone number among \(ColumnError.list(columns)); "
                + "name it in campaign.yml: columns: {phone: <column>}."
        case .noHeader(let firstRow):
            return "The first row (\(firstRow.count) fields) already holds a phone number, so the file has no header; "
                + "put a row with column names above it, such as phone,name."
        case .ambiguous(let column, let candidates, let columns):
            return "More than one column could be the \(column.rawValue): \(ColumnError.list(candidates)) "
                + "(columns seen: \(ColumnError.list(columns))); "
                + "choose one in campaign.yml: columns: {\(column.rawValue): \(ColumnError.shown(candidates.first ?? ""))}."
        case .notFound(let column, let name, let columns):
            return "campaign.yml says columns: {\(column.rawValue): \(ColumnError.shown(name))}, but the file has only "
                + "\(ColumnError.list(columns)); correct the name there."
        case .sharedColumn(let first, let second, let name):
            return "campaign.yml gives the column \(ColumnError.shown(name)) to both \(first.rawValue) and "
                + "\(second.rawValue); name another one for one of them."
        }
    }

    private static let longest = 40
    private static let most = 30

    private static func list(_ columns: [String]) -> String {
        let names = columns.prefix(most).map { shown($0) }.joined(separator: ", ")
        return columns.count > most ? names + ", …" : names
    }

    /// In quotes, on one line, and not too long for one.
    private static func shown(_ name: String) -> String {
        let line = String(name.prefix(longest).map { $0.isNewline ? " " : $0 })
        return name.count > longest ? "\"\(line)…\"" : "\"\(line)\""
    }
}
