import CampaignCore
import Markup

/// The doubts of a campaign, by reason and one by one.
struct DoubtsTable {
    private let parts: Components
    private let campaign: String
    private let query: DoubtsQuery
    private let path: String

    init(_ parts: Components, _ campaign: String, _ query: DoubtsQuery) {
        (self.parts, self.campaign, self.query) = (parts, campaign, query)
        path = Components.path(campaign, "/doubts")
    }

    private var language: Language { parts.language }
    private var mayResolve: Bool { parts.request.visitor?.level == .operate }

    func html(_ list: DoubtList) -> HTML {
        guard list.total > 0 else {
            let none = Phrase("No call is in doubt.", "Nenhuma ligação está em dúvida.")
            return "<p>\(none[language])</p>\(underWay(list))"
        }
        let what = Phrase(
            "These calls may have rung, and it is not known whether they did: they are not dialed again until somebody says "
                + "so. Whoever heard the phone ring would be called twice.",
            "Estas ligações podem ter tocado, e não se sabe se tocaram: ninguém recebe outra ligação até que alguém decida. "
                + "Quem ouviu o telefone tocar receberia a ligação duas vezes.")
        return "<p>\(what[language])</p>\(underWay(list))\(groups(list))\(doubts(list))"
    }

    private func underWay(_ list: DoubtList) -> HTML? {
        guard list.dialing > 0 else { return nil }
        let text =
            Phrase.counted(list.dialing, .call)
            + Phrase(
                " under way, or interrupted: the next run finds out which.",
                " em andamento, ou interrompida: a próxima execução descobre qual dos dois.")
        return "<p class=\"soft\">\(text[language])</p>"
    }

    // MARK: By reason

    private func groups(_ list: DoubtList) -> HTML {
        let rows: [[HTML]] = list.groups.map { group in
            var row: [HTML] = [
                link(group.name[language], reason: group.reason), HTML(text: parts.number(group.count)),
                HTML(text: group.howFar[language]),
            ]
            if mayResolve { row.append(resolving(group.reason)) }
            return row
        }
        var columns: [(Phrase, Components.Align)] = [
            (Phrase("Reason", "Motivo"), .left), (Phrase("Calls", "Ligações"), .right),
            (Phrase("How far the request got", "Até onde o pedido chegou"), .left),
        ]
        if mayResolve { columns.append((Phrase("All of them", "Todas"), .left)) }
        let partly =
            list.isPartlyCounted
            ? Phrase(" (of the first ones)", " (das primeiras)") : Phrase(verbatim: "")
        return parts.table(Phrase("Doubts by reason", "Dúvidas por motivo") + partly, columns, rows)
    }

    private func link(_ text: String, reason: String?) -> HTML {
        let isCurrent: HTML = reason == query.reason ? " aria-current=\"true\"" : ""
        return "<a href=\"\(address(reason: reason))\"\(isCurrent)>\(text)</a>"
    }

    private func address(reason: String?, after: String? = nil) -> String {
        var fields = FormFields()
        if let reason { fields.append("reason", reason) }
        if let after { fields.append("after", after) }
        return fields.fields.isEmpty ? path : "\(path)?\(fields.encoded)"
    }

    private func resolving(_ reason: String) -> HTML {
        func address(_ resolution: DoubtResolution) -> String {
            var fields = FormFields()
            fields.append("reason", reason)
            fields.append("as", resolution.rawValue)
            return "\(path)/resolve?\(fields.encoded)"
        }
        let rang = parts.text("they rang…", "tocaram…")
        let silent = parts.text("they did not ring…", "não tocaram…")
        return """
            <a href="\(address(.called))">\(rang)</a> · <a href="\(address(.notCalled))">\(silent)</a>
            """
    }

    // MARK: One by one

    private func doubts(_ list: DoubtList) -> HTML {
        let rows = list.doubts.map(row)
        var columns: [(Phrase, Components.Align)] = [
            (Phrase("Name", "Nome"), .left), (Phrase("Phone", "Telefone"), .word), (Phrase("Reason", "Motivo"), .left),
            (Phrase("Call", "Ligação"), .left),
            (Phrase("What speaks for it or against", "O que indica se tocou"), .left),
        ]
        if mayResolve { columns.insert((Phrase("Choose", "Escolher"), .left), at: 0) }
        let every = link(parts.text("Doubts of all reasons", "Dúvidas de todos os motivos"), reason: nil)
        let all: HTML? = query.reason == nil ? nil : "<p>\(every)</p>"
        guard !rows.isEmpty else {
            let none = Phrase("None has this reason.", "Nenhuma tem este motivo.")
            return "<p>\(list.isCutShort ? "" : none[language])</p>\(all)\(end(list))"
        }
        let table = parts.table(
            Phrase("Doubts", "Dúvidas") + PeopleTable.zone(list.times), columns, rows)
        guard mayResolve else { return "\(all)\(table)\(end(list))" }
        let buttons: HTML = """
            <p class="actions">\(parts.text("Of those that are chosen:", "Das escolhidas:")) \
            <button name="as" value="called">\(parts.text("They rang", "Tocaram"))</button> \
            <button name="as" value="not-called">\(parts.text("They did not ring…", "Não tocaram…"))</button></p>
            """
        let hidden: [HTML] = [parts.hidden("back", address(reason: query.reason)), parts.seenAt(list.seenAt)]
        return "\(all)\(parts.form(path + "/resolve", "\(hidden)\(table)\(buttons)"))\(end(list))"
    }

    private func row(_ doubt: DoubtList.Doubt) -> [HTML] {
        let person = doubt.person
        let name = person.name.isEmpty ? parts.text("no name", "sem nome") : person.name
        let evidence: [HTML] = doubt.evidence.map { "<li>\($0[language])</li>" }
        var row: [HTML] = [
            parts.link(name, Components.path(campaign, "/people/\(FormFields.encoded(person.key))")),
            HTML(text: person.phone), HTML(text: person.reason?[language] ?? ""),
            HTML(text: doubt.facts.map { $0[language] }.joined(separator: ", ")),
            evidence.isEmpty
                ? HTML(text: parts.text("nothing is known", "nada se sabe")) : "<ul>\(evidence)</ul>",
        ]
        if mayResolve {
            let label = "\(parts.text("choose", "escolher")) \(person.phone)"
            let value = doubt.dialed.joined(separator: " ")
            row.insert(
                "<input type=\"checkbox\" name=\"doubt\" value=\"\(value)\" aria-label=\"\(label)\">", at: 0)
        }
        return row
    }

    private func end(_ list: DoubtList) -> HTML {
        guard let next = list.next else { return "" }
        let name =
            list.isCutShort
            ? parts.text("Search on", "Continuar a busca") : parts.text("Next doubts", "Próximas dúvidas")
        return """
            <p class="actions"><a class="button" rel="next" href="\(address(reason: query.reason, after: next))">\
            \(name)</a></p>
            """
    }
}

/// Asks before doubts are resolved together, or as not called.
struct DoubtsQuestion {
    let parts: Components
    let campaign: String
    let resolution: DoubtResolution

    func html(_ overview: DoubtsOverview) -> HTML {
        let path = Components.path(campaign, "/doubts")
        let back: HTML = "<p><a href=\"\(path)\">\(parts.text("Back", "Voltar"))</a></p>"
        guard overview.count > 0 else {
            let none = Phrase("None of them is in doubt now.", "Nenhuma delas está em dúvida agora.")
            return "<p>\(none[parts.language])</p>\(back)"
        }
        let table = PeopleTable.table(
            parts, campaign, overview.first,
            Phrase("The first of them", "As primeiras") + PeopleTable.zone(overview.times))
        let more: HTML? = overview.isMore ? "<p class=\"banner warn\">\(self.more(overview))</p>" : nil
        return "\(explanation(overview))\(more)\(table)\(form(overview, path))\(back)"
    }

    private func explanation(_ overview: DoubtsOverview) -> HTML {
        switch resolution {
        case .notCalled: return "<p class=\"banner bad\" role=\"alert\">\(overview.warning[parts.language])</p>"
        case .called:
            let text =
                Phrase.counted(overview.count, .call)
                + Phrase(
                    " would count as having rung: these people are not called again.",
                    overview.count == 1
                        ? " passaria a valer como feita: a pessoa não recebe outra."
                        : " passariam a valer como feitas: estas pessoas não recebem outra.")
            return "<p>\(text[parts.language])</p>"
        }
    }

    private func more(_ overview: DoubtsOverview) -> String {
        Phrase(
            "There are more: only these \(overview.count) are resolved now. Repeat it for the rest.",
            "Há mais: só estas \(overview.count) são resolvidas agora. Repita para as outras.")[parts.language]
    }

    private func form(_ overview: DoubtsOverview, _ path: String) -> HTML {
        guard parts.request.visitor?.level == .operate else { return "" }
        let name =
            switch resolution {
            case .called: Phrase("They rang", "Tocaram")
            case .notCalled:
                Phrase(
                    "I am sure that none of them rang: dial them again",
                    "Tenho certeza de que nenhuma tocou: ligar de novo")
            }
        let fields: [HTML] = [
            parts.hidden("doubt", overview.numbers.joined(separator: " ")),
            parts.hidden("as", resolution.rawValue), parts.hidden("sure", "yes"),
            parts.seenAt(overview.seenAt),
        ]
        let style = resolution == .notCalled ? "danger" : "main"
        return parts.form(path + "/resolve", "\(fields)<button class=\"\(style)\">\(name[parts.language])</button>")
    }
}
