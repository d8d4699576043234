import CampaignCore
import Markup

/// The do-not-call list: what is on it, and what puts numbers there or takes them off.
struct BlocksPage {
    let parts: Components

    private var language: Language { parts.language }
    private var mayChange: Bool { parts.request.visitor?.level == .operate }

    func html(_ list: BlockList) -> HTML {
        let what = Phrase(
            "Nobody on this list is called, however the number is written: it is one for all campaigns.",
            "Ninguém desta lista recebe ligações, seja como for que o número esteja escrito: ela vale para todas as "
                + "campanhas.")
        return "<p>\(what[language])</p>\(search())\(addition())\(table(list))"
    }

    private func search(_ number: String = "") -> HTML {
        guard mayChange else { return "" }
        let field = parts.field(Phrase("Find a number", "Buscar um número"), "phone", value: number, type: "search")
        return parts.search("/blocks", "\(field)<button>\(parts.text("Search", "Buscar"))</button>")
    }

    func found(_ entry: BlockList.Entry?, _ number: String) -> HTML {
        let all: HTML = "<p><a href=\"/blocks\">\(parts.text("The whole list", "A lista toda"))</a></p>"
        guard let entry else {
            let none = Phrase(
                "This number is not on the do-not-call list.", "Este número não está na lista de não ligar.")
            return "\(search(number))<p>\(none[language])</p>\(all)"
        }
        var list = BlockList()
        list.entries = [entry]
        return "\(search(number))\(table(list))\(all)"
    }

    // MARK: Adding

    private func addition(_ lines: [String] = [], reason: String = "") -> HTML {
        guard mayChange else { return "" }
        let numbers: [HTML] = lines.map { "\($0)\n" }
        let label = parts.text("Numbers, one a line", "Números, um por linha")
        let button = parts.text("Put on the list", "Pôr na lista")
        let field = parts.field(
            Phrase("Reason, for whoever reads the list", "Motivo, para quem ler a lista"), "reason", value: reason)
        let form = parts.form(
            "/blocks",
            """
            <p class="field"><label for="f-numbers">\(label)</label><textarea id="f-numbers" name="numbers" required>\
            \(numbers)</textarea></p>\(field)<button class="main">\(button)</button>
            """)
        return """
            <details\(attribute: "open", if: !lines.isEmpty)><summary>\(parts.text("Add numbers", "Acrescentar números"))\
            </summary>\(form)</details>
            """
    }

    /// Where some lines were no numbers.
    func correction(_ added: AddedBlocks, reason: String) -> HTML {
        let done: HTML? = added.done.map { "<p class=\"banner\">\($0[language])</p>" }
        let bad: [HTML] = added.bad.map { "<li>“\($0.written)”: \($0.why[language])</li>" }
        let still = Phrase(
            "These are not on the do-not-call list and may still be called. Correct them:",
            "Estes não estão na lista de não ligar e ainda podem receber ligações. Corrija:")
        let lines = added.bad.map(\.written)
        return """
            \(done)<div class="banner bad" role="alert"><p>\(still[language])</p><ul>\(bad)</ul></div>\
            \(addition(lines, reason: reason))<p><a href="/blocks">\(parts.text("The whole list", "A lista toda"))</a></p>
            """
    }

    // MARK: The list

    private func table(_ list: BlockList) -> HTML {
        guard !list.entries.isEmpty else {
            return "<p>\(parts.text("The do-not-call list is empty.", "A lista de não ligar está vazia."))</p>"
        }
        var columns: [(Phrase, Components.Align)] = [
            (Phrase("Phone", "Telefone"), .word), (Phrase("Since", "Desde"), .word),
            (Phrase("Reason", "Motivo"), .left),
        ]
        if mayChange { columns.append((Phrase("Take off", "Tirar"), .left)) }
        let rows: [[HTML]] = list.entries.map { entry in
            var row: [HTML] = [
                HTML(text: entry.phone), HTML(text: entry.since[language]), HTML(text: entry.reason[language]),
            ]
            guard mayChange else { return row }
            let path = entry.number.map { "/blocks/remove?phone=\(FormFields.encoded($0))" }
            row.append(path.map { parts.link(parts.text("take off…", "tirar…"), $0) } ?? "")
            return row
        }
        let caption = Phrase("Do-not-call list", "Lista de não ligar") + PeopleTable.zone(list.times)
        let next: HTML? = list.next.map { next in
            """
            <p class="actions"><a class="button" rel="next" href="/blocks?after=\(FormFields.encoded(next))">\
            \(parts.text("Next numbers", "Próximos números"))</a></p>
            """
        }
        return "\(parts.table(caption, columns, rows))\(next)"
    }

    // MARK: Removing

    /// - Parameter isAskedAgain: whether somebody wanted it who had not been shown all that speaks against it.
    func removal(_ removal: BlockRemoval, isAskedAgain: Bool = false) -> HTML {
        let warnings: [HTML] = removal.warnings.map { "<li>\($0[language])</li>" }
        let warning: HTML? =
            warnings.isEmpty ? nil : "<div class=\"banner bad\" role=\"alert\"><ul>\(warnings)</ul></div>"
        let what =
            Phrase("\(removal.phone) ", "\(removal.phone) ")
            + Phrase(
                "may be called again by every campaign that has it.",
                "pode voltar a receber ligações de toda campanha que o tenha.")
        let requeue: HTML? =
            removal.excluded.isEmpty
            ? nil
            : parts.checkbox(
                Phrase(
                    "Also put those contacts back, so that they are called",
                    "Também pôr esses contatos de volta na fila, para receberem a ligação"), "requeue")
        let more = Phrase(
            "It is still on the list: since the page was shown, the person has asked not to be called, or another number "
                + "of theirs has become known. Look again before you decide.",
            "Ele continua na lista: depois que a página foi mostrada, a pessoa pediu para não receber ligações, ou outro "
                + "número dela ficou conhecido. Veja de novo antes de decidir.")
        let again: HTML? = isAskedAgain ? "<p class=\"banner bad\" role=\"alert\">\(more[language])</p>" : nil
        let known: [HTML] = removal.known.fields.map { parts.hidden($0.name, $0.value) }
        let form = parts.form(
            "/blocks/remove",
            """
            \(parts.hidden("phone", removal.number))\(known)\(requeue)<button class="danger">\
            \(parts.text("Take off the list", "Tirar da lista"))</button>
            """)
        return """
            \(again)<p>\(what[language])</p>\(warning)\(excluded(removal))\(mayChange ? form : "")
            <p><a href="/blocks">\(parts.text("Back", "Voltar"))</a></p>
            """
    }

    private func excluded(_ removal: BlockRemoval) -> HTML {
        guard !removal.excluded.isEmpty else {
            let none = Phrase(
                "No contact has been excluded because of it.", "Nenhum contato foi excluído por causa dela.")
            return "<p>\(none[language])</p>"
        }
        return parts.table(
            Phrase(
                "Contacts that were excluded because of it, and stay so unless they are put back",
                "Contatos excluídos por causa dela, que continuam assim se não voltarem à fila"),
            [(Phrase("Campaign", "Campanha"), .left), (Phrase("Phones", "Telefones"), .left)],
            removal.excluded.map { [HTML(text: $0.campaign), HTML(text: $0.phones.joined(separator: ", "))] })
    }
}
