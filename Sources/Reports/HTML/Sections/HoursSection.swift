import CampaignCore
import Markup

/// When calls were placed and when people answer: a map of weekdays and hours, in the report's zone.
struct HoursSection {
    private static let (left, cellWidth, cellHeight) = (44, 37, 26)

    private let page: ReportPage
    private let words: any ReportWords
    /// By weekday from Monday on, and hour.
    private let cells: [[QuarterCalls]]

    init(_ page: ReportPage) {
        self.page = page
        words = page.words
        var cells = Array(repeating: Array(repeating: QuarterCalls(), count: 24), count: 7)
        for (quarter, calls) in page.statistics.quarters {
            let start = Timestamp(milliseconds: quarter * 900_000)
            let hours = (start.milliseconds / 1000 + Int64(page.offset(at: start))).floored(by: 3600)
            // 1970 began on a Thursday; a clock that was wrong may have shown a day before.
            let days = hours.floored(by: 24)
            let (day, hour) = (Int(days + 3 - (days + 3).floored(by: 7) * 7), Int(hours - days * 24))
            cells[day][hour].calls += calls.calls
            cells[day][hour].answered += calls.answered
        }
        self.cells = cells
    }

    func append(to html: inout HTMLBuilder) {
        guard page.calls > 0 else { return }
        html.element("section") { html in
            html.element("h2", text: words.page(.callsByHour))
            html.element("figure") { html in
                map(&html, words.page(.callsByHour), "c-accepted") { ($0.calls, self.highest) }
                if page.isMeasured {
                    html.element("h3", text: words.page(.answersByHour))
                    map(&html, words.page(.answersByHour), "c-answered") { ($0.answered, $0.calls) }
                }
                table.appendFolded(words.page(.figuresAsTable), to: &html)
            }
        }
    }

    private var highest: Int { cells.joined().map(\.calls).max() ?? 0 }

    /// A map whose cells are the darker the greater the part of the whole is.
    private func map(
        _ html: inout HTMLBuilder, _ name: String, _ style: String, _ part: (QuarterCalls) -> (part: Int, whole: Int)
    ) {
        html.element("div", ["class": "chart", "tabindex": "0"]) { html in
            html.element(
                "svg", ["viewBox": "0 0 960 \(7 * Self.cellHeight + 22)", "role": "img", "aria-label": name]
            ) { html in
                for hour in stride(from: 0, to: 24, by: 3) {
                    html.element(
                        "text", ["x": "\(Self.left + hour * Self.cellWidth + 2)", "y": "12"], text: "\(hour) h")
                }
                for (day, hours) in cells.enumerated() {
                    html.element(
                        "text", ["x": "0", "y": "\(18 + day * Self.cellHeight + 17)"], text: words.weekdays[day])
                    for (hour, cell) in hours.enumerated() {
                        self.cell(&html, day, hour, cell, style, part(cell))
                    }
                }
            }
        }
    }

    private func cell(
        _ html: inout HTMLBuilder, _ day: Int, _ hour: Int, _ cell: QuarterCalls, _ style: String,
        _ value: (part: Int, whole: Int)
    ) {
        let isEmpty = cell.calls == 0
        let strength = value.whole > 0 ? value.part * 100 / value.whole : 0
        // The faintest is still seen.
        let opacity = isEmpty ? 100 : 12 + strength * 88 / 100
        html.element(
            "rect",
            [
                "x": "\(Self.left + hour * Self.cellWidth)", "y": "\(18 + day * Self.cellHeight)",
                "width": "\(Self.cellWidth - 2)", "height": "\(Self.cellHeight - 2)", "rx": "3",
                "class": isEmpty ? "c-shut" : "bar \(style)",
                "fill-opacity": opacity == 100 ? "1" : "0.\(opacity < 10 ? "0" : "")\(opacity)",
            ]
        ) { html in
            guard !isEmpty else { return }
            html.element("title", text: "\(hours(day, hour)): \(figures(cell))")
        }
    }

    private func hours(_ day: Int, _ hour: Int) -> String { "\(words.weekdays[day]) \(hour)–\(hour + 1) h" }

    private func figures(_ cell: QuarterCalls) -> String {
        let calls = "\(words.page(.calls)) \(words.number(cell.calls))"
        guard page.isMeasured else { return calls }
        return "\(calls), \(words.page(.answered)) \(words.number(cell.answered)) "
            + "(\(page.percent(cell.answered, of: cell.calls)))"
    }

    private var table: HTMLTable {
        var table = HTMLTable(
            [HTMLTable.Column(words.page(.hour), .word), HTMLTable.Column(words.page(.calls), .figure)]
                + (page.isMeasured
                    ? [
                        HTMLTable.Column(words.page(.answered), .figure),
                        HTMLTable.Column(words.page(.share), .figure),
                    ] : []))
        for (day, row) in cells.enumerated() {
            for (hour, cell) in row.enumerated() where cell.calls > 0 {
                table.rows.append(
                    [hours(day, hour), words.number(cell.calls)]
                        + (page.isMeasured
                            ? [words.number(cell.answered), page.percent(cell.answered, of: cell.calls)] : []))
            }
        }
        return table
    }
}
