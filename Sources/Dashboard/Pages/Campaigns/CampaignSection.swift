import CampaignCore
import Markup

/// A campaign as it goes on, and what can be done with it as a whole.
package struct CampaignSection: DashboardSection {
    private let source: any CampaignSource
    private let steering: any CampaignSteering

    package init(_ source: any CampaignSource, _ steering: any CampaignSteering) {
        (self.source, self.steering) = (source, steering)
    }

    package var routes: [DashboardRoute] {
        let actions: [(String, @Sendable (DashboardRequest, String) async throws -> Phrase)] = [
            ("start", { try await steering.start($1, canary: try canary($0), by: $0.actor) }),
            ("stop", { try await steering.stop($1, by: $0.actor) }),
            ("pause", { try await steering.pause($1, by: $0.actor) }),
            ("resume", { try await steering.resume($1, by: $0.actor) }),
            ("cancel", { try await steering.cancel($1, by: $0.actor) }),
        ]
        let posts = actions.map { word, perform in
            DashboardRoute.action("/campaigns/:campaign/\(word)") { request in
                let name = request[parameter: "campaign"]
                return .redirect(to: Components.path(name), notice: try await perform(request, name))
            }
        }
        return posts + [
            .page("/campaigns/:campaign") { try await page($0) },
            .page("/campaigns/:campaign/cancel") { try await cancelPage($0) },
        ]
    }

    private func canary(_ request: DashboardRequest) throws -> Int? {
        guard let text = request.form.text("canary") else { return nil }
        guard let count = Int(text), (1...10_000).contains(count) else {
            throw DashboardError.invalid(
                Phrase(
                    "The number of first calls is a whole number from 1 to 10,000, not “\(text)”.",
                    "O número de primeiras ligações é inteiro, de 1 a 10.000, e não “\(text)”."))
        }
        return count
    }

    private func page(_ request: DashboardRequest) async throws -> Page {
        let name = request[parameter: "campaign"]
        let view = try await source.campaign(name, zone: request.timeZone)
        let parts = Components(request)
        return Page(
            Phrase(verbatim: name), at: .campaign(.overview), campaign: name,
            parts: [
                .live(id: "alarms", alarms(view, parts)),
                .live(id: "now", now(view, parts)),
                .live(id: "actions", actions(view, parts)),
                .fixed(canaryForm(view, parts)),
                .live(id: "chart", view.chart.map { chart in "<section>\(chart.html(parts))</section>" as HTML } ?? ""),
                .live(id: "problems", problems(view, parts)),
                .live(id: "instances", InstanceTable.html(view.instances, parts)),
                .fixed("<p class=\"soft\">\(view.zone[request.language])</p>"),
            ])
    }

    private func alarms(_ view: CampaignView, _ parts: Components) -> HTML {
        view.alarms.reduce("") { $0 + "<p class=\"banner bad\" role=\"alert\">\($1[parts.language])</p>" }
    }

    private func now(_ view: CampaignView, _ parts: Components) -> HTML {
        let (card, language) = (view.card, parts.language)
        let counts = card.counts
        let tiles: [(String, Int, Phrase)] = [
            ("", counts.ready, Phrase("waiting", "aguardando")),
            ("", counts.dialing, Phrase("under way", "em andamento")),
            ("accepted", counts.accepted, Phrase("accepted", "aceitas")),
            ("answered", card.answered, Phrase("answered", "atendidas")),
            ("failed", counts.failed, Phrase("failed", "falharam")),
            ("doubt", counts.inDoubt, Phrase("in doubt", "em dúvida")),
            ("", counts.excluded, Phrase("excluded", "excluídas")),
        ]
        let happened: HTML =
            view.happened.isEmpty ? "" : "<p>\(view.happened.joined(separator: " · ")[language])</p>"
        let details: [HTML] = view.details.map { "<p class=\"soft\">\($0[language])</p>" }
        let done = Phrase("finished", "concluídos")
        return """
            <p>\(parts.badge(card.state, card.tone)) <span class="why">\(card.why[language])</span></p>
            \(parts.progress(counts.finished, of: counts.total, done))
            <p class="soft">\(parts.number(counts.finished)) / \(parts.number(counts.total))</p>
            \(parts.tiles(tiles))\(happened)\(details)
            """
    }

    private func actions(_ view: CampaignView, _ parts: Components) -> HTML {
        guard parts.request.visitor?.level == .operate else { return "" }
        let name = view.card.name
        let people = Components.path(name, "/people")
        var buttons: [HTML] = []
        func add(_ action: CampaignAction, _ text: Phrase, _ style: String) {
            guard view.actions.contains(action) else { return }
            buttons.append(parts.button(text, Components.path(name, "/\(action.rawValue)"), class: style))
        }
        add(.start, Phrase("Start calling", "Começar a ligar"), "main")
        add(.resume, Phrase("Resume", "Retomar"), "main")
        add(.pause, Phrase("Pause", "Pausar"), "main")
        add(.stop, Phrase("Stop this run", "Parar esta execução"), "")
        if view.card.notAnswered > 0 {
            let text = parts.text("Call back who did not answer", "Ligar de novo para quem não atendeu")
            let address = PeopleQuery.callBack.address(people + "/retry")
            buttons.append("<a class=\"button\" href=\"\(address)\">\(text)</a>")
        }
        if view.actions.contains(.cancel) {
            let text = parts.text("Cancel …", "Cancelar …")
            buttons.append("<a class=\"button\" href=\"\(Components.path(name, "/cancel"))\">\(text)</a>")
        }
        return "<div class=\"actions\">\(buttons)</div>"
    }

    /// With a field, so that it is not live.
    private func canaryForm(_ view: CampaignView, _ parts: Components) -> HTML {
        guard parts.request.visitor?.level == .operate, view.actions.contains(.canary) else { return "" }
        let field = parts.field(
            Phrase("First calls", "Primeiras ligações"), "canary", value: "20", type: "number",
            hint: Phrase(
                "The rest follows only if these went well.", "O resto só segue se estas derem certo."))
        return """
            <details><summary>\(parts.text("Start with a canary", "Começar com um teste"))</summary>\
            \(parts.form(Components.path(view.card.name, "/start"), class: "fields", """
                \(field)<p><button>\(parts.text("Place the first calls", "Fazer as primeiras ligações"))</button></p>
                """))</details>
            """
    }

    private func problems(_ view: CampaignView, _ parts: Components) -> HTML {
        guard !view.problems.isEmpty else { return "" }
        let language = parts.language
        let rows: [[HTML]] = view.problems.map { group in
            let people = Components.path(view.card.name, "/people") + "?where=" + FormFields.encoded(group.filter)
            let remedy: HTML? = group.remedy.map { "<br><small>\($0[language])</small>" }
            return [
                HTML(text: parts.number(group.contacts)), HTML(text: group.state[language]),
                "\(parts.link(group.reason[language], people))\(remedy)",
            ]
        }
        let asOf: HTML? = view.problemsAsOf.map { "<p class=\"soft\">\($0[language])</p>" }
        return parts.section(
            Phrase("Who was not reached, and why", "Quem não foi alcançado, e por quê"),
            """
            \(parts.table(
                Phrase("Each reason leads to its people", "Cada motivo leva às suas pessoas"),
                [
                    (Phrase("People", "Pessoas"), .right), (Phrase("State", "Situação"), .word),
                    (Phrase("Reason and remedy", "Motivo e solução"), .left),
                ], rows))\(asOf)
            """)
    }

    private func cancelPage(_ request: DashboardRequest) async throws -> Page {
        let name = request[parameter: "campaign"]
        let view = try await source.campaign(name, zone: request.timeZone)
        let parts = Components(request)
        let waiting = view.card.counts.ready
        let question = Phrase(
            "\(parts.number(waiting)) \(waiting == 1 ? "contact" : "contacts") that would still be called will be excluded, "
                + "and its run ends. Calls under way are waited for. It can be undone: the people with the reason "
                + "“cancelled” can be put back.",
            "\(parts.number(waiting)) \(waiting == 1 ? "contato que ainda receberia" : "contatos que ainda receberiam") "
                + "ligação \(waiting == 1 ? "será excluído" : "serão excluídos"), e a execução termina. As ligações em "
                + "andamento são esperadas. Dá para desfazer: as pessoas com o motivo “cancelled” podem voltar à fila.")
        let button = parts.button(
            Phrase("Cancel the campaign", "Cancelar a campanha"), Components.path(name, "/cancel"), class: "danger")
        return Page(
            Phrase("Cancel", "Cancelar"), at: .campaign(.overview), campaign: name,
            """
            <section><p>\(question[request.language])</p><div class="actions">\(button)\
            <a class="button" href="\(Components.path(name))">\(parts.text("Go back", "Voltar"))</a></div></section>
            """)
    }
}
