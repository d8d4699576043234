import CampaignCore

/// What the user may want to do next about the campaign, the most urgent first.
struct NextSteps {
    private let summary: CampaignSummary
    private let context: ReportContext

    init(_ context: ReportContext) {
        summary = context.summary
        self.context = context
    }

    /// Each command, ready to be pasted into a shell, and why.
    var commands: [(command: String, effect: String)] {
        guard let suggested = context.suggested else { return [] }
        let (name, counts) = (summary.campaign, summary.counts)
        let open = counts.ready + counts.dialing
        let failed = counts.failed - summary.failedAndForgotten
        let goOn =
            context.isPaused
            ? (suggested.command("resume", name), SummaryLine.paused(open))
            : (suggested.command("run", name), .notFinished(open))
        let steps: [(count: Int, command: String, effect: SummaryLine)] = [
            (counts.inDoubt, suggested.command("doubts", name), .mayHaveRung(counts.inDoubt)),
            (open, goOn.0, goOn.1),
            (failed, suggested.command("retry", name, "--failed"), .failed(failed)),
            (
                context.repliesWaiting, suggested.command("replies", name),
                .repliesWait(context.repliesWaiting)
            ),
            (
                summary.rejectedRows, suggested.command("report", name, "--format", "csv", "--rows", "rejects"),
                .rowsRejected(summary.rejectedRows)
            ),
        ]
        return steps.filter { $0.count > 0 }.map { ($0.command, context.words.summary($0.effect)) }
    }
}
