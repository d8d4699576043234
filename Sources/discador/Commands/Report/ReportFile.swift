import CampaignCore
import CampaignStore
import Foundation
import Reports

/// Writes a report to a file or to standard output.
struct ReportFile {
    let reader: StoreReader
    let campaign: String
    var isForExcel = false
    /// The zone in which times are written; nil means the campaign's.
    var timeZone: TimeZone?
    var language = Language.english
    /// Formats commands that the user may want next.
    var suggested = SuggestedCommands()
    /// The own column by whose values a page counts the contacts too; nil means none.
    var column: String?
    /// Takes out personal data; nil to leave everything in.
    var anonymizer: Anonymizer?
    /// Only the calls to these contacts; nil means all.
    var filter: ContactFilter?
    /// Only the rejected rows of the import at this time; nil means all.
    var rejectsOfImportAt: Timestamp?
    /// The language of the remedies of rejected rows where all else is as documented; nil means that of all words.
    var languageOfRemedies: Language?
    /// Which of the lists' columns is what, for rejected rows that are going to be imported again; nil leaves it out.
    var listColumns: ColumnNames?
    /// The columns of the terminal that the report goes to; nil: it does not go to one.
    var terminalWidth: Int?

    /// Writes to a file, completely or not at all.
    func write(_ kind: ReportRowsKind, format: ReportFormat, to file: OutputFile) throws {
        try file.write { sink in try write(kind, format: format, to: sink) }
    }

    /// Writes to a file whose name this program chose, replacing what it wrote there before.
    func write(_ kind: ReportRowsKind, format: ReportFormat, to path: String) throws {
        let file: OutputFile
        do throws(Failure) {
            file = try OutputFile(path, replaces: true, protecting: ProtectedFiles(database: reader.path, reader: nil))
        } catch {
            // The user did not choose the name: something is in the way.
            throw Failure(.disk, error.message)
        }
        try write(kind, format: format, to: file)
    }

    /// Writes the report to `sink` piece by piece; memory does not grow with the number of rows. Figures and rows are of
    /// one moment.
    func write(_ kind: ReportRowsKind, format: ReportFormat, to sink: @escaping ([UInt8]) throws -> Void) throws {
        try reader.snapshot { try write(kind, format: format, of: $0, to: sink) }
    }

    private func write(
        _ kind: ReportRowsKind, format: ReportFormat, of reader: StoreReader,
        to sink: @escaping ([UInt8]) throws -> Void
    ) throws {
        let timeZone = try timeZone ?? reader.timeZone(of: campaign)
        // Counting reasons and errors reads every contact, so it is done only if they are shown.
        let figures =
            (format == .html || format == .text) && kind == .calls
            ? try reader.figures(campaign: campaign, by: column) { moment in
                timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000))
            } : nil
        let hasOnlyRows = format == .csv || format == .jsonl
        var context = ReportContext(
            summary: try figures?.summary
                ?? (hasOnlyRows
                    ? CampaignSummary(campaign: campaign, counts: StateCounts()) : reader.summary(campaign: campaign)),
            ownColumns: try reader.ownColumns(campaign: campaign),
            timeZone: timeZone, isForExcel: isForExcel)
        context.statistics = figures?.statistics
        context.words = language.reportWords
        context.generatedAt = SystemEnvironment.now()
        context.listsChosenContacts = filter != nil
        context.anonymizer = anonymizer
        context.listColumns = listColumns
        context.suggested = suggested
        context.terminalWidth = terminalWidth
        if !hasOnlyRows { try context.noteNews(reader, of: campaign, now: SystemEnvironment.now()) }
        switch kind {
        case .calls:
            try stream(format.calls(context), to: sink) { body in
                try reader.forEachContact(campaign: campaign, in: filter?.states ?? Set(CallState.allCases)) {
                    contact in
                    if filter?.matches(contact) ?? true { try body(contact) }
                }
            }
        case .attempts:
            try stream(format.attempts(context), to: sink) { body in
                guard let filter else { return try reader.forEachAttempt(campaign: campaign, body) }
                try reader.forEachAttempt(campaign: campaign, in: filter.states, of: filter.matches, body)
            }
        case .duplicates:
            try stream(format.duplicates(context), to: sink) { try reader.forEachDuplicate(campaign: campaign, $0) }
        case .rejects:
            try stream(format.rejects(context), to: sink) {
                try forEachReject(reader, $0)
            }
        }
    }

    private func forEachReject(_ reader: StoreReader, _ body: (RejectRow) throws -> Void) throws {
        try reader.forEachReject(campaign: campaign, importedAt: rejectsOfImportAt) { row in
            guard let languageOfRemedies else { return try body(row) }
            var row = row
            row.suggestion = row.remedy[languageOfRemedies]
            try body(row)
        }
    }

    private func stream<Row>(
        _ exporter: any ReportExporter<Row>, to sink: @escaping ([UInt8]) throws -> Void,
        rows: ((Row) throws -> Void) throws -> Void
    ) throws {
        var exporter = exporter
        var bytes: [UInt8] = []
        exporter.appendHeader(to: &bytes)
        if exporter.needsRows {
            try rows { row in
                exporter.append(row, to: &bytes)
                guard bytes.count >= 65_536 else { return }
                try sink(bytes)
                bytes.removeAll(keepingCapacity: true)
            }
        }
        exporter.appendFooter(to: &bytes)
        try sink(bytes)
    }
}
