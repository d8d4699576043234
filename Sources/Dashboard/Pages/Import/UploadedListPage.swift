import CampaignCore
import Markup

/// One list that was sent: how it is read, what an import would do, and what came of it.
struct UploadedListPage {
    private let request: DashboardRequest
    private let parts: Components
    private let campaign: String
    private let list: UploadedList

    init(_ request: DashboardRequest, _ campaign: String, _ list: UploadedList) {
        self.request = request
        self.campaign = campaign
        self.list = list
        parts = Components(request)
    }

    private var path: String { ImportSection.path(campaign, list.id) }

    var page: Page {
        // The fields are not part of what changes: whoever fills them in is not interrupted.
        let form = ListChoicesForm(parts, path, list).html
        let about: HTML = """
            <p><strong>\(list.name)</strong> <span class="soft">\(Self.size(list, parts)) · SHA-256 \
            <code>\(String(list.sha256.prefix(16)))…</code></span></p>
            """
        return Page(
            Phrase("Import", "Importar"), at: .campaign(.import), campaign: campaign,
            parts: [.fixed(about), .live(id: "list", stage)] + (form.map { [.fixed($0)] } ?? []))
    }

    static func size(_ list: UploadedList, _ parts: Components) -> String {
        guard list.bytes >= 1_024 else { return "\(list.bytes) B" }
        let kilobytes = list.bytes / 1_024
        return kilobytes < 10_240 ? "\(parts.number(kilobytes)) KB" : "\(parts.number(kilobytes / 1_024)) MB"
    }

    static func word(of stage: UploadedList.Stage) -> Phrase {
        switch stage {
        case .reading: Phrase("being read", "sendo lida")
        case .previewed: Phrase("ready to be imported", "pronta para importar")
        case .unreadable: Phrase("cannot be read like this", "não pode ser lida assim")
        case .importing: Phrase("being imported", "sendo importada")
        case .imported: Phrase("imported", "importada")
        case .failed: Phrase("not imported", "não importada")
        }
    }

    // MARK: What changes

    private var stage: HTML {
        switch list.stage {
        case .reading(let progress):
            underWay(
                Phrase("The list is being read; nothing is changed.", "A lista está sendo lida; nada é mudado."),
                progress)
        case .importing(let progress):
            underWay(Phrase("The list is being imported.", "A lista está sendo importada."), progress)
        case .unreadable(let problem, _):
            """
            <p class="banner bad" role="alert">\(problem[parts.language])</p><p class="soft">\(options)</p>\
            <div class="actions">\(differently)\(discard)</div>
            """
        case .previewed(let preview): self.preview(preview)
        case .imported(let result): imported(result)
        case .failed(let problem):
            """
            <p class="banner bad" role="alert">\(problem[parts.language]) \
            \(parts.text("Nothing was imported.", "Nada foi importado."))</p><div class="actions">\(differently)\
            \(discard)</div>
            """
        }
    }

    /// Problems of lists are told in the words of the command line.
    private var options: String {
        parts.text(
            "What begins with -- is an option of the command `discador import`; here it is a field.",
            "O que começa com -- é uma opção do comando `discador import`; aqui é um campo.")
    }

    private func underWay(_ sentence: Phrase, _ progress: Phrase) -> HTML {
        """
        <p class="banner" role="status">\(sentence[parts.language]) \(progress[parts.language])</p>\
        <p><a class="button" href="\(path)">\(parts.text("Refresh", "Atualizar"))</a></p>
        """
    }

    private func preview(_ preview: PreviewedList) -> HTML {
        let heading = Phrase("What an import would do", "O que a importação faria")
        let rows: [[HTML]] = preview.rows.map { row in
            let mark: HTML? = row.isLeftOut ? parts.badge(Phrase("left out", "de fora"), "warn") : nil
            let fate: HTML = "\(mark) \(row.fate[parts.language])"
            return [HTML(text: row.place[parts.language]), fate] + row.cells.map { HTML(text: $0) }
        }
        let heads: [(Phrase, Components.Align)] =
            [(Phrase("Row", "Linha"), Components.Align.word), (Phrase("What becomes of it", "O que acontece"), .left)]
            + preview.heads.map { (Phrase(verbatim: $0), .left) }
        let first = parts.table(Phrase("First rows, as they are read", "Primeiras linhas, como são lidas"), heads, rows)
        return """
            <p class="soft">\(preview.format[parts.language])</p>\(warnings(preview.result))\(first)\
            \(parts.section(heading, figures(preview.result)))<div class="actions">\(commit(preview.result))\
            \(differently)\(discard)</div>
            """
    }

    private func figures(_ result: ListResult) -> HTML {
        let tiles = parts.tiles([
            ("answered", result.added, Phrase("added", "incluídas")), ("", result.rows, Phrase("rows", "linhas")),
            ("", result.duplicates, Phrase("duplicates", "repetidas")),
            ("failed", result.rejected, Phrase("rejected", "rejeitadas")),
            ("", result.blank, Phrase("blank", "em branco")),
            ("doubt", result.blocked, Phrase("on the do-not-call list", "na lista de não ligar")),
        ])
        let lines: [HTML] = result.lines.map { "<li>\($0[parts.language])</li>" }
        let count = parts.language.counted(result.contacts, .contact)
        let contacts =
            result.importedAt == nil
            ? parts.text("The campaign would have \(count).", "A campanha teria \(count).")
            : parts.text("The campaign has \(count).", "A campanha tem \(count).")
        let list: HTML? = lines.isEmpty ? nil : "<ul>\(lines)</ul>"
        // The very same list as before is not read again: there is nothing to count.
        return "\(result.rows == 0 ? "" : tiles)\(list)<p>\(contacts)</p>"
    }

    private func warnings(_ result: ListResult) -> HTML {
        let warnings: [HTML] = result.warnings.map { warning in
            "<p class=\"banner warn\" role=\"alert\">\(warning[parts.language])</p>"
        }
        return "\(warnings)"
    }

    /// Names the file and the choices that are shown: if either is another one by then, nothing is imported.
    private func commit(_ result: ListResult) -> HTML? {
        guard result.isUsable, !(list.choices.isStrict && result.rejected > 0) else {
            let sentence =
                result.isUsable
                ? parts.text(
                    "Some rows are bad, and only a list without any was to be imported.",
                    "Há linhas ruins, e só uma lista sem nenhuma devia ser importada.")
                : parts.text("No row of this list can be used.", "Nenhuma linha desta lista pode ser usada.")
            return "<p class=\"banner bad\">\(sentence)</p>"
        }
        let count = result.added
        let name = Phrase(
            "Import \(Language.english.counted(count, .contact))",
            "Importar \(Language.portuguese.counted(count, .contact))")
        return parts.button(
            name, path + "/commit", fields: ["sha256": list.seen.sha256, "choices": list.seen.choices], class: "main")
    }

    private var discard: HTML { parts.button(Phrase("Discard the file", "Descartar o arquivo"), path + "/discard") }

    /// Another address than this page's own, so that it is loaded with its fields.
    private var differently: HTML {
        let text = parts.text("Read it differently…", "Ler de outro jeito…")
        return "<a class=\"button\" href=\"\(path)?change=1#reading\">\(text)</a>"
    }

    private func imported(_ result: ListResult) -> HTML {
        let done = parts.text(
            "The list was imported, and the file that was sent is removed.",
            "A lista foi importada, e o arquivo enviado foi removido.")
        let rejects: HTML? = result.importedAt.flatMap { moment in
            guard result.rejected > 0 else { return nil }
            let path = Components.path(campaign, "/import/rejects/\(moment.milliseconds)/file")
            let text = parts.text("Download the rejected rows", "Baixar as linhas rejeitadas")
            return "<a class=\"button\" href=\"\(path)\">\(text)</a>"
        }
        let next: HTML = """
            <div class="actions">\(rejects)<a class="button" href="\(Components.path(campaign, "/plan"))">\
            \(parts.text("Plan", "Plano"))</a><a class="button" href="\(Components.path(campaign))">\
            \(parts.text("To the campaign", "Para a campanha"))</a></div>
            """
        return """
            <p class="banner" role="status">\(done)</p>\(warnings(result))\
            \(parts.section(Phrase("What was imported", "O que foi importado"), figures(result)))\(next)
            """
    }
}
