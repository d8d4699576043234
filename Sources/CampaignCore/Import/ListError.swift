/// Why a list as a whole cannot be read; nothing of it is taken in.
package enum ListError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is nothing in it.
    case empty(file: String)
    /// It is a file of another kind.
    case noText(file: String, NonTextFormat)
    /// It does not say which column is the phone.
    case columns(file: String, line: Int, ColumnError)
    /// The same, and a title may stand above the header; `firstLines` are shown as they are, a line each.
    case unclearHeader(file: String, line: Int, ColumnError, firstLines: String)
    /// It is no CSV from some line on.
    case csv(file: String, CSVError)

    /// One sentence: which file, which line, what, what to do.
    package var description: String {
        switch self {
        case .empty(let file): "\(file) is empty: it needs a header with the names of its columns, and rows."
        case .noText(let file, let kind): "\(file) \(kind.complaint)"
        case .columns(let file, let line, let error): "\(file):\(line): \(error)"
        case .unclearHeader(let file, let line, let error, let firstLines):
            """
            \(file):\(line): \(error) A title may stand above the header; which line is the header is not certain. \
            The first lines are:
            \(firstLines)
            Leave out those above the header with --skip-lines <how many>; if no column there has a usual name for the phone, \
            name it as well, with --columns phone=<column>.
            """
        case .csv(let file, let error): "\(file):\(error.line): \(error)"
        }
    }
}
