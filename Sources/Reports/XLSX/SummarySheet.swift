import CampaignCore
import Foundation
import Workbooks

/// The first sheet of a report as a workbook: the campaign in figures.
struct SummarySheet {
    private let context: ReportContext
    private let words: any ReportWords
    private var times: LocalTimes

    init(_ context: ReportContext) {
        self.context = context
        words = context.words
        times = LocalTimes(context.timeZone)
    }

    var layout: SheetLayout {
        SheetLayout(name: words.text(.summary), headings: [], widths: [44, 20, 18, 90])
    }

    /// The rows, from the first on.
    mutating func rows() -> [[CellValue]] {
        let blocks = [contacts, outcomes, happened(), reasons, errors, lists, moments()]
        return head() + blocks.filter { !$0.isEmpty }.flatMap { [[]] + $0 }
    }

    private mutating func head() -> [[CellValue]] {
        var rows: [[CellValue]] = [[.title(context.summary.campaign)]]
        if let moment = context.generatedAt { rows.append([label(.generated), time(moment)]) }
        rows.append([label(.timeZone), .text(context.timeZone.identifier)])
        if context.listsChosenContacts { rows.append([label(.chosen), label(.onlyChosenContacts)]) }
        if context.anonymizer != nil { rows.append([label(.anonymous), label(.withoutPersonalData)]) }
        return rows
    }

    private var contacts: [[CellValue]] {
        shares(.contactsByState, CallState.allCases.map { (words.state($0), context.summary.counts[$0]) })
    }

    private var outcomes: [[CellValue]] {
        let parts = AttemptOutcome.allCases.map { (words.outcome($0), context.summary.outcomes[$0] ?? 0) }
        return shares(.attemptsByOutcome, parts.filter { $0.1 > 0 })
    }

    private func shares(_ heading: SheetText, _ parts: [(name: String, count: Int)]) -> [[CellValue]] {
        let total = parts.reduce(0) { $0 + $1.count }
        let tenths = Figures.tenthsOfPercent(parts.map(\.count))
        let rows = zip(parts, tenths).map { part, share -> [CellValue] in
            [.text(part.name), .count(part.count), total > 0 ? .share(thousandths: share) : .empty]
        }
        let sum: [CellValue] = [label(.total), .count(total), total > 0 ? .share(thousandths: 1000) : .empty]
        return [[.heading(words.text(heading)), .heading(""), .heading("")]] + rows + [sum]
    }

    private mutating func happened() -> [[CellValue]] {
        let counts = context.summary.happened
        let parts: [(SheetText, Int)] = [
            (.delivered, counts.delivered), (.answered, counts.answered), (.notAnswered, counts.notAnswered),
            (.answerNotKnown, counts.delivered - counts.answered - counts.notAnswered),
            (.calledBack, counts.calledBack), (.replied, counts.replied), (.optedOut, counts.optedOut),
        ].filter { $0.1 > 0 }
        guard context.eventsComeUntil != nil || !parts.isEmpty else { return [] }
        var rows = [[CellValue.heading(words.text(.whatHappened)), .heading("")]]
        rows += parts.map { [label($0.0), .count($0.1)] }
        if let until = context.eventsComeUntil { rows.append([label(.moreUntil), time(until)]) }
        return rows
    }

    private var reasons: [[CellValue]] {
        let named = context.summary.reasons.filter { !$0.reason.isEmpty && $0.contacts > 0 }
        guard !named.isEmpty else { return [] }
        let headings = [SheetText.reasons, .contacts, .state, .remedy].map { CellValue.heading(words.text($0)) }
        return [headings]
            + named.map { reason in
                [
                    .text(words.reason(reason.reason, of: reason.state)), .count(reason.contacts),
                    .text(words.state(reason.state)), .text(words.remedy(reason.reason, of: reason.state) ?? ""),
                ]
            }
    }

    private var errors: [[CellValue]] {
        guard !context.summary.errors.isEmpty else { return [] }
        return [[.heading(words.text(.errors)), .heading(words.text(.attempts))]]
            + context.summary.errors.map { [.text($0.error), .count($0.attempts)] }
    }

    private var lists: [[CellValue]] {
        [
            [.heading(words.text(.lists)), .heading("")],
            [label(.rejectedRows), .count(context.summary.rejectedRows)],
            [label(.duplicateRows), .count(context.summary.duplicateRows)],
        ]
    }

    private mutating func moments() -> [[CellValue]] {
        guard let first = context.summary.firstAttemptAt, let last = context.summary.lastAttemptAt else { return [] }
        let span = max(last.milliseconds - first.milliseconds, 0)
        return [
            [.heading(words.text(.time)), .heading("")],
            [label(.firstAttempt), time(first)],
            [label(.lastAttempt), time(last)],
            [label(.timeBetween), .text(words.span(milliseconds: span))],
        ]
    }

    private func label(_ text: SheetText) -> CellValue { .text(words.text(text)) }

    private mutating func time(_ moment: Timestamp) -> CellValue {
        .dateTime(milliseconds: times.milliseconds(of: moment))
    }
}
