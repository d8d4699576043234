import CampaignCore
import Markup

/// Who rang back, who replied, and how many asked not to be called any more.
struct PeopleSection: PageSection {
    let page: ReportPage

    func append(to html: inout HTMLBuilder) {
        let happened = page.summary.happened
        html.element("section") { html in
            html.element("h2", text: words.page(.people))
            guard happened.calledBack + happened.replied + happened.optedOut > 0 else {
                html.element("p", text: words.page(.noNews))
                return
            }
            html.element(
                "p",
                text: [
                    (words.page(.calledBack), happened.calledBack), (words.page(.replied), happened.replied),
                    (words.page(.optedOut), happened.optedOut),
                ].map { "\($0.0): \(words.number($0.1))" }.joined(separator: " · "))
            guard !page.statistics.people.isEmpty else { return }
            HTMLTable(
                [
                    HTMLTable.Column(words.heading(.phone), .word), HTMLTable.Column(words.heading(.calledBackAt)),
                    HTMLTable.Column(words.heading(.repliedAt)), HTMLTable.Column(words.page(.optedOut)),
                ],
                rows: page.statistics.people.map { person in
                    [
                        page.phone(person.phone), person.calledBackAt.map { page.text($0) } ?? "",
                        person.repliedAt.map { page.text($0) } ?? "",
                        person.optedOutAt.map { page.text($0) } ?? "",
                    ]
                }
            )
            .append(to: &html)
            if page.statistics.people.count == CampaignStatistics.maxPeople {
                html.element(
                    "p", ["class": "soft"], text: words.sentence(.peopleShown(CampaignStatistics.maxPeople)))
            }
        }
    }
}

/// Who was left out: excluded contacts, and rows of the lists that did not become contacts.
struct LeftOutSection: PageSection {
    let page: ReportPage

    func append(to html: inout HTMLBuilder) {
        html.element("section") { html in
            html.element("h2", text: words.page(.notCalled))
            html.element("h3", text: words.page(.excluded))
            let excluded = ReasonTable(page, .excluded)
            if excluded.isEmpty {
                html.element("p", text: words.page(.none))
            } else {
                excluded.append(to: &html)
            }
            rows(
                &html, words.page(.rejected), page.statistics.rejects, total: page.summary.rejectedRows, words.rejected)
            rows(&html, words.page(.duplicates), page.statistics.duplicates, total: page.summary.duplicateRows) {
                code in
                DuplicateReason(rawValue: code).map(words.duplicate) ?? code
            }
        }
    }

    private func rows(
        _ html: inout HTMLBuilder, _ title: String, _ groups: [LeftOutRows], total: Int, _ name: (String) -> String
    ) {
        html.element("h3", text: "\(title): \(words.number(total))")
        guard !groups.isEmpty else { return }
        let more = groups.reduce(0) { $0 + $1.rows } - total
        if more > 0 { html.element("p", text: words.sentence(.correctedSince(more))) }
        HTMLTable(
            [
                HTMLTable.Column("", .figure), HTMLTable.Column(words.page(.reason)),
                HTMLTable.Column(words.page(.code), .word), HTMLTable.Column(words.page(.examples)),
            ],
            rows: groups.map { group in
                [
                    words.number(group.rows), page.line(name(group.reason)), page.line(group.reason),
                    group.examples.map(page.place).joined(separator: ", "),
                ]
            }
        )
        .append(to: &html)
    }
}

/// The contacts by the values of one of their own columns.
struct ColumnSection {
    private let page: ReportPage
    private let words: any ReportWords
    private let figures: ColumnFigures

    /// Nil when nobody asked for a column.
    init?(_ page: ReportPage) {
        guard let figures = page.statistics.values else { return nil }
        self.page = page
        self.figures = figures
        words = page.words
    }

    func append(to html: inout HTMLBuilder) {
        let column = page.line(figures.column)
        html.element("section") { html in
            html.element("h2", text: words.sentence(.byColumn(column)))
            if figures.hasTooMany {
                html.element("p", text: words.sentence(.tooManyValues(column, limit: ColumnFigures.maxValues)))
            } else {
                table.append(to: &html)
            }
        }
    }

    private var table: HTMLTable {
        HTMLTable(
            [HTMLTable.Column(page.line(figures.column)), figure(.contacts), figure(.acceptedByZAPI)]
                + (page.isMeasured ? [figure(.answered), figure(.share), figure(.notAnswered)] : [])
                + [figure(.failed), figure(.inDoubt)]
                + [CallState.excluded, .ready].map { HTMLTable.Column(words.state($0), .figure) },
            rows: figures.values.map { value in
                let counts = value.counts
                let answers = [
                    words.number(value.answered), page.percent(value.answered, of: counts.accepted),
                    words.number(value.notAnswered),
                ]
                return [
                    value.text.isEmpty ? words.page(.empty) : page.line(value.text), words.number(counts.total),
                    words.number(counts.accepted),
                ] + (page.isMeasured ? answers : [])
                    + [counts.failed, counts.inDoubt, counts.excluded, counts.ready + counts.dialing].map(words.number)
            })
    }

    private func figure(_ text: PageText) -> HTMLTable.Column { HTMLTable.Column(words.page(text), .figure) }
}
