package import CampaignCore
import Markup

/// Makes reports.
package protocol ReportSource: Sendable {
    /// A complete report. Throws when a part of the request cannot be understood.
    func report(of campaign: String, _ request: ReportRequest) async throws -> any DownloadFile
    /// The day on which it is made, in the campaign's zone: `2026-11-28`.
    func day(of campaign: String) async throws -> String
}

/// Which report somebody wants.
package struct ReportRequest: Sendable, Hashable {
    package enum Format: String, CaseIterable, Sendable {
        case csv, xlsx, html, json, jsonl, text

        var type: String {
            switch self {
            case .csv: "text/csv; charset=utf-8"
            case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            case .html: "text/html; charset=utf-8"
            case .json: "application/json"
            case .jsonl: "application/x-ndjson"
            case .text: "text/plain; charset=utf-8"
            }
        }

        var ending: String { self == .text ? "txt" : rawValue }
    }

    package enum Rows: String, CaseIterable, Sendable {
        case calls, attempts, rejects, duplicates
    }

    package var format: Format
    package var rows: Rows
    package var language: Language
    /// Only these contacts, as after `--where`; nil: all.
    package var filter: String?
    /// Without phones, cells of lists and ids.
    package var isAnonymous: Bool
    /// CSV as Excel in Brazil opens it.
    package var isForExcel: Bool
}

/// Reports to download.
package struct ReportsSection: DashboardSection {
    let reports: any ReportSource

    package init(_ reports: any ReportSource) { self.reports = reports }

    package var routes: [DashboardRoute] {
        [
            .page("/campaigns/:campaign/reports") { request in
                // Whether there is such a campaign.
                _ = try await reports.day(of: request[parameter: "campaign"])
                return ReportsPage(request).page
            },
            .download("/campaigns/:campaign/reports/file", download),
        ]
    }

    private func download(_ request: DashboardRequest) async throws -> DashboardResponse {
        let campaign = request[parameter: "campaign"]
        let wanted = try Self.wanted(request)
        let file = try await reports.report(of: campaign, wanted)
        let rows = wanted.rows == .calls ? "" : ".\(wanted.rows.rawValue)"
        let name = "\(campaign)\(rows).\(try await reports.day(of: campaign)).\(wanted.format.ending)"
        return .download(file, name: name, type: wanted.format.type)
    }

    /// Whoever may only look gets no personal data, and no answer to questions about a number.
    private static func wanted(_ request: DashboardRequest) throws -> ReportRequest {
        let mayOperate = request.visitor?.level == .operate
        guard let format = ReportRequest.Format(rawValue: request.query.text("format") ?? "csv"),
            let rows = ReportRequest.Rows(rawValue: request.query.text("rows") ?? "calls")
        else {
            throw DashboardError.invalid(Phrase("There is no such report.", "Este relatório não existe."))
        }
        let isAnonymous = request.query.text("anonymous") != nil
        let filter = request.query.text("where")
        guard mayOperate || isAnonymous && filter == nil else { throw DashboardError.notAllowed }
        let hasContacts = rows == .calls && format != .text || rows == .attempts
        guard filter == nil || hasContacts else {
            throw DashboardError.invalid(
                Phrase(
                    "A filter chooses calls or attempts: choose these rows, and a format other than text.",
                    "Um filtro escolhe ligações ou tentativas: escolha essas linhas, e um formato que não seja texto."))
        }
        let isForExcel = request.query.text("excel") != nil && format == .csv
        return ReportRequest(
            format: format, rows: rows,
            language: request.query.text("lang").flatMap { Language($0) } ?? request.language, filter: filter,
            isAnonymous: isAnonymous, isForExcel: isForExcel)
    }
}

/// The page on which a report is chosen.
struct ReportsPage {
    private let request: DashboardRequest
    private let parts: Components
    private let campaign: String

    init(_ request: DashboardRequest) {
        self.request = request
        campaign = request[parameter: "campaign"]
        parts = Components(request)
    }

    private var mayOperate: Bool { request.visitor?.level == .operate }

    var page: Page {
        let sentence =
            mayOperate
            ? parts.text(
                "A report is made when you ask for it, from what is known at that moment.",
                "O relatório é feito quando você pede, com o que se sabe naquele momento.")
            : parts.text(
                "With your level, reports are without personal data: letters instead of phones, no cells of lists.",
                "No seu nível, os relatórios saem sem dados pessoais: letras em vez de telefones, sem células das listas."
            )
        let path = Components.path(campaign, "/reports/file")
        let form: HTML = """
            <form method="get" action="\(path)" class="narrow">\(choices)\(filter)\(anonymous)\
            <button class="main">\(parts.text("Download", "Baixar"))</button></form>
            """
        return Page(
            Phrase("Reports", "Relatórios"), at: .campaign(.reports), campaign: campaign,
            "<p>\(sentence)</p>\(form)\(lists)")
    }

    private var choices: HTML {
        let rows: [(value: String, text: String)] = [
            ("calls", parts.text("one row a contact", "uma linha por contato")),
            ("attempts", parts.text("one row an attempt", "uma linha por tentativa")),
            ("rejects", parts.text("rejected rows of the lists", "linhas rejeitadas das listas")),
            ("duplicates", parts.text("duplicates of the lists", "repetidas das listas")),
        ]
        let formats: [(value: String, text: String)] = [
            ("csv", "CSV"), ("xlsx", "Excel (.xlsx)"),
            ("html", parts.text("page with charts (.html)", "página com gráficos (.html)")), ("json", "JSON"),
            ("jsonl", "JSON Lines"), ("text", parts.text("summary as text", "resumo em texto")),
        ]
        let languages: [(value: String, text: String)] = [
            (Language.english.rawValue, "English"), (Language.portuguese.rawValue, "Português"),
        ]
        return """
            \(parts.select(Phrase("Rows", "Linhas"), "rows", rows, chosen: request.query["rows"]))\
            \(parts.select(Phrase("Format", "Formato"), "format", formats, chosen: request.query["format"]))\
            \(parts.select(Phrase("Language", "Idioma"), "lang", languages, chosen: request.language.rawValue))\
            \(parts.checkbox(
                Phrase("CSV for Excel in Brazil", "CSV para o Excel no Brasil"), "excel"))
            """
    }

    private var filter: HTML? {
        guard mayOperate else { return nil }
        return parts.field(
            Phrase("Only these contacts", "Só estes contatos"), "where", value: request.query["where"] ?? "",
            hint: Phrase(
                "An expression such as “answer = answered” or “error ~ rejected”; empty: all.",
                "Uma expressão como “answer = answered” ou “error ~ rejected”; vazio: todos."))
    }

    private var anonymous: HTML {
        let label = Phrase(
            "Without personal data: letters instead of phones", "Sem dados pessoais: letras em vez de telefones")
        guard !mayOperate else { return parts.checkbox(label, "anonymous") }
        return parts.hidden("anonymous", "yes")
    }

    private var lists: HTML? {
        guard mayOperate else { return nil }
        let text = parts.text(
            "The rejected rows of each list are beside it, to be corrected and imported again.",
            "As linhas rejeitadas de cada lista estão ao lado dela, para corrigir e importar de novo.")
        let link = parts.link(parts.text("Imported lists", "Listas importadas"), Components.path(campaign, "/import"))
        return "<p>\(text) \(link)</p>"
    }
}
