import CampaignCore
import Markup

/// Why calls failed, what to do about it, and the texts of the errors: Z-API's own words, and discador's where it said
/// nothing.
struct ProblemsSection: PageSection {
    let page: ReportPage

    func append(to html: inout HTMLBuilder) {
        html.element("section") { html in
            html.element("h2", text: words.page(.problems))
            let failed = ReasonTable(page, .failed)
            if failed.isEmpty {
                html.element("p", text: words.page(.none))
            } else {
                failed.append(to: &html)
            }
            guard !page.summary.errors.isEmpty else { return }
            html.element("h3", text: words.page(.errorTexts))
            HTMLTable(
                [
                    HTMLTable.Column(words.page(.attempts), .figure),
                    HTMLTable.Column(words.heading(.error)),
                ],
                rows: page.summary.errors.map {
                    [words.number($0.attempts), page.line(Phrase(recorded: $0.error)[words.language])]
                }
            )
            .append(to: &html)
        }
    }
}

/// Calls of which it is not known whether they rang.
struct DoubtsSection: PageSection {
    let page: ReportPage

    func append(to html: inout HTMLBuilder) {
        html.element("section") { html in
            html.element("h2", text: words.page(.doubts))
            let doubts = ReasonTable(page, .inDoubt)
            if doubts.isEmpty {
                html.element("p", text: words.page(.noDoubts))
            } else {
                doubts.append(to: &html)
            }
        }
    }
}

/// The reasons of one state, with how many contacts they concern, examples, and what to do.
struct ReasonTable {
    private let page: ReportPage
    private let words: any ReportWords
    private let state: CallState
    private let reasons: [ReasonCount]

    init(_ page: ReportPage, _ state: CallState) {
        self.page = page
        words = page.words
        self.state = state
        reasons = page.summary.reasons.filter { $0.state == state && $0.contacts > 0 }
    }

    var isEmpty: Bool { reasons.isEmpty }

    func append(to html: inout HTMLBuilder) {
        HTMLTable(
            [
                HTMLTable.Column(words.page(.contacts), .figure), HTMLTable.Column(words.page(.reason)),
                HTMLTable.Column(words.page(.code), .word), HTMLTable.Column(words.page(.examples)),
                HTMLTable.Column(words.page(.whatToDo)),
            ],
            rows: reasons.map { reason in
                let examples = page.statistics.examples[StateReason(state, reason.reason)] ?? []
                return [
                    words.number(reason.contacts), page.line(words.reason(reason.reason, of: state)),
                    page.line(reason.reason), examples.map(page.phone).joined(separator: ", "),
                    words.remedy(reason.reason, of: state) ?? "",
                ]
            }
        )
        .append(to: &html)
    }
}
