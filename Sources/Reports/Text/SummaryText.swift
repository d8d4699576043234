import CampaignCore
import Foundation

/// The summary of a campaign for people: figures first, then reasons, then what to do next.
///
/// In English it uses the codes of the database and the other reports, so that they can be searched for there, but for
/// the underscores of states and outcomes.
struct SummaryText {
    /// How many of the most frequent reasons and errors are listed.
    private static let maxReasons = 6
    private static let maxErrors = 4
    /// Maximum width of a line, and of sentences, which are easily broken for usual terminals.
    private static let width = 96
    private static let sentenceWidth = 78
    /// In the order of interest: what is done, what failed, what is still to come.
    private static let states: [CallState] = [.accepted, .failed, .inDoubt, .excluded, .ready, .dialing]
    /// Shorter runs say nothing about an hour.
    private static let shortestSpan: Int64 = 60_000

    private let summary: CampaignSummary
    private let timeZone: TimeZone
    private let eventsComeUntil: Timestamp?
    private let steps: NextSteps
    private let words: any ReportWords
    private let page: ReportPage
    /// Nil in reports without it.
    private let statistics: CampaignStatistics?
    /// Of the terminal; nil when there is none.
    private let terminal: Int?

    init(_ context: ReportContext) {
        summary = context.summary
        timeZone = context.timeZone
        eventsComeUntil = context.eventsComeUntil
        steps = NextSteps(context)
        words = context.words
        page = ReportPage(context)
        statistics = context.statistics
        terminal = context.terminalWidth
    }

    /// The lines, without line ends.
    var lines: [String] {
        let title = TerminalText.line(words.sentence(.title(campaign: summary.campaign)), width: Self.width)
        var lines = terminal.map { TextBlock.flow(title, indent: 0, hanging: 2, width: $0) } ?? [title]
        let blocks = figures + [afterTheCall ?? meaning, reasons, errors, moments, latency, nextSteps]
        for block in blocks.compactMap({ $0 }) {
            lines.append("")
            lines += block.lines
        }
        return lines
    }

    /// The contacts and the attempts, beside each other where there is room.
    private var figures: [TextBlock?] {
        let both = contacts.beside(attempts, gap: 6)
        guard let terminal, both.width > terminal else { return [both] }
        return [contacts, attempts]
    }

    private var isEnglish: Bool { words.language == .english }

    private var contacts: TextBlock {
        shares(words.page(.contacts), Self.states.map { (name($0), summary.counts[$0]) })
    }

    private func name(_ state: CallState) -> String { isEnglish ? Self.plain(state.rawValue) : words.state(state) }

    /// A code as words, as elsewhere on the terminal.
    private static func plain(_ code: String) -> String { code.replacing("_", with: " ") }

    /// Outcomes that no attempt had are omitted: most campaigns have two or three of the seven.
    private var attempts: TextBlock {
        let outcomes = AttemptOutcome.allCases.map { outcome in
            (isEnglish ? Self.plain(outcome.rawValue) : words.outcome(outcome), summary.outcomes[outcome] ?? 0)
        }
        return shares(words.text(.attemptsByOutcome), outcomes.filter { $0.1 > 0 })
    }

    private func shares(_ heading: String, _ parts: [(name: String, count: Int)]) -> TextBlock {
        let total = parts.reduce(0) { $0 + $1.count }
        let shares = Figures.tenthsOfPercent(parts.map(\.count))
        var rows = zip(parts, shares).map { part, share in
            [part.name, Figures.grouped(part.count), total > 0 ? words.percent(tenths: share) : ""]
        }
        rows.append([words.text(.total), Figures.grouped(total), total > 0 ? words.percent(tenths: 1000) : ""])
        return TextBlock(heading, rows: rows, right: [1, 2])
    }

    /// What webhooks say about the people; nil when they say nothing.
    private var afterTheCall: TextBlock? {
        let counts = summary.happened
        let parts = [
            (words.text(.delivered), counts.delivered), (words.text(.answered), counts.answered),
            (words.text(.notAnswered), counts.notAnswered),
            (words.text(.answerNotKnown), counts.delivered - counts.answered - counts.notAnswered),
            (words.text(.calledBack), counts.calledBack), (words.text(.replied), counts.replied),
            (words.summary(.optedOut), counts.optedOut),
        ].filter { $0.1 > 0 }
        guard !parts.isEmpty || eventsComeUntil != nil else { return nil }
        let more = eventsComeUntil.map { " (\(words.text(.moreUntil)) \(text($0)))" } ?? ""
        return TextBlock(
            words.text(.whatHappened) + more,
            rows: parts.map { name, count in
                // Of those who were called; the others are no part of a whole.
                let isShare = name == words.text(.answered) && summary.counts.accepted > 0
                return [name, Figures.grouped(count), isShare ? page.percent(count, of: summary.counts.accepted) : ""]
            },
            right: [1, 2], width: terminal)
    }

    /// What accepted calls are, where nothing is told of what became of them.
    private var meaning: TextBlock? {
        guard summary.counts.accepted > 0 else { return nil }
        return TextBlock(words.summary(.acceptedMeans), rows: [], right: [], width: terminal)
    }

    /// With an example, and what to do, where more than the sums is known.
    private var reasons: TextBlock? {
        let named = summary.reasons.filter { !$0.reason.isEmpty && $0.contacts > 0 }
        guard !named.isEmpty else { return nil }
        var rows = named.prefix(Self.maxReasons).map { reason in
            let words = isEnglish ? reason.reason : self.words.reason(reason.reason, of: reason.state)
            return [Figures.grouped(reason.contacts), name(reason.state), TerminalText.line(words, width: 64)]
        }
        let rest = named.dropFirst(Self.maxReasons)
        if !rest.isEmpty {
            let contacts = rest.reduce(0) { $0 + $1.contacts }
            rows.append([Figures.grouped(contacts), "…", words.summary(.forOthers(rest.count))])
        }
        let block = TextBlock(words.text(.reasons), rows: rows, right: [0], width: terminal)
        guard let statistics else { return block }
        return block.explained(
            named.prefix(Self.maxReasons).map { reason in
                let phone = statistics.examples[StateReason(reason.state, reason.reason)]?.first
                let example = phone.map { words.summary(.example(page.phone($0))) + "." }
                let remedy = words.remedy(reason.reason, of: reason.state)
                return wrapped([example, remedy].compactMap(\.self).joined(separator: " "))
            })
    }

    private var errors: TextBlock? {
        guard !summary.errors.isEmpty else { return nil }
        var rows = summary.errors.prefix(Self.maxErrors).map { error in
            let example = statistics?.errorExamples[error.error].map { words.summary(.example(page.phone($0))) }
            return [
                Figures.grouped(error.attempts),
                TerminalText.line(
                    Phrase(recorded: error.error)[words.language],
                    width: Self.width - 20 - (example.map { $0.count + 3 } ?? 0))
                    + (example.map { " (\($0))" } ?? ""),
            ]
        }
        let rest = summary.errors.dropFirst(Self.maxErrors)
        if !rest.isEmpty {
            let attempts = rest.reduce(0) { $0 + $1.attempts }
            rows.append([Figures.grouped(attempts), words.summary(.withOtherErrors(rest.count))])
        }
        return TextBlock(words.text(.errors), rows: rows, right: [0], width: terminal)
    }

    private var moments: TextBlock? {
        guard let first = summary.firstAttemptAt, let last = summary.lastAttemptAt else { return nil }
        let span = max(last.milliseconds - first.milliseconds, 0)
        let between = Figures.span(milliseconds: span)
        var rows = [
            [words.text(.firstAttempt), text(first)],
            [words.text(.lastAttempt), text(last)],
            [words.text(.timeBetween), isEnglish ? between : between.replacing(".", with: ",")],
        ]
        let calls = summary.outcomes.values.reduce(0, +)
        if span >= Self.shortestSpan, calls > 1 {
            // As many gaps as calls but one.
            let perHour = Int(Double(calls - 1) * 3_600_000 / Double(span))
            rows.append([words.summary(.callsPerHour), Figures.grouped(perHour)])
        }
        return TextBlock(words.text(.time), rows: rows, right: [], width: terminal)
    }

    /// A moment: ISO 8601, or as people write it, with its zone.
    private func text(_ moment: Timestamp) -> String {
        isEnglish
            ? moment.text(in: timeZone) : "\(page.text(moment, withSeconds: true)) (\(timeZone.identifier))"
    }

    /// How long Z-API took to reply; nil when that is not known.
    private var latency: TextBlock? {
        guard let latency = statistics?.latency, latency.total > 0 else { return nil }
        let shares = [500, 900, 990].compactMap { tenths in
            latency.percentile(tenths: tenths).map { ["p\(tenths / 10)", "\(Figures.grouped($0)) ms"] }
        }
        return TextBlock(
            words.page(.latency),
            rows: shares + [[words.summary(.longest), "\(Figures.grouped(latency.maximum)) ms"]], right: [1])
    }

    private var nextSteps: TextBlock? {
        let rows = steps.commands.map { [$0.command, $0.effect] }
        guard !rows.isEmpty else { return nil }
        return TextBlock(words.summary(.next), rows: rows, right: [], width: terminal, breaksRows: true)
    }

    /// A sentence below a row, broken between its words.
    private func wrapped(_ text: String) -> [String] {
        TextBlock.flow(text, indent: 6, hanging: 0, width: min(Self.sentenceWidth, terminal ?? .max))
    }
}
