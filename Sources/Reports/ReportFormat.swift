package import CampaignCore

/// How a report is written down.
package enum ReportFormat: String, CaseIterable, Sendable {
    /// For a person: the summary in figures, or a table of attempts, rejected rows or duplicates.
    case text
    /// For a spreadsheet or another program: RFC 4180, with a header.
    case csv
    /// One JSON document (RFC 8259) with the summary and all rows.
    case json
    /// JSON Lines: one object a row, and nothing else.
    case jsonl

    /// An exporter with one row for each contact. As `.text` it writes the summary alone and needs no rows.
    package func calls(_ context: ReportContext) -> any ReportExporter<ContactRow> {
        switch self {
        case .text: SummaryExporter(context)
        case .csv: CSVExporter(CallTable(), context)
        case .json: JSONDocumentExporter(CallTable(), context)
        case .jsonl: JSONLinesExporter(CallTable(), context)
        }
    }

    /// An exporter with one row for each attempt. The context's own columns play no part in it.
    package func attempts(_ context: ReportContext) -> any ReportExporter<AttemptRow> {
        switch self {
        case .text: TableExporter(AttemptTable(), context)
        case .csv: CSVExporter(AttemptTable(), context)
        case .json: JSONDocumentExporter(AttemptTable(), context)
        case .jsonl: JSONLinesExporter(AttemptTable(), context)
        }
    }

    /// An exporter with one row for each row of a list that was rejected, fit to be corrected and imported again.
    package func rejects(_ context: ReportContext) -> any ReportExporter<RejectRow> {
        switch self {
        case .text: TableExporter(RejectTable(), context)
        case .csv: CSVExporter(RejectTable(), context)
        case .json: JSONDocumentExporter(RejectTable(), context)
        case .jsonl: JSONLinesExporter(RejectTable(), context)
        }
    }

    /// An exporter with one row for each number of a list that became no contact of its own. The context's own columns play
    /// no part in it.
    package func duplicates(_ context: ReportContext) -> any ReportExporter<DuplicateRow> {
        switch self {
        case .text: TableExporter(DuplicateTable(), context)
        case .csv: CSVExporter(DuplicateTable(), context)
        case .json: JSONDocumentExporter(DuplicateTable(), context)
        case .jsonl: JSONLinesExporter(DuplicateTable(), context)
        }
    }
}
