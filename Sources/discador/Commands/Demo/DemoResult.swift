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
    private let summary: CampaignSummary
    private let audit: LedgerAudit
    private let events: DemoEvents
    /// Where it is not as its scenario says.
    private let differences: [String]

    @inline(never)  // see `RunLoop.open`
    init(
        of campaign: Campaign, _ end: DemoDialing.End, reader: StoreReader, ledger: [LedgerEntry],
        expected: DemoFigures
    ) throws {
        self.campaign = campaign
        (outcome, isStopped) = (end.run, end.isStopped)
        self.reader = reader
        summary = try reader.summary(campaign: campaign.name)
        audit = try LedgerAudit(reader, ledger, AuditScope(campaigns: [.init(name: campaign.name)]))
        events = try DemoEvents(reader, summary.happened, of: campaign.name, end.webhooks)
        let broken = audit.violations.filter { $0.count > 0 }.map { "\($0.promise): \($0.count)" }
        let missing = end.webhooks.missing
        let late = missing > 0 ? ["\(missing.counted("webhook")) had not arrived at the end"] : []
        differences =
            DemoFigures(summary, repliesWaiting: events.repliesWaiting).differences(from: expected) + broken + late
    }

    /// Shows it, and writes the reports.
    ///
    /// - Throws: the exit code, when it is not as the scenario says.
    @inline(never)  // see `RunLoop.open`
    func show(reports folder: DemoFolder, _ options: GlobalOptions) throws {
        let out = options.output
        let reports = try folder.writeReports(reader, campaign: campaign)
        for (index, line) in events.lines(of: campaign.name, options.suggested()).enumerated() {
            out.note((index == 0 ? "4. " : "   ") + line)
        }
        try out.result(
            json: Document(
                end: outcome.conclusion.word, counts: summary.counts, happened: .init(summary.happened),
                repliesWaiting: events.repliesWaiting, audit: audit, isAsExpected: differences.isEmpty,
                differences: differences, reports: reports))
        var context = ReportContext(summary: summary, ownColumns: [], timeZone: campaign.timeZone)
        context.suggested = options.suggested()
        context.repliesWaiting = events.repliesWaiting
        if !out.isJSON { try out.write(context.summaryText()) }
        try out.result(
            "Simulator's ledger: \(audit.rings.counted("ring")), \(audit.dialedTwice.counted("phone")) dialed twice, "
                + "\(audit.idsLost.counted("id")) lost.")
        try out.result("Reports:\n" + reports.map { "  " + $0 }.joined(separator: "\n"))
        guard outcome.conclusion.word == RunEnd.finished.word else { throw ExitCode(outcome.status.rawValue) }
        guard differences.isEmpty || !isStopped else { throw ExitCode(ExitStatus.interrupted.rawValue) }
        guard differences.isEmpty else {
            // Not as an error, which would be a second document in JSON.
            out.warn("the demo did not go as its scenario says: \(differences.joined(separator: "; ")).")
            throw ExitCode(ExitStatus.finishedWithFailures.rawValue)
        }
        try out.result("Everything went as the scenario says.")
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
