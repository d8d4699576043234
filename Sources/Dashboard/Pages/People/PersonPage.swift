import CampaignCore
import Markup

/// What is known of one person, and what can be done.
struct PersonPage {
    let parts: Components
    let campaign: String

    func html(_ report: PersonReport) -> HTML {
        let language = parts.language
        let badge: HTML? = report.stateName.map { parts.badge($0, report.state?.tone ?? "") }
        let facts: [HTML] = report.facts.map { "<li>\($0[language])</li>" }
        let known: HTML? = facts.isEmpty ? nil : "<ul>\(facts)</ul>"
        let cells: [HTML] = report.cells.map { "<dt>\($0.column)</dt><dd>\($0.text)</dd>" }
        let remarks: [HTML] = report.remarks.map { "<li>\($0[language])</li>" }
        let list: HTML? = cells.isEmpty ? nil : parts.section(Phrase("In the list", "Na lista"), "<dl>\(cells)</dl>")
        let more: HTML? =
            remarks.isEmpty ? nil : parts.section(Phrase("See also", "Veja também"), "<ul>\(remarks)</ul>")
        let back = parts.text("All people", "Todas as pessoas")
        return """
            <p><b>\(report.phone)</b> \(badge)</p>
            \(known)\(actions(report))\(list)\(history(report))\(more)
            <p><a href="\(Components.path(campaign, "/people"))">\(back)</a></p>
            """
    }

    private func history(_ report: PersonReport) -> HTML {
        guard !report.history.isEmpty else { return "" }
        let rows: [[HTML]] = report.history.map {
            [HTML(text: $0.at[parts.language]), HTML(text: $0.what[parts.language])]
        }
        let table = parts.table(
            Phrase("What has happened", "O que aconteceu") + PeopleTable.zone(report.times),
            [(Phrase("When", "Quando"), .word), (Phrase("What", "O quê"), .left)], rows)
        return parts.section(Phrase("History", "Histórico"), table)
    }

    private func actions(_ report: PersonReport) -> HTML {
        guard parts.request.visitor?.level == .operate, let number = report.number else { return "" }
        var buttons: [HTML] = []
        let person = "/people/\(FormFields.encoded(report.key ?? number))"
        let doubts = Components.path(campaign, "/doubts")
        if report.acts.contains(.resolve) {
            let dialed = report.dialed.joined(separator: ",")
            buttons.append(
                parts.button(
                    Phrase("It rang", "Tocou"), doubts + "/resolve",
                    fields: [
                        "doubt": dialed, "as": "called", "back": Components.path(campaign, person),
                        Components.seenAtName: Components.text(seenAt: report.seenAt),
                    ]))
            var fields = FormFields()
            fields.append("doubt", dialed)
            fields.append("as", "not-called")
            buttons.append(link(Phrase("It did not ring…", "Não tocou…"), "\(doubts)/resolve?\(fields.encoded)"))
        }
        var query = PeopleQuery()
        query.phone = number
        if report.acts.contains(.retry) {
            let path = query.address(Components.path(campaign, "/people/retry"))
            buttons.append(link(Phrase("Call again…", "Ligar de novo…"), path))
        }
        if report.acts.contains(.block) {
            buttons.append(
                parts.button(
                    Phrase("Do not call", "Não ligar"), "/blocks",
                    fields: ["numbers": number, "back": Components.path(campaign, person)], class: "danger"))
        }
        if report.acts.contains(.unblock) {
            buttons.append(
                link(
                    Phrase("Take off the do-not-call list…", "Tirar da lista de não ligar…"),
                    "/blocks/remove?phone=\(FormFields.encoded(number))"))
        }
        return buttons.isEmpty ? "" : "<div class=\"actions\">\(buttons)</div>"
    }

    private func link(_ name: Phrase, _ path: String) -> HTML {
        "<a class=\"button\" href=\"\(path)\">\(name[parts.language])</a>"
    }
}
