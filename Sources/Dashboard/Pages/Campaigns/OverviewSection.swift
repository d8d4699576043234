import CampaignCore
import Markup

/// The first page: a card a campaign, a row an instance, and what needs somebody.
package struct OverviewSection: DashboardSection {
    private let source: any CampaignSource

    package init(_ source: any CampaignSource) { self.source = source }

    package var routes: [DashboardRoute] {
        [.page("/") { try await page($0) }]
    }

    private func page(_ request: DashboardRequest) async throws -> Page {
        let overview = try await source.overview(zone: request.timeZone)
        let parts = Components(request)
        let alarms: [HTML] = overview.alarms.map {
            "<p class=\"banner bad\" role=\"alert\">\($0[request.language])</p>"
        }
        let cards = overview.campaigns.map { card($0, parts) }
        let begin = parts.text(
            "No campaign yet: the first one begins in a terminal, with",
            "Nenhuma campanha ainda: a primeira começa num terminal, com")
        let none: HTML = "<p>\(begin) <code>discador import</code>.</p>"
        let new: HTML =
            request.visitor?.level == .operate
            ? """
            <p class="actions"><a class="button" href="/campaigns/new">\
            \(parts.text("New campaign", "Nova campanha"))</a></p>
            """ : ""
        return Page(
            Phrase("Overview", "Visão geral"), at: .overview,
            parts: [
                .live(id: "alarms", alarms.reduce("", +)),
                .live(id: "cards", overview.campaigns.isEmpty ? none : "<div class=\"cards\">\(cards)</div>"),
                .fixed(new),
                .live(id: "instances", InstanceTable.html(overview.instances, parts)),
                .fixed("<p class=\"soft\">\(overview.zone[request.language])</p>"),
            ])
    }

    private func card(_ card: CampaignCard, _ parts: Components) -> HTML {
        let language = parts.language
        let done = Phrase(
            "\(parts.number(card.counts.finished)) of \(parts.number(card.counts.total)) done",
            "\(parts.number(card.counts.finished)) de \(parts.number(card.counts.total)) concluídos")
        var facts: [HTML] = [HTML(text: done[language])]
        if card.answered + card.notAnswered > 0 {
            let answered = Phrase("\(card.answered) answered", "\(card.answered) atenderam")
            facts.append(HTML(text: answered[language]))
        }
        if card.counts.inDoubt > 0 {
            let doubts = Phrase("\(card.counts.inDoubt) in doubt", "\(card.counts.inDoubt) em dúvida")
            facts.append(parts.link(doubts[language], Components.path(card.name, "/doubts")))
        }
        if card.repliesWaiting > 0 {
            facts.append(parts.link(Phrase.repliesToDecide(card.repliesWaiting)[language], "/replies"))
        }
        if let last = card.lastCall {
            facts.append("\(parts.text("last call", "última ligação")) \(last[language])")
        }
        let separated = facts.dropFirst().reduce(facts.first ?? "") { $0 + " · " + $1 }
        return """
            <article class="card"><h2>\(parts.link(card.name, Components.path(card.name))) \
            \(parts.badge(card.state, card.tone))</h2>\
            \(parts.progress(card.counts.finished, of: card.counts.total, done))\
            <p class="why">\(card.why[language])</p><p class="soft">\(separated)</p></article>
            """
    }
}

extension Phrase {
    /// `3 replies to decide`.
    static func repliesToDecide(_ count: Int) -> Phrase {
        count == 1
            ? Phrase("1 reply to decide", "1 resposta a decidir")
            : Phrase("\(count) replies to decide", "\(count) respostas a decidir")
    }
}

/// The instances in rows.
enum InstanceTable {
    static func html(_ instances: [InstanceLine], _ parts: Components) -> HTML {
        guard !instances.isEmpty else { return "" }
        let language = parts.language
        let rows: [[HTML]] = instances.map { instance in
            let detail: HTML? = instance.detail.map { "<br><small>\($0[language])</small>" }
            return [
                HTML(text: instance.name), "\(parts.badge(instance.state, instance.tone))\(detail)",
                HTML(text: instance.next?[language] ?? "–"), HTML(text: instance.today[language]),
                HTML(text: instance.campaigns.joined(separator: ", ")),
            ]
        }
        return parts.section(
            Phrase("Instances", "Instâncias"),
            parts.table(
                Phrase("WhatsApp numbers that call", "Números de WhatsApp que ligam"),
                [
                    (Phrase("Instance", "Instância"), .left), (Phrase("Health", "Estado"), .left),
                    (Phrase("Next call from", "Próxima ligação a partir de"), .word),
                    (Phrase("Today", "Hoje"), .left), (Phrase("Campaigns", "Campanhas"), .left),
                ], rows))
    }
}
