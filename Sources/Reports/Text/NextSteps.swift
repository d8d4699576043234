import CampaignCore

/// What a person may want to do about a campaign as it stands, most pressing first.
struct NextSteps {
    private let summary: CampaignSummary
    private let suggested: SuggestedCommands

    init(_ context: ReportContext) {
        summary = context.summary
        suggested = context.suggested
    }

    /// Each command, ready to be pasted into a shell, and what there is for it to do.
    var commands: [(command: String, effect: String)] {
        let name = summary.campaign
        let open = summary.counts.ready + summary.counts.dialing
        let steps = [
            (summary.counts.inDoubt, suggested.command("doubts", name), "phone", "phones", "may have rung"),
            (open, suggested.command("run", name), "contact is", "contacts are", "not finished"),
            (
                summary.rejectedRows,
                suggested.command("report", name, "--format", "csv", "--rows", "rejects"), "row was", "rows were",
                "rejected at import"
            ),
        ]
        return steps.filter { $0.0 > 0 }.map { count, command, one, many, rest in
            (command, Figures.counted(count, one, many) + " " + rest)
        }
    }
}
