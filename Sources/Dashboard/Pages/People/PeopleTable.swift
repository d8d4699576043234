import CampaignCore
import Markup

/// The people of a campaign as a table, with what chooses them.
struct PeopleTable {
    private let parts: Components
    private let campaign: String
    private let query: PeopleQuery
    private let path: String

    init(_ parts: Components, _ campaign: String, _ query: PeopleQuery) {
        (self.parts, self.campaign, self.query) = (parts, campaign, query)
        path = Components.path(campaign, "/people")
    }

    func html(_ list: PeopleList) -> HTML {
        "\(states(list))\(search(list))\(table(list))\(end(list))\(actions)"
    }

    // MARK: What chooses

    private func states(_ list: PeopleList) -> HTML {
        var links = [link(PeopleQuery(), Phrase("Everybody", "Todos"), nil)]
        links += list.states.compactMap { state in
            guard state.count != 0 else { return nil }
            var query = PeopleQuery()
            query.state = CallState(rawValue: state.value)
            return link(query, state.name, state.count)
        }
        var unanswered = PeopleQuery()
        unanswered.answer = .notAnswered
        links.append(link(unanswered, Phrase("did not answer", "não atenderam"), nil))
        let name = parts.text("People by state", "Pessoas por situação")
        return "<nav class=\"tabs\" aria-label=\"\(name)\"><ul>\(links)</ul></nav>"
    }

    private func link(_ other: PeopleQuery, _ name: Phrase, _ count: Int?) -> HTML {
        let isCurrent = other.address(path) == query.address(path)
        let current: HTML = isCurrent ? " aria-current=\"page\"" : ""
        let count: HTML? = count.map { " <b>\(parts.number($0))</b>" }
        return "<li><a href=\"\(other.address(path))\"\(current)>\(name[parts.language])\(count)</a></li>"
    }

    private func search(_ list: PeopleList) -> HTML {
        let text = parts.field(
            Phrase("Name, number or any text", "Nome, número ou qualquer texto"), "text", value: query.text ?? "",
            type: "search")
        let button = parts.text("Search", "Buscar")
        let any = parts.text("any", "qualquer")
        func select(_ name: Phrase, _ field: String, _ choices: [PeopleChoice], _ chosen: String?) -> HTML? {
            guard !choices.isEmpty || chosen != nil else { return nil }
            var options: [(value: String, text: String)] = [("", any)]
            options += choices.map { ($0.value, $0.name[parts.language]) }
            // Of an address that somebody has kept.
            if let chosen, !options.contains(where: { $0.value == chosen }) { options.append((chosen, chosen)) }
            return parts.select(name, field, options, chosen: chosen ?? "")
        }
        let selects = [
            select(Phrase("State", "Situação"), "state", list.states, query.state?.rawValue),
            select(Phrase("Reason", "Motivo"), "reason", list.reasons, query.reason),
            select(
                Phrase("Instance", "Instância"), "instance",
                list.instances.map { PeopleChoice($0, Phrase(verbatim: $0)) }, query.instance),
            select(Phrase("Answer", "Atendimento"), "answer", list.answers, query.answer?.rawValue),
            select(Phrase("Delivery", "Entrega"), "delivery", list.deliveries, query.delivery?.rawValue),
        ].compactMap(\.self)
        let expression = parts.request.seesPhones ? self.expression : nil
        let isOpen = query.instance != nil || query.delivery != nil || query.expression != nil || query.answer != nil
        let more = parts.text("More filters", "Mais filtros")
        return parts.search(
            path,
            """
            \(text)<button>\(button)</button>
            <details\(attribute: "open", if: isOpen || query.reason != nil)><summary>\(more)</summary>\
            <div class="fields">\(selects)\(expression)<button>\(button)</button></div></details>
            """)
    }

    private var expression: HTML {
        parts.field(
            Phrase("Expression, as after --where", "Expressão, como depois de --where"), "where",
            value: query.expression ?? "",
            hint: Phrase(
                "Such as: attempts > 1 and httpStatus = 422. `discador help filters` says more.",
                "Por exemplo: attempts > 1 and httpStatus = 422. `discador help filters` explica."))
    }

    // MARK: Who is chosen

    private func table(_ list: PeopleList) -> HTML {
        guard !list.people.isEmpty else {
            let nobody =
                list.isCutShort
                ? Phrase("Nobody among those looked at so far.", "Ninguém entre os que já foram vistos.")
                : query.isAll
                    ? Phrase("Nobody has been imported yet.", "Ninguém foi importado ainda.")
                    : Phrase("Nobody is like this.", "Não há ninguém assim.")
            return "<p>\(nobody[parts.language])</p>"
        }
        return Self.table(parts, campaign, list.people, Phrase("People", "Pessoas") + Self.zone(list.times))
    }

    /// In a caption, after what is in the table.
    static func zone(_ times: Phrase) -> Phrase { Phrase(verbatim: " · ") + times }

    static func table(
        _ parts: Components, _ campaign: String, _ people: [PeopleList.Person], _ caption: Phrase
    ) -> HTML {
        let path = Components.path(campaign, "/people")
        let language = parts.language
        let rows: [[HTML]] = people.map { person in
            let name = person.name.isEmpty ? parts.text("no name", "sem nome") : person.name
            return [
                parts.link(name, "\(path)/\(FormFields.encoded(person.key))"), HTML(text: person.phone),
                parts.badge(person.stateName, person.state.tone), HTML(text: person.reason?[language] ?? ""),
                "\(person.attempts)", HTML(text: person.lastCall?[language] ?? "–"),
                HTML(text: person.answer?[language] ?? ""), HTML(text: person.next[language]),
            ]
        }
        return parts.table(
            caption,
            [
                (Phrase("Name", "Nome"), .left), (Phrase("Phone", "Telefone"), .word),
                (Phrase("State", "Situação"), .word), (Phrase("Reason", "Motivo"), .left),
                (Phrase("Calls", "Ligações"), .right), (Phrase("Last call", "Última ligação"), .word),
                (Phrase("Answer", "Atendimento"), .word), (Phrase("Who decides", "Quem decide"), .left),
            ], rows)
    }

    private func end(_ list: PeopleList) -> HTML {
        guard let next = list.next else { return "" }
        let name =
            list.isCutShort
            ? Phrase("Search on", "Continuar a busca") : Phrase("Next people", "Próximas pessoas")
        let part = parts.text(
            "So far only a part of the campaign was searched.", "Até aqui só uma parte da campanha foi vista.")
        let why: HTML? = list.isCutShort ? "<span class=\"soft\">\(part)</span>" : nil
        return """
            <p class="actions"><a class="button" rel="next" href="\(query.address(path, after: next))">\
            \(name[parts.language])</a> \(why)</p>
            """
    }

    /// What is most often wanted, without choosing first.
    private var usual: HTML {
        var failed = PeopleQuery()
        failed.state = .failed
        let (first, second) = (PeopleQuery.callBack.address(path + "/retry"), failed.address(path + "/retry"))
        return """
            <section><h2>\(parts.text("Call again", "Ligar de novo"))</h2><p class="actions">\
            <a class="button" href="\(first)">\(parts.text("Who did not answer…", "Quem não atendeu…"))</a> \
            <a class="button" href="\(second)">\(parts.text("Whose call failed…", "As que falharam…"))</a></p></section>
            """
    }

    /// What can be done about everybody who is chosen, also on other pages.
    private var actions: HTML {
        guard parts.request.visitor?.level == .operate else { return "" }
        guard !query.isAll else { return usual }
        let (retry, block) = (query.address(path + "/retry"), query.address(path + "/block"))
        let all = Phrase(
            "For everybody who is like this, also on other pages. Both show first whom they concern.",
            "Para todas as pessoas assim, também de outras páginas. As duas mostram antes quem são.")
        return """
            <section><h2>\(parts.text("All of these", "Todas estas"))</h2><p class="soft">\(all[parts.language])</p>\
            <p class="actions"><a class="button" href="\(retry)">\(parts.text("Call again…", "Ligar de novo…"))</a> \
            <a class="button" href="\(block)">\
            \(parts.text("Do not call…", "Não ligar…"))</a></p></section>
            """
    }
}

extension CallState {
    /// How a badge with the state looks.
    var tone: String {
        switch self {
        case .accepted: "good"
        case .inDoubt: "warn"
        case .failed: "bad"
        case .ready, .dialing, .excluded: ""
        }
    }
}
