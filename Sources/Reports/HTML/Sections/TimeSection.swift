import CampaignCore
import Markup

/// Calls over time, stacked by outcome, with the times shaded in which nothing was dialed on purpose.
struct TimeSection: PageSection {
    private static let (left, top, width, height) = (56, 12, 890, 220)

    /// The parts of a bar, from the bottom.
    private enum Part: CaseIterable {
        case answered, accepted, doubt, refused, notPlaced, unfinished

        var style: String {
            switch self {
            case .answered: "c-answered"
            case .accepted: "c-accepted"
            case .doubt: "c-doubt"
            case .refused: "c-refused"
            case .notPlaced: "c-notplaced"
            case .unfinished: "c-unfinished"
            }
        }

        func count(_ interval: CallSeries.Interval) -> Int {
            let answered = min(interval.answered, interval[.accepted])
            return switch self {
            case .answered: answered
            case .accepted: interval[.accepted] - answered
            case .doubt: interval[.inDoubt]
            case .refused: interval[.refused]
            case .notPlaced:
                interval[.notSent] + interval[.throttled] + interval[.misconfigured] + interval[.serverError]
            case .unfinished: interval.unfinished
            }
        }
    }

    let page: ReportPage

    func append(to html: inout HTMLBuilder) {
        html.element("section") { html in
            html.element("h2", text: words.page(.callsOverTime))
            guard let series = page.statistics.series else {
                html.element("p", text: words.sentence(.nobodyYet))
                return
            }
            html.element("figure") { html in
                html.element("figcaption", text: words.sentence(.everyInterval(milliseconds: series.length)))
                html.element("div", ["class": "chart", "tabindex": "0"]) { html in chart(&html, series) }
                legend(&html, series)
                table(series).appendFolded(words.page(.figuresAsTable), to: &html)
            }
        }
    }

    private func chart(_ html: inout HTMLBuilder, _ series: CallSeries) {
        let scale = ChartScale(maximum: series.intervals.map(\.calls).max() ?? 0)
        html.element(
            "svg",
            [
                "viewBox": "0 0 960 \(Self.top + Self.height + 40)", "role": "img",
                "aria-label": words.page(.callsOverTime),
            ]
        ) { html in
            shades(&html, series)
            for tick in scale.ticks {
                let y = Self.top + Self.height - tick * Self.height / scale.top
                html.element(
                    "line",
                    [
                        "x1": "\(Self.left)", "x2": "\(Self.left + Self.width)", "y1": "\(y)", "y2": "\(y)",
                        "class": "grid",
                    ], text: "")
                html.element(
                    "text", ["x": "\(Self.left - 6)", "y": "\(y + 4)", "text-anchor": "end"], text: words.number(tick))
            }
            for index in series.intervals.indices { bar(&html, series, index, scale) }
            labels(&html, series)
        }
    }

    /// The left edge of an interval, in tenths of a unit: bars of a long campaign are narrow.
    private func edge(_ index: Int, of series: CallSeries) -> Int {
        Self.left * 10 + index * Self.width * 10 / series.intervals.count
    }

    private func bar(_ html: inout HTMLBuilder, _ series: CallSeries, _ index: Int, _ scale: ChartScale) {
        let interval = series.intervals[index]
        guard interval.calls > 0 else { return }
        let (from, to) = (edge(index, of: series), edge(index + 1, of: series))
        let gap = to - from > 40 ? 10 : 0
        html.element("g", ["class": "bar"]) { html in
            let parts = Part.allCases.map { ($0, $0.count(interval)) }.filter { $0.1 > 0 }
            html.element(
                "title",
                text: "\(page.text(series.beginning(of: index), withSeconds: series.length < 60_000)): "
                    + parts.map { "\(words.number($0.1)) \(name($0.0))" }.joined(separator: ", "))
            var below = 0
            for (part, count) in parts {
                let (low, high) = (below * Self.height * 10 / scale.top, (below + count) * Self.height * 10 / scale.top)
                html.element(
                    "rect",
                    [
                        "x": Self.tenths(from), "width": Self.tenths(max(to - from - gap, 5)),
                        "y": Self.tenths((Self.top + Self.height) * 10 - high), "height": Self.tenths(high - low),
                        "class": part.style,
                    ], text: "")
                below += count
            }
        }
    }

    private func shades(_ html: inout HTMLBuilder, _ series: CallSeries) {
        let end = series.beginning(of: series.intervals.count).milliseconds
        let start = series.start.milliseconds
        // What lies ahead of the report is not known.
        let now = page.context.generatedAt?.milliseconds ?? end
        for span in page.statistics.history.spans {
            let from = max(span.from.milliseconds, start)
            let to = min(span.to?.milliseconds ?? end, end, now)
            guard from < to else { continue }
            func place(_ moment: Int64) -> Int {
                Self.left * 10 + Int((moment - start) * Int64(Self.width) * 10 / (end - start))
            }
            html.element(
                "rect",
                [
                    "x": Self.tenths(place(from)), "width": Self.tenths(max(place(to) - place(from), 5)),
                    "y": "\(Self.top)", "height": "\(Self.height)", "class": Self.style(span.cause),
                ]
            ) { html in
                let until = span.to.flatMap { $0.milliseconds <= now ? " – \(page.text($0))" : nil } ?? ""
                html.element("title", text: "\(page.text(span.from))\(until): \(name(span.cause))")
            }
        }
    }

    private func labels(_ html: inout HTMLBuilder, _ series: CallSeries) {
        let count = series.intervals.count
        let step = max((count + 5) / 6, 1)
        var day: Substring?
        for index in stride(from: 0, to: count, by: step) {
            let text = page.text(series.beginning(of: index), withSeconds: series.length < 60_000)
            // The time of day, and below it the day where it is another one.
            let parts = text.split(separator: " ")
            let isSameDay = parts.first == day
            day = parts.first
            for (line, part) in parts.reversed().enumerated() where line == 0 || !isSameDay {
                html.element(
                    "text",
                    [
                        "x": Self.tenths(edge(index, of: series)), "y": "\(Self.top + Self.height + 16 + line * 15)",
                    ], text: String(part))
            }
        }
    }

    private func legend(_ html: inout HTMLBuilder, _ series: CallSeries) {
        html.element("ul", ["class": "legend"]) { html in
            for part in Part.allCases where series.intervals.contains(where: { part.count($0) > 0 }) {
                html.element("li", ["class": part.style], text: name(part))
            }
            for cause in CampaignHistory.Span.Cause.allCases
            where page.statistics.history.spans.contains(where: { $0.cause == cause }) {
                html.element("li", ["class": Self.style(cause)], text: name(cause))
            }
        }
    }

    private func table(_ series: CallSeries) -> HTMLTable {
        let parts = Part.allCases.filter { part in series.intervals.contains { part.count($0) > 0 } }
        var table = HTMLTable(
            [HTMLTable.Column(words.page(.from), .word), HTMLTable.Column(words.page(.calls), .figure)]
                + parts.map { HTMLTable.Column(name($0), .figure) })
        for (index, interval) in series.intervals.enumerated() where interval.calls > 0 {
            table.rows.append(
                [
                    page.text(series.beginning(of: index), withSeconds: series.length < 60_000),
                    words.number(interval.calls),
                ] + parts.map { words.number($0.count(interval)) })
        }
        return table
    }

    private func name(_ part: Part) -> String {
        switch part {
        case .answered: words.answer(.answered)
        case .accepted: words.page(.acceptedOnly)
        case .doubt: words.page(.inDoubt)
        case .refused: words.page(.refused)
        case .notPlaced: words.page(.notPlaced)
        case .unfinished: words.page(.noResult)
        }
    }

    private func name(_ cause: CampaignHistory.Span.Cause) -> String {
        switch cause {
        case .paused: words.page(.paused)
        case .shut: words.page(.windowShut)
        }
    }

    private static func style(_ cause: CampaignHistory.Span.Cause) -> String {
        switch cause {
        case .paused: "c-paused"
        case .shut: "c-shut"
        }
    }

    private static func tenths(_ number: Int) -> String { "\(number / 10).\(number % 10)" }
}

/// The numbers beside a chart: round ones, from 0 to above the highest bar.
struct ChartScale {
    /// What the upper edge stands for.
    let top: Int
    let ticks: [Int]

    init(maximum: Int) {
        var step = 1
        // 1, 2, 5, 10, 20, 50, …
        for (index, factor) in (0..<60).map({ ($0, $0 % 3 == 1 ? 5 : 2) }) where step * 5 < maximum && index < 57 {
            step = factor == 5 ? step / 2 * 5 : step * 2
        }
        let count = max((maximum + step - 1) / step, 1)
        let unit = step
        top = count * unit
        ticks = (0...count).map { $0 * unit }
    }
}
