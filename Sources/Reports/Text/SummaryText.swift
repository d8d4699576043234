import CampaignCore
import Foundation

/// The summary of a campaign for people: figures first, then reasons, then what to do next.
///
/// It uses the words of the database and the other reports, so that they can be searched for there.
struct SummaryText {
    /// How many of the most frequent reasons and errors are listed.
    private static let maxReasons = 6
    private static let maxErrors = 4
    /// Maximum width of a line.
    private static let width = 96
    /// In the order of interest: what is done, what failed, what is still to come.
    private static let states: [CallState] = [.accepted, .failed, .inDoubt, .excluded, .ready, .dialing]

    private let summary: CampaignSummary
    private let timeZone: TimeZone
    private let eventsComeUntil: Timestamp?
    private let steps: NextSteps

    init(_ context: ReportContext) {
        summary = context.summary
        timeZone = context.timeZone
        eventsComeUntil = context.eventsComeUntil
        steps = NextSteps(context)
    }

    /// The lines, without line ends.
    var lines: [String] {
        var lines = [TerminalText.line("Campaign \(summary.campaign)", width: Self.width)]
        let blocks = [contacts.beside(attempts, gap: 6), afterTheCall, reasons, errors, moments, nextSteps]
        for block in blocks.compactMap({ $0 }) {
            lines.append("")
            lines += block.lines
        }
        return lines
    }

    private var contacts: TextBlock {
        shares("Contacts", Self.states.map { ($0.rawValue, summary.counts[$0]) })
    }

    /// Outcomes that no attempt had are omitted: most campaigns have two or three of the seven.
    private var attempts: TextBlock {
        let outcomes = AttemptOutcome.allCases.map { ($0.rawValue, summary.outcomes[$0] ?? 0) }
        return shares("Attempts by outcome", outcomes.filter { $0.1 > 0 })
    }

    private func shares(_ heading: String, _ parts: [(name: String, count: Int)]) -> TextBlock {
        let total = parts.reduce(0) { $0 + $1.count }
        let shares = Figures.tenthsOfPercent(parts.map(\.count))
        var rows = zip(parts, shares).map { part, share in
            [part.name, Figures.grouped(part.count), total > 0 ? Figures.percent(tenths: share) : ""]
        }
        rows.append(["total", Figures.grouped(total), total > 0 ? Figures.percent(tenths: 1000) : ""])
        return TextBlock(heading, rows: rows, right: [1, 2])
    }

    /// What webhooks say about the people; nil when they say nothing.
    private var afterTheCall: TextBlock? {
        let counts = summary.happened
        let parts = [
            ("delivered", counts.delivered), ("answered", counts.answered), ("not answered", counts.notAnswered),
            ("answer not known", counts.delivered - counts.answered - counts.notAnswered),
            ("called back", counts.calledBack), ("replied", counts.replied), ("opted out", counts.optedOut),
        ].filter { $0.1 > 0 }
        guard !parts.isEmpty || eventsComeUntil != nil else { return nil }
        let more = eventsComeUntil.map { " (not final: more may be told until \($0.text(in: timeZone)))" } ?? ""
        return TextBlock(
            "What happened to the people\(more)", rows: parts.map { [$0.0, Figures.grouped($0.1)] }, right: [1])
    }

    private var reasons: TextBlock? {
        let named = summary.reasons.filter { !$0.reason.isEmpty && $0.contacts > 0 }
        guard !named.isEmpty else { return nil }
        var rows = named.prefix(Self.maxReasons).map { reason in
            [Figures.grouped(reason.contacts), reason.state.rawValue, TerminalText.line(reason.reason, width: 40)]
        }
        let rest = named.dropFirst(Self.maxReasons)
        if !rest.isEmpty {
            let contacts = rest.reduce(0) { $0 + $1.contacts }
            rows.append([Figures.grouped(contacts), "…", "for " + Figures.counted(rest.count, "other", "others")])
        }
        return TextBlock("Reasons", rows: rows, right: [0])
    }

    private var errors: TextBlock? {
        guard !summary.errors.isEmpty else { return nil }
        var rows = summary.errors.prefix(Self.maxErrors).map { error in
            [Figures.grouped(error.attempts), TerminalText.line(error.error, width: Self.width - 20)]
        }
        let rest = summary.errors.dropFirst(Self.maxErrors)
        if !rest.isEmpty {
            let attempts = rest.reduce(0) { $0 + $1.attempts }
            let others = Figures.counted(rest.count, "other error", "other errors")
            rows.append([Figures.grouped(attempts), "… with " + others])
        }
        return TextBlock("Most frequent errors", rows: rows, right: [0])
    }

    private var moments: TextBlock? {
        guard let first = summary.firstAttemptAt, let last = summary.lastAttemptAt else { return nil }
        let span = max(last.milliseconds - first.milliseconds, 0)
        let rows = [
            ["first attempt", first.text(in: timeZone)],
            ["last attempt", last.text(in: timeZone)],
            ["time between", Figures.span(milliseconds: span)],
        ]
        return TextBlock("Time", rows: rows, right: [])
    }

    private var nextSteps: TextBlock? {
        let rows = steps.commands.map { [$0.command, $0.effect] }
        return rows.isEmpty ? nil : TextBlock("Next", rows: rows, right: [])
    }
}

/// What the user may want to do next about the campaign, the most urgent first.
private struct NextSteps {
    private let summary: CampaignSummary
    private let repliesWaiting: Int
    private let suggested: SuggestedCommands?

    init(_ context: ReportContext) {
        summary = context.summary
        repliesWaiting = context.repliesWaiting
        suggested = context.suggested
    }

    /// Each command, ready to be pasted into a shell, and why.
    var commands: [(command: String, effect: String)] {
        guard let suggested else { return [] }
        let name = summary.campaign
        let open = summary.counts.ready + summary.counts.dialing
        let steps = [
            (summary.counts.inDoubt, suggested.command("doubts", name), "phone", "phones", "may have rung"),
            (open, suggested.command("run", name), "contact is", "contacts are", "not finished"),
            (repliesWaiting, suggested.command("replies", name), "reply waits", "replies wait", "for a decision"),
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

/// The text report of calls: the summary, and no rows.
struct SummaryExporter: ReportExporter {
    private let context: ReportContext

    init(_ context: ReportContext) {
        self.context = context
    }

    var needsRows: Bool { false }

    mutating func appendHeader(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: context.summaryText())
    }

    mutating func append(_ row: ContactRow, to bytes: inout [UInt8]) {}

    mutating func appendFooter(to bytes: inout [UInt8]) {}
}
