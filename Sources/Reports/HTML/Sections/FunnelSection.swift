import CampaignCore
import Markup

/// From the list to the answer: how many contacts came how far, as far as that was measured.
struct FunnelSection {
    private static let (barX, barWidth, rowHeight) = (190, 560, 34)

    private let page: ReportPage
    private let words: any ReportWords
    private let steps: [(name: String, count: Int, kind: String)]

    init(_ page: ReportPage) {
        self.page = page
        words = page.words
        let counts = page.counts
        var steps = [
            (words.page(.imported), counts.total, "c-notplaced"),
            (words.page(.callable), counts.total - counts.excluded, "c-notplaced"),
            (words.page(.acceptedByZAPI), counts.accepted, "c-accepted"),
        ]
        if page.isMeasured {
            steps.append((words.page(.deliveredToWhatsApp), page.summary.happened.delivered, "c-accepted"))
            steps.append((words.page(.answeredByPeople), page.summary.happened.answered, "c-answered"))
        }
        self.steps = steps
    }

    func append(to html: inout HTMLBuilder) {
        html.element("section") { html in
            html.element("h2", text: words.page(.funnel))
            html.element("figure") { html in
                html.element("div", ["class": "chart", "tabindex": "0"]) { html in chart(&html) }
                table.appendFolded(words.page(.figuresAsTable), to: &html)
            }
            if !page.isMeasured, page.calls > 0 {
                html.element("p", ["class": "soft"], text: words.page(.nothingMeasured))
            }
        }
    }

    private func chart(_ html: inout HTMLBuilder) {
        let most = max(steps.map(\.count).max() ?? 0, 1)
        let height = steps.count * Self.rowHeight
        html.element(
            "svg", ["viewBox": "0 0 960 \(height)", "role": "img", "aria-label": words.page(.funnel)]
        ) { html in
            for (index, step) in steps.enumerated() {
                let y = index * Self.rowHeight
                let width = step.count * Self.barWidth / most
                html.element("g", ["class": "bar"]) { html in
                    html.element("title", text: "\(step.name): \(words.number(step.count))\(share(index))")
                    html.element("text", ["x": "0", "y": "\(y + 20)", "class": "strong"], text: step.name)
                    html.element(
                        "rect",
                        [
                            "x": "\(Self.barX)", "y": "\(y + 4)", "width": "\(max(width, step.count > 0 ? 2 : 0))",
                            "height": "24", "rx": "3", "class": step.kind,
                        ], text: "")
                    html.element(
                        "text", ["x": "\(Self.barX + width + 8)", "y": "\(y + 20)"],
                        text: words.number(step.count) + share(index))
                }
            }
        }
    }

    private func share(_ index: Int) -> String {
        guard index > 0, steps[index - 1].count > 0 else { return "" }
        return " · " + page.percent(steps[index].count, of: steps[index - 1].count)
    }

    private var table: HTMLTable {
        HTMLTable(
            [
                HTMLTable.Column(""), HTMLTable.Column(words.page(.contacts), .figure),
                HTMLTable.Column(words.page(.share), .figure),
            ],
            rows: steps.indices.map { index in
                let step = steps[index]
                let isFirst = index == 0 || steps[index - 1].count == 0
                return [
                    step.name, words.number(step.count),
                    isFirst
                        ? ""
                        : words.sentence(.shareOfStep(tenths: page.tenths(step.count, of: steps[index - 1].count))),
                ]
            })
    }
}
