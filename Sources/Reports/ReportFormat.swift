package import CampaignCore

/// How a report is written.
package enum ReportFormat: String, CaseIterable, Sendable {
    /// For people: the summary in figures, or a table of attempts, rejected rows or duplicates.
    case text
    /// For a spreadsheet or another program: RFC 4180, with a header.
    case csv
    /// For people: a workbook for Excel, LibreOffice and the like, with the summary and all rows.
    case xlsx
    /// One JSON document (RFC 8259) with the summary and all rows.
    case json
    /// JSON Lines: one object per row, and nothing else.
    case jsonl
    /// For people: one page with figures and charts, for a browser or paper.
    case html

    /// An exporter with one row for each contact. As `.text` it writes only the summary and needs no rows.
    package func calls(_ context: ReportContext) -> any ReportExporter<ContactRow> {
        switch self {
        case .text: SummaryExporter(context.withoutPersonalData)
        case .html: HTMLReport(context.withoutPersonalData)
        case .csv, .xlsx, .json, .jsonl: rows(of: CallTable(), context)
        }
    }

    /// An exporter with one row for each attempt. It ignores the context's own columns.
    package func attempts(_ context: ReportContext) -> any ReportExporter<AttemptRow> {
        rows(of: AttemptTable(), context)
    }

    /// An exporter with one row for each rejected row of a list, suitable for correction and another import.
    package func rejects(_ context: ReportContext) -> any ReportExporter<RejectRow> {
        rows(of: RejectTable(), context)
    }

    /// An exporter with one row for each duplicate number of a list. It ignores the context's own columns.
    package func duplicates(_ context: ReportContext) -> any ReportExporter<DuplicateRow> {
        rows(of: DuplicateTable(), context)
    }

    private func rows<Table: ReportTable>(of table: Table, _ context: ReportContext) -> any ReportExporter<Table.Row> {
        guard let anonymizer = context.anonymizer else { return exporter(of: table, context) }
        return exporter(of: AnonymousTable(table, anonymizer), context.withoutPersonalData)
    }

    private func exporter<Table: ReportTable>(
        of table: Table, _ context: ReportContext
    ) -> any ReportExporter<Table.Row> {
        switch self {
        case .text: TableExporter(table, context)
        case .csv: CSVExporter(table, context)
        case .xlsx: XLSXExporter(table, context)
        case .json: JSONDocumentExporter(table, context)
        case .jsonl: JSONLinesExporter(table, context)
        case .html: HTMLRowsExporter(table, context)
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

    /// What a row is.
    var noun: Noun {
        switch self {
        case .calls: Noun.call
        case .attempts: Noun.attempt
        case .rejects: Noun("reject", portuguese: ("linha rejeitada", "linhas rejeitadas"))
        case .duplicates: Noun("duplicate", portuguese: ("linha repetida", "linhas repetidas"))
        }
    }
}
