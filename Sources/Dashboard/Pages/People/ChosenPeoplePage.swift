import CampaignCore
import Markup

/// Shows people before something is done about all of them.
struct ChosenPeoplePage {
    private let parts: Components
    private let campaign: String
    private let query: PeopleQuery
    private let path: String

    init(_ parts: Components, _ campaign: String, _ query: PeopleQuery) {
        (self.parts, self.campaign, self.query) = (parts, campaign, query)
        path = Components.path(campaign, "/people")
    }

    func retry(_ chosen: ChosenPeople) -> HTML {
        guard chosen.count > 0 || chosen.isCutShort else {
            let none = Phrase("None of them can be called again.", "Nenhuma delas pode receber outra ligação.")
            return "<p>\(none[parts.language])</p>\(groups(chosen))\(back)"
        }
        let what = Phrase(
            "They go back to waiting and start over with all their attempts. Their earlier calls stay in the reports.",
            "Voltam a aguardar e começam de novo, com todas as tentativas. As ligações anteriores ficam nos relatórios."
        )
        let button =
            chosen.isCutShort
            ? Phrase("Call all of them again", "Ligar de novo para todas")
            : Phrase("Call ", "Ligar de novo para ") + .counted(chosen.count, .person) + Phrase(" again", "")
        return """
            <p>\(what[parts.language])</p>\(partly(chosen))\(groups(chosen))\(first(chosen))\
            \(form("/retry", chosen, "<button class=\"main\">\(button[parts.language])</button>"))\(back)
            """
    }

    func block(_ chosen: ChosenPeople) -> HTML {
        guard chosen.count > 0 else {
            let none =
                chosen.isCutShort
                ? Phrase(
                    "Nobody among those looked at: choose more narrowly.",
                    "Ninguém entre os que foram vistos: escolha com mais precisão.")
                : Phrase("Nobody is like this.", "Não há ninguém assim.")
            return "<p>\(none[parts.language])</p>\(back)"
        }
        let what = Phrase(
            "They go on the do-not-call list: no campaign calls them, not even with a call that is about to be placed.",
            "Entram na lista de não ligar: nenhuma campanha liga para elas, nem com uma ligação que está para sair.")
        let button =
            Phrase("Put ", "Pôr ") + .counted(chosen.count, .person)
            + Phrase(" on the do-not-call list", " na lista de não ligar")
        let reason = parts.field(
            Phrase("Reason, for whoever reads the list", "Motivo, para quem ler a lista"), "because")
        return """
            <p>\(what[parts.language])</p>\(onlyFirst(chosen))\(groups(chosen))\(first(chosen))\
            \(form("/block", chosen, "\(reason)<button class=\"danger\">\(button[parts.language])</button>"))\(back)
            """
    }

    private func form(_ end: String, _ chosen: ChosenPeople, _ content: HTML) -> HTML {
        guard parts.request.visitor?.level == .operate else { return "" }
        let fields = query.values.map { parts.hidden($0.name, $0.value) }
        return parts.form(path + end, "\(fields)\(parts.seenAt(chosen.seenAt))\(content)")
    }

    private func partly(_ chosen: ChosenPeople) -> HTML? {
        guard chosen.isCutShort else { return nil }
        let text = Phrase(
            "There are too many to be counted here: these are the figures of the first ones. All that match are meant.",
            "São gente demais para contar aqui: estes são os números dos primeiros. Valem todos os que correspondem.")
        return "<p class=\"banner warn\">\(text[parts.language])</p>"
    }

    private func onlyFirst(_ chosen: ChosenPeople) -> HTML? {
        guard chosen.isCutShort else { return nil }
        let text = Phrase(
            "There are more: only these are put on the list now. Repeat it for the rest, or use `discador block import`.",
            "Há mais: só estas entram na lista agora. Repita para as outras, ou use `discador block import`.")
        return "<p class=\"banner warn\">\(text[parts.language])</p>"
    }

    private func groups(_ chosen: ChosenPeople) -> HTML {
        guard !chosen.groups.isEmpty else { return "" }
        return parts.table(
            Phrase("Who matches", "Quem corresponde"),
            [
                (Phrase("State", "Situação"), .left), (Phrase("People", "Pessoas"), .right),
                (Phrase("Stays as it is, because", "Fica como está, porque"), .left),
            ],
            chosen.groups.map {
                [
                    HTML(text: $0.name[parts.language]), HTML(text: parts.number($0.count)),
                    HTML(text: $0.stays?[parts.language] ?? ""),
                ]
            })
    }

    private func first(_ chosen: ChosenPeople) -> HTML {
        guard !chosen.first.isEmpty else { return "" }
        let caption = Phrase("The first of them", "As primeiras") + PeopleTable.zone(chosen.times)
        return PeopleTable.table(parts, campaign, chosen.first, caption)
    }

    private var back: HTML {
        let address =
            query.phone.map { "\(path)/\(FormFields.encoded($0))" } ?? query.address(path)
        return "<p><a href=\"\(address)\">\(parts.text("Back", "Voltar"))</a></p>"
    }
}
