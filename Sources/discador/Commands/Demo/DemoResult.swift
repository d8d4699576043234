import ArgumentParser
import CampaignCore
import CampaignRunner
import CampaignStore
import Reports
import ZAPISimulator

/// How a demo has ended, compared with its scenario.
struct DemoResult {
    private let campaign: Campaign
    private let outcome: RunOutcome
    /// Whether somebody did not wait for the end.
    private let isStopped: Bool
    private let reader: StoreReader
    private let figures: CampaignFigures
    private let audit: LedgerAudit
    private let events: DemoEvents
    /// Where it is not as its scenario says.
    private let differences: [Phrase]

    @inline(never)  // see `RunLoop.open`
    init(
        of campaign: Campaign, _ end: DemoDialing.End, reader: StoreReader, ledger: [LedgerEntry],
        expected: DemoFigures
    ) throws {
        self.campaign = campaign
        (outcome, isStopped) = (end.run, end.isStopped)
        self.reader = reader
        figures = try reader.figures(campaign: campaign.name) { _ in 0 }
        let summary = figures.summary
        audit = try LedgerAudit(reader, ledger, AuditScope(campaigns: [.init(name: campaign.name)]))
        events = try DemoEvents(reader, summary.happened, of: campaign.name, end.webhooks)
        let broken = audit.violations.filter { $0.count > 0 }.map { $0.promise + Phrase(verbatim: ": \($0.count)") }
        let late = end.webhooks.missing > 0 ? [end.webhooks.late] : []
        differences =
            DemoFigures(summary, repliesWaiting: events.repliesWaiting).differences(from: expected) + broken + late
    }

    /// Shows it, and writes the reports.
    ///
    /// - Throws: the exit code, when it is not as the scenario says.
    @inline(never)  // see `RunLoop.open`
    func show(reports folder: DemoFolder, _ options: GlobalOptions) throws {
        let out = options.output
        let summary = figures.summary
        let reports = try folder.writeReports(reader, campaign: campaign, out.language)
        for (index, line) in events.lines(of: campaign.name, options.suggested()).enumerated() {
            out.note(Phrase(verbatim: index == 0 ? "4. " : "   ") + line)
        }
        try out.result(
            json: Document(
                end: outcome.conclusion.word, counts: summary.counts, happened: .init(summary.happened),
                repliesWaiting: events.repliesWaiting, audit: audit, isAsExpected: differences.isEmpty,
                differences: differences.map(\.english), reports: reports))
        var context = ReportContext(summary: summary, ownColumns: [], timeZone: campaign.timeZone)
        context.statistics = figures.statistics
        context.words = out.language.reportWords
        context.suggested = options.suggested()
        context.terminalWidth = out.resultWidth
        context.repliesWaiting = events.repliesWaiting
        try out.result(context.summaryLines.joined(separator: "\n"))
        try out.result(ledger)
        try out.result(
            Phrase("Reports:", "Relatórios:") + Phrase(verbatim: reports.map { "\n  " + $0 }.joined()))
        guard outcome.conclusion.word == RunEnd.finished.word else { throw ExitCode(outcome.status.rawValue) }
        guard differences.isEmpty || !isStopped else { throw ExitCode(ExitStatus.interrupted.rawValue) }
        guard differences.isEmpty else {
            // Not as an error, which would be a second document in JSON.
            out.warn(
                Phrase(
                    "the demo did not go as its scenario says: ", "a demonstração não foi como o roteiro diz: ")
                    + differences.joined(separator: "; ") + Phrase(verbatim: "."))
            throw ExitCode(ExitStatus.finishedWithFailures.rawValue)
        }
        try out.result(Phrase("Everything went as the scenario says.", "Tudo foi como o roteiro diz."))
    }

    private var ledger: Phrase {
        let (rings, twice, lost) = (audit.rings, audit.dialedTwice, audit.idsLost)
        return Phrase(
            "Simulator's ledger: \(rings.counted("ring")), \(twice.counted("phone")) dialed twice, "
                + "\(lost.counted("id")) lost.",
            "Registro do simulador: \(rings) \(rings.noun("toque", "toques")), \(twice) "
                + "\(twice.noun("telefone discado", "telefones discados")) duas vezes, \(lost) "
                + "\(lost.noun("id perdido", "ids perdidos")).")
    }

    private struct Document: Encodable {
        var end: String
        var counts: StateCounts
        var happened: OutcomeCounts.Document
        var repliesWaiting: Int
        var audit: LedgerAudit
        var isAsExpected: Bool
        /// Where it is not, in words.
        var differences: [String]
        var reports: [String]
    }
}
