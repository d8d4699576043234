package import CampaignCore
import Markup

/// Stacked bars over time, with the same figures as a table for whoever cannot see them.
package struct BarChart: Sendable {
    package struct Bar: Sendable {
        /// Its moment, as people read it.
        package var label: Phrase
        /// By part, from the bottom.
        package var counts: [Int]

        package init(_ label: Phrase, _ counts: [Int]) {
            (self.label, self.counts) = (label, counts)
        }
    }

    package var title: Phrase
    /// The class that colors a part, and its name.
    package var parts: [(style: String, name: Phrase)]
    package var bars: [Bar]

    package init(_ title: Phrase, parts: [(style: String, name: Phrase)], bars: [Bar]) {
        (self.title, self.parts, self.bars) = (title, parts, bars)
    }

    private static let (left, top, width, height) = (44, 8, 900, 180)

    func html(_ parts: Components) -> HTML {
        let language = parts.language
        let total = bars.map { $0.counts.reduce(0, +) }
        let maximum = max(total.max() ?? 0, 1)
        let scale = Self.roundedUp(maximum)
        let drawn = bars.indices.map { bar(at: $0, of: scale, language) }
        let legend: [HTML] = self.parts.map { "<li class=\"\($0.style)\">\($0.name[language])</li>" }
        let grid = [0, scale / 2, scale].filter { $0 == 0 || scale > 1 || $0 == scale }.map {
            line(at: $0, of: scale, parts)
        }
        return """
            <figure><figcaption>\(title[language])</figcaption><div class="chart" tabindex="0" role="region" \
            aria-label="\(title[language])"><svg viewBox="0 0 960 \(Self.top + Self.height + 26)" role="img" \
            aria-label="\(title[language])">\(grid)\(drawn)\(labels(language))</svg></div>\
            <ul class="legend">\(legend)</ul>\(table(parts))</figure>
            """
    }

    private func line(at value: Int, of scale: Int, _ parts: Components) -> HTML {
        let y = Self.top + Self.height - value * Self.height / scale
        return """
            <line class="grid" x1="\(Self.left)" x2="\(Self.left + Self.width)" y1="\(y)" y2="\(y)"></line>\
            <text x="\(Self.left - 6)" y="\(y + 4)" text-anchor="end">\(parts.number(value))</text>
            """
    }

    private func edge(_ index: Int) -> Int { Self.left + index * Self.width / max(bars.count, 1) }

    private func bar(at index: Int, of scale: Int, _ language: Language) -> HTML {
        let bar = bars[index]
        let (from, to) = (edge(index), edge(index + 1))
        var below = 0
        var rects: [HTML] = []
        for (part, count) in zip(parts, bar.counts) where count > 0 {
            let low = below * Self.height / scale
            let high = max((below + count) * Self.height / scale, low + 1)
            rects.append(
                """
                <rect class="\(part.style)" x="\(from)" width="\(max(to - from - (to - from > 4 ? 1 : 0), 1))" \
                y="\(Self.top + Self.height - high)" height="\(high - low)"></rect>
                """)
            below += count
        }
        guard !rects.isEmpty else { return "" }
        let figures = zip(parts, bar.counts).filter { $0.1 > 0 }.map { "\($0.1) \($0.0.name[language])" }
        return "<g><title>\(bar.label[language]): \(figures.joined(separator: ", "))</title>\(rects)</g>"
    }

    private func labels(_ language: Language) -> HTML {
        let step = max((bars.count + 5) / 6, 1)
        return stride(from: 0, to: bars.count, by: step).reduce(into: "") { html, index in
            html += """
                <text x="\(edge(index))" y="\(Self.top + Self.height + 18)">\(bars[index].label[language])</text>
                """
        }
    }

    private func table(_ parts: Components) -> HTML {
        let columns: [(Phrase, Components.Align)] =
            [(Phrase("Time", "Hora"), .word)] + self.parts.map { ($0.name, .right) }
        let rows: [[HTML]] = bars.filter { $0.counts.contains { $0 > 0 } }.map { bar in
            [HTML(text: bar.label[parts.language])] + bar.counts.map { HTML(text: parts.number($0)) }
        }
        return """
            <details><summary>\(parts.text("The figures as a table", "Os números em tabela"))</summary>\
            \(parts.table(title, columns, rows))</details>
            """
    }

    /// 1, 2, 4, 10, 20, 40, 100 …: halves are whole.
    private static func roundedUp(_ maximum: Int) -> Int {
        var unit = 1
        while true {
            for step in [1, 2, 4] where step * unit >= maximum { return step * unit }
            unit *= 10
        }
    }
}
