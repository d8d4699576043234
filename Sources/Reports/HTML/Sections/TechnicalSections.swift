import CampaignCore
import Markup

/// How long requests took: percentiles, and how many took how long.
struct LatencySection {
    /// The edges between the bars, in milliseconds.
    private static let edges = [
        0, 20, 50, 100, 200, 300, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000, 20_000, 30_000, 60_000, 300_001,
    ]
    private static let (barX, barWidth, rowHeight) = (150, 640, 22)

    private let page: ReportPage
    private let words: any ReportWords
    private let latency: LatencyCounts

    /// Nil when no request has an outcome.
    init?(_ page: ReportPage) {
        guard page.statistics.latency.total > 0 else { return nil }
        self.page = page
        words = page.words
        latency = page.statistics.latency
    }

    func append(to html: inout HTMLBuilder) {
        html.element("section") { html in
            html.element("h2", text: words.page(.latency))
            let shares = [500, 900, 950, 990]
            HTMLTable(
                shares.map { HTMLTable.Column("\($0 / 10)%", .figure) }
                    + [HTMLTable.Column(words.page(.longest), .figure)],
                rows: [
                    shares.map { latency.percentile(tenths: $0).map { "\(words.number($0)) ms" } ?? "" }
                        + ["\(words.number(latency.maximum)) ms"]
                ]
            )
            .append(to: &html)
            html.element("figure") { html in
                html.element("div", ["class": "chart", "tabindex": "0"]) { html in chart(&html) }
                HTMLTable(
                    [
                        HTMLTable.Column(words.page(.withinMilliseconds)),
                        HTMLTable.Column(words.page(.calls), .figure),
                    ],
                    rows: bars.map { [$0.name, words.number($0.count)] }
                )
                .appendFolded(words.page(.figuresAsTable), to: &html)
            }
        }
    }

    /// From the first bar with a call to the last.
    private var bars: [(name: String, count: Int)] {
        let bars = zip(Self.edges, Self.edges.dropFirst()).map { from, to in
            (
                to > 300_000 ? "> \(words.number(from)) ms" : "\(words.number(from))–\(words.number(to)) ms",
                latency.count(from: from, to: to)
            )
        }
        let filled = bars.indices.filter { bars[$0].1 > 0 }
        guard let first = filled.first, let last = filled.last else { return [] }
        return bars[first...last].map { (name: $0.0, count: $0.1) }
    }

    private func chart(_ html: inout HTMLBuilder) {
        let bars = bars
        let most = max(bars.map(\.count).max() ?? 0, 1)
        html.element(
            "svg",
            [
                "viewBox": "0 0 960 \(bars.count * Self.rowHeight + 6)", "role": "img",
                "aria-label": words.page(.latency),
            ]
        ) { html in
            for (index, bar) in bars.enumerated() {
                let (y, width) = (index * Self.rowHeight, bar.count * Self.barWidth / most)
                html.element("g", ["class": "bar"]) { html in
                    html.element("title", text: "\(bar.name): \(words.number(bar.count))")
                    html.element(
                        "text", ["x": "\(Self.barX - 8)", "y": "\(y + 15)", "text-anchor": "end"], text: bar.name)
                    html.element(
                        "rect",
                        [
                            "x": "\(Self.barX)", "y": "\(y + 3)", "width": "\(max(width, bar.count > 0 ? 2 : 0))",
                            "height": "16", "rx": "2", "class": "c-accepted",
                        ], text: "")
                    html.element(
                        "text", ["x": "\(Self.barX + width + 6)", "y": "\(y + 15)"], text: words.number(bar.count))
                }
            }
        }
    }
}

/// A row for each instance, and how many attempts the contacts needed.
struct InstancesSection {
    private let page: ReportPage
    private let words: any ReportWords

    /// Nil when nobody has been called.
    init?(_ page: ReportPage) {
        guard page.calls > 0 else { return nil }
        self.page = page
        words = page.words
    }

    func append(to html: inout HTMLBuilder) {
        html.element("section") { html in
            html.element("h2", text: words.page(.instances))
            table.append(to: &html)
        }
        html.element("section") { html in
            html.element("h2", text: words.page(.attemptsPerContact))
            HTMLTable(
                [
                    HTMLTable.Column(words.page(.attempts)), HTMLTable.Column(words.page(.contacts), .figure),
                    HTMLTable.Column(words.page(.share), .figure),
                ],
                rows: page.statistics.contactsByAttempts.sorted { $0.key < $1.key }.map { attempts, contacts in
                    [
                        words.number(attempts), words.number(contacts),
                        page.percent(contacts, of: page.counts.total),
                    ]
                }
            )
            .append(to: &html)
        }
    }

    private var table: HTMLTable {
        let columns: [HTMLTable.Column] =
            [HTMLTable.Column(words.heading(.instance)), figure(words.page(.calls))]
            + AttemptOutcome.allCases.filter(occurs).map { figure(words.outcome($0)) }
            + (page.isMeasured ? [figure(words.page(.delivered)), figure(words.page(.answered))] : [])
            + [figure("50% (ms)"), figure("95% (ms)")]
        return HTMLTable(
            columns,
            rows: page.statistics.instances.map { instance in
                [page.line(instance.name), words.number(instance.calls)]
                    + AttemptOutcome.allCases.filter(occurs).map { words.number(instance.outcomes[$0, default: 0]) }
                    + (page.isMeasured ? [words.number(instance.delivered), words.number(instance.answered)] : [])
                    + [500, 950].map { instance.latency.percentile(tenths: $0).map(words.number) ?? "" }
            })
    }

    private func occurs(_ outcome: AttemptOutcome) -> Bool {
        page.statistics.instances.contains { $0.outcomes[outcome, default: 0] > 0 }
    }

    private func figure(_ heading: String) -> HTMLTable.Column { HTMLTable.Column(heading, .figure) }
}

/// The settings as they were when calls were placed.
struct SettingsSection: PageSection {
    let page: ReportPage

    func append(to html: inout HTMLBuilder) {
        html.element("section") { html in
            html.element("h2", text: words.page(.settings))
            if page.statistics.history.settings.isEmpty {
                html.element("p", text: words.page(.settingsUnknown))
            }
            var before: [CampaignSetting] = []
            for settings in page.statistics.history.settings {
                html.element("h3", text: words.sentence(.settingsFrom(page.text(settings.from))))
                // Later ones only as far as they are others.
                let gone = before.filter { old in !settings.list.contains { $0.key == old.key } }
                let changed = settings.list.filter { !before.contains($0) } + gone.map { CampaignSetting($0.key, "–") }
                HTMLTable(
                    [HTMLTable.Column(words.page(.setting)), HTMLTable.Column(words.page(.value))],
                    rows: changed.map { [page.line($0.key), page.line($0.value, longest: 400)] }
                )
                .append(to: &html)
                before = settings.list
            }
        }
    }
}

/// What the words mean.
struct DefinitionsSection {
    private let page: ReportPage

    init(_ page: ReportPage) {
        self.page = page
    }

    func append(to html: inout HTMLBuilder) {
        html.element("section") { html in
            html.element("h2", text: page.words.page(.definitions))
            html.element("dl") { html in
                for definition in page.words.definitions {
                    html.element("dt", text: definition.term)
                    html.element("dd", text: definition.meaning)
                }
            }
        }
    }
}
