package import CampaignCore

/// How a report is written.
package enum ReportFormat: String, CaseIterable, Sendable {
    /// For people: the summary in figures, or a table of attempts, rejected rows or duplicates.
    case text
    /// For a spreadsheet or another program: RFC 4180, with a header.
    case csv
    /// One JSON document (RFC 8259) with the summary and all rows.
    case json
    /// JSON Lines: one object per row, and nothing else.
    case jsonl

    /// An exporter with one row for each contact. As `.text` it writes only the summary and needs no rows.
    package func calls(_ context: ReportContext) -> any ReportExporter<ContactRow> {
        switch self {
        case .text: SummaryExporter(context)
        case .csv: CSVExporter(CallTable(), context)
        case .json: JSONDocumentExporter(CallTable(), context)
        case .jsonl: JSONLinesExporter(CallTable(), context)
        }
    }

    /// An exporter with one row for each attempt. It ignores the context's own columns.
    package func attempts(_ context: ReportContext) -> any ReportExporter<AttemptRow> {
        switch self {
        case .text: TableExporter(AttemptTable(), context)
        case .csv: CSVExporter(AttemptTable(), context)
        case .json: JSONDocumentExporter(AttemptTable(), context)
        case .jsonl: JSONLinesExporter(AttemptTable(), context)
        }
    }

    /// An exporter with one row for each rejected row of a list, suitable for correction and another import.
    package func rejects(_ context: ReportContext) -> any ReportExporter<RejectRow> {
        switch self {
        case .text: TableExporter(RejectTable(), context)
        case .csv: CSVExporter(RejectTable(), context)
        case .json: JSONDocumentExporter(RejectTable(), context)
        case .jsonl: JSONLinesExporter(RejectTable(), context)
        }
    }

    /// An exporter with one row for each duplicate number of a list. It ignores the context's own columns.
    package func duplicates(_ context: ReportContext) -> any ReportExporter<DuplicateRow> {
        switch self {
        case .text: TableExporter(DuplicateTable(), context)
        case .csv: CSVExporter(DuplicateTable(), context)
        case .json: JSONDocumentExporter(DuplicateTable(), context)
        case .jsonl: JSONLinesExporter(DuplicateTable(), context)
        }
    }
}

/// The kinds of rows that a report can have. The words are those of `--rows`, and the name of the list in a JSON
/// report.
package enum ReportRowsKind: String, CaseIterable, Sendable {
    /// One row for each contact.
    case calls
    /// One row for each attempt.
    case attempts
    /// One row for each row of a list that was rejected at import.
    case rejects
    /// One row for each number of a list that is a duplicate.
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
