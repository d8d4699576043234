import CampaignCore
import Markup

/// What a campaign has got from lists, and where another one is sent from.
struct ImportOverviewPage {
    private let request: DashboardRequest
    private let parts: Components
    private let campaign: String
    private let overview: ImportOverview

    init(_ request: DashboardRequest, _ campaign: String, _ overview: ImportOverview) {
        self.request = request
        self.campaign = campaign
        self.overview = overview
        parts = Components(request)
    }

    private var mayImport: Bool { request.visitor?.level == .operate }

    var page: Page {
        let count = parts.language.counted(overview.contacts, .contact)
        let sentence = parts.text("The campaign has \(count).", "A campanha tem \(count).")
        return Page(
            Phrase("Import", "Importar"), at: .campaign(.import), campaign: campaign,
            "<p>\(sentence)</p>\n\(upload)\(waiting)\(earlier)")
    }

    private var upload: HTML? {
        guard mayImport else { return nil }
        let megabytes = UploadReader.mostBytes / 1_024 / 1_024
        let hint = parts.text(
            "CSV or Excel (.xlsx), up to \(megabytes) MB. Nothing is imported yet: first you see how the list is read and "
                + "what an import would do. Nobody is called by an import.",
            "CSV ou Excel (.xlsx), até \(megabytes) MB. Nada é importado ainda: primeiro você vê como a lista é lida e o que "
                + "a importação faria. Importar não liga para ninguém.")
        let form: HTML = """
            <form method="post" action="\(Components.path(campaign, "/import"))" enctype="multipart/form-data">\
            \(parts.tokenField)<p class="field"><label for="f-list">\(parts.text("List", "Lista"))</label>\
            <input id="f-list" name="\(UploadReader.fileField)" type="file" required accept=".csv,.txt,.xlsx" \
            aria-describedby="f-list-hint"><small id="f-list-hint" class="soft">\(hint)</small></p>\
            <button class="main">\(parts.text("Send the list", "Enviar a lista"))</button></form>
            """
        return parts.section(Phrase("A new list", "Uma lista nova"), form)
    }

    private var waiting: HTML? {
        guard mayImport, !overview.waiting.isEmpty else { return nil }
        let rows: [[HTML]] = overview.waiting.map { list in
            [
                parts.link(list.name, ImportSection.path(campaign, list.id)), "\(UploadedListPage.size(list, parts))",
                "\(UploadedListPage.word(of: list.stage)[parts.language])",
            ]
        }
        let table = parts.table(
            Phrase("Lists that were sent", "Listas enviadas"),
            [
                (Phrase("List", "Lista"), .left), (Phrase("Size", "Tamanho"), .right),
                (Phrase("State", "Situação"), .left),
            ], rows)
        return parts.section(Phrase("Sent and not yet imported", "Enviadas e ainda não importadas"), table)
    }

    private var earlier: HTML {
        guard !overview.entries.isEmpty else {
            return parts.section(
                Phrase("Earlier imports", "Importações anteriores"),
                "<p class=\"soft\">\(parts.text("Nothing has been imported yet.", "Nada foi importado ainda."))</p>")
        }
        let rows: [[HTML]] = overview.entries.map { entry in
            [
                "\(entry.time[parts.language])", "\(entry.file)", "\(parts.number(entry.added))",
                "\(parts.number(entry.duplicates))", rejected(entry),
            ]
        }
        let table = parts.table(
            Phrase("Imported lists", "Listas importadas"),
            [
                (Phrase("When", "Quando"), .word), (Phrase("List", "Lista"), .left),
                (Phrase("Added", "Incluídas"), .right), (Phrase("Duplicates", "Repetidas"), .right),
                (Phrase("Rejected", "Rejeitadas"), .right),
            ], rows)
        let clock: HTML = "<p class=\"soft\">\(overview.clock[parts.language])</p>"
        return parts.section(Phrase("Earlier imports", "Importações anteriores"), table + clock)
    }

    private func rejected(_ entry: ImportOverview.Entry) -> HTML {
        let count = parts.number(entry.rejected)
        guard entry.rejected > 0, mayImport else { return "\(count)" }
        let path = Components.path(campaign, "/import/rejects/\(entry.importedAt.milliseconds)/file")
        return "\(count) <a href=\"\(path)\">\(parts.text("download", "baixar"))</a>"
    }
}
