/// What a report has one row of. The words are those of `--rows`, and the name of the list in a JSON report.
package enum ReportRowsKind: String, CaseIterable, Sendable {
    /// One row for each contact.
    case calls
    /// One row for each attempt.
    case attempts
    /// One row for each row of a list that was rejected at import.
    case rejects
    /// One row for each number of a list that became no contact of its own.
    case duplicates

    /// The word for a single one of them.
    var one: String {
        switch self {
        case .calls: "call"
        case .attempts: "attempt"
        case .rejects: "reject"
        case .duplicates: "duplicate"
        }
    }
}
