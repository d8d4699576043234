import CampaignCore
import Markup

/// What webhooks have said, and whether anything is heard of each instance.
package struct EventsSection: DashboardSection {
    private let source: any EventsSource

    package init(_ source: any EventsSource) { self.source = source }

    package var routes: [DashboardRoute] { [.page("/events") { try await events($0) }] }

    private func events(_ request: DashboardRequest) async throws -> Page {
        let query = EventsQuery(
            state: request.query.text("state"), instance: request.query.text("instance"),
            before: request.query.text("before").flatMap { Int64($0) })
        let list = try await source.events(query, for: Viewer(request))
        let page = EventsPage(Components(request), query)
        return Page(
            Phrase("Events", "Eventos"), at: .events,
            parts: [
                .live(id: "instances", page.instances(list)), .fixed(page.search(list)),
                // What somebody reads further back does not move.
                query.before == nil ? .live(id: "events", page.events(list)) : .fixed(page.events(list)),
            ])
    }
}

struct EventsPage {
    private let parts: Components
    private let query: EventsQuery

    init(_ parts: Components, _ query: EventsQuery) { (self.parts, self.query) = (parts, query) }

    private var language: Language { parts.language }

    // MARK: What is heard

    func instances(_ list: EventList) -> HTML {
        guard !list.instances.isEmpty else {
            let none = Phrase(
                "No instance has an address for webhooks yet: `discador webhooks set` gives it one.",
                "Nenhuma instância tem endereço de webhooks ainda: configure com `discador webhooks set`.")
            return "<p>\(none[language])</p>"
        }
        return "<div class=\"cards\">\(list.instances.map(instance))</div>"
    }

    private func instance(_ instance: EventList.Instance) -> HTML {
        let facts: [HTML] = instance.facts.map { "<li>\($0[language])</li>" }
        let problems: [HTML] = instance.problems.map { "<p class=\"banner bad\">\($0[language])</p>" }
        let rows: [[HTML]] = instance.totals.map {
            [HTML(text: $0.type), HTML(text: parts.number($0.events)), HTML(text: $0.lastAt[language])]
        }
        let caption = Phrase(
            "What \(instance.name) has sent, ever", "O que \(instance.name) já enviou")
        let totals: HTML? =
            rows.isEmpty
            ? nil
            : """
            <details><summary>\(parts.text("By kind", "Por tipo"))</summary>\(parts.table(
                caption,
                [
                    (Phrase("Kind", "Tipo"), .left), (Phrase("Events", "Eventos"), .right),
                    (Phrase("Last one", "Último"), .word),
                ], rows))</details>
            """
        return "<div class=\"card\"><h2>\(instance.name)</h2>\(problems)<ul>\(facts)</ul>\(totals)</div>"
    }

    // MARK: Events

    func search(_ list: EventList) -> HTML {
        var states: [(value: String, text: String)] = [("", parts.text("any", "qualquer"))]
        var instances = states
        states += list.states.map { ($0.value, $0.name[language]) }
        instances += list.instances.map { ($0.name, $0.name) }
        let state = parts.select(
            Phrase("What became of it", "O que se fez dele"), "state", states, chosen: query.state ?? "")
        let instance = parts.select(
            Phrase("Instance", "Instância"), "instance", instances, chosen: query.instance ?? "")
        return parts.search("/events", "\(state)\(instance)<button>\(parts.text("Show", "Mostrar"))</button>")
    }

    func events(_ list: EventList) -> HTML {
        guard !list.events.isEmpty else {
            let none = Phrase("No such event has come.", "Nenhum evento assim chegou.")
            return "<p>\(list.isCutShort ? "" : none[language])</p>\(end(list))"
        }
        var columns: [(Phrase, Components.Align)] = [
            (Phrase("When", "Quando"), .word), (Phrase("Instance", "Instância"), .left),
            (Phrase("Kind", "Tipo"), .left), (Phrase("What became of it", "O que se fez dele"), .left),
            (Phrase("Whose call", "Ligação para"), .left),
        ]
        let showsBodies = parts.request.seesPhones
        if showsBodies { columns.insert((Phrase("What it says", "O que diz"), .left), at: 3) }
        let rows: [[HTML]] = list.events.map { event in
            var row: [HTML] = [
                HTML(text: event.at[language]), HTML(text: event.instance), HTML(text: event.type),
                HTML(text: event.fate[language]), whose(event),
            ]
            if showsBodies { row.insert(HTML(text: event.says?[language] ?? ""), at: 3) }
            return row
        }
        let caption =
            Phrase("Events, the latest first", "Eventos, os mais recentes antes") + PeopleTable.zone(list.times)
        return "\(parts.table(caption, columns, rows))\(end(list))"
    }

    private func whose(_ event: EventList.Event) -> HTML {
        guard let campaign = event.campaign, let phone = event.phone, let key = event.key else { return "–" }
        let path = Components.path(campaign, "/people/\(FormFields.encoded(key))")
        return "\(parts.link(phone, path)) <span class=\"soft\">\(campaign)</span>"
    }

    private func end(_ list: EventList) -> HTML {
        guard let before = list.before else { return "" }
        var fields = FormFields()
        if let state = query.state { fields.append("state", state) }
        if let instance = query.instance { fields.append("instance", instance) }
        fields.append("before", "\(before)")
        let name =
            list.isCutShort ? parts.text("Search on", "Continuar a busca") : parts.text("Earlier ones", "Anteriores")
        return """
            <p class="actions"><a class="button" rel="next" href="/events?\(fields.encoded)">\(name)</a></p>
            """
    }
}
