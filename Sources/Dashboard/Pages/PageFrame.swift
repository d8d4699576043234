package import CampaignCore
import Markup

/// What every page begins and ends with.
struct PageFrame {
    let language: Language
    let visitor: Visitor?
    /// Path and query of the page.
    let address: String
    /// What was just done; nil: nothing.
    let notice: Phrase?
    /// The version of style and script, so that a browser never mixes two.
    let version: String

    func html(_ page: Page) -> HTML {
        let title = page.title[language]
        let script: HTML = #"<script src="/app.js?\#(version)" defer></script>"#
        return """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <meta name="color-scheme" content="light dark">
            <title>\(title) · discador</title>
            <link rel="stylesheet" href="/app.css?\(version)">
            <link rel="icon" href="/icon.svg" type="image/svg+xml">
            \(script)
            </head>
            <body\(live(page))>
            <a class="skip" href="#content">\(text("Skip to content", "Pular para o conteúdo"))</a>
            \(visitor.map { header(page, $0) })
            <main id="content" tabindex="-1">
            <p class="banner lost" role="alert" hidden data-lost>\(lost)</p>
            \(notice.map { notice in "<p class=\"banner\" role=\"status\">\(notice[language])</p>" as HTML })
            <h1>\(heading(page, title))</h1>
            \(page.campaign.map { campaignNavigation(page, $0) })
            \(page.parts.map(part))
            </main>
            \(footer)
            </body>
            </html>

            """
    }

    private func part(_ part: Page.Part) -> HTML {
        switch part {
        case .fixed(let html): html
        case .live(let id, let html): "<div id=\"\(id)\" class=\"live\" data-live>\(html)</div>\n"
        }
    }

    private func heading(_ page: Page, _ title: String) -> HTML {
        guard let campaign = page.campaign, campaign != title else { return HTML(text: title) }
        return "<span class=\"soft\">\(campaign)</span> \(title)"
    }

    /// Where the script finds what is new, and what it says when nobody answers.
    private func live(_ page: Page) -> HTML {
        guard page.isLive, visitor != nil else { return "" }
        return " data-stream=\"/live?page=\(FormFields.encoded(address))\""
    }

    private var lost: String {
        text(
            "The service does not answer. What you see is as of the last contact; this page comes back by itself.",
            "O serviço não responde. O que você vê é do último contato; esta página volta sozinha.")
    }

    // MARK: Navigation

    private func header(_ page: Page, _ visitor: Visitor) -> HTML {
        let places: [(Page.Place, String, Phrase)] = [
            (.overview, "/", Phrase("Overview", "Visão geral")),
            (.replies, "/replies", Phrase("Replies", "Respostas")),
            (.blocks, "/blocks", Phrase("Do not call", "Não ligar")),
            (.events, "/events", Phrase("Events", "Eventos")),
            (.log, "/log", Phrase("Log", "Registro")),
        ]
        let links = places.map { place, path, name in link(path, name, isCurrent: page.place == place) }
        return """
            <header>
            <a class="brand" href="/">discador</a>
            <nav aria-label="\(text("Pages", "Páginas"))"><ul>\(links)</ul></nav>
            <form class="account" method="post" action="/logout">\(tokenField)<span class="soft">\(visitor.name) · \
            \(visitor.level.phrase[language])</span> <button class="plain">\(text("Sign out", "Sair"))</button></form>
            </header>
            """
    }

    private func campaignNavigation(_ page: Page, _ campaign: String) -> HTML {
        let base = "/campaigns/\(FormFields.encoded(campaign))"
        let names: [(Page.CampaignPage, String, Phrase)] = [
            (.overview, "", Phrase("Now", "Agora")), (.people, "/people", Phrase("People", "Pessoas")),
            (.doubts, "/doubts", Phrase("In doubt", "Em dúvida")), (.import, "/import", Phrase("Import", "Importar")),
            (.plan, "/plan", Phrase("Plan and settings", "Plano e ajustes")),
            (.reports, "/reports", Phrase("Reports", "Relatórios")),
        ]
        let links = names.map { place, path, name in
            link(base + path, name, isCurrent: page.place == .campaign(place))
        }
        return "<nav class=\"tabs\" aria-label=\"\(text("Campaign", "Campanha"))\"><ul>\(links)</ul></nav>"
    }

    private func link(_ path: String, _ name: Phrase, isCurrent: Bool) -> HTML {
        let current: HTML = isCurrent ? " aria-current=\"page\"" : ""
        return "<li><a href=\"\(path)\"\(current)>\(name[language])</a></li>"
    }

    private var footer: HTML {
        let other: Language = language == .english ? .portuguese : .english
        return """
            <footer>
            <form method="post" action="/language">\(tokenField)<input type="hidden" name="to" \
            value="\(other.rawValue)"><input type="hidden" name="back" value="\(address)"><button class="plain" \
            lang="\(other.rawValue)">\(other == .english ? "English" : "Português")</button></form>
            <span class="soft">discador</span>
            </footer>
            """
    }

    private var tokenField: HTML {
        guard let visitor else { return "" }
        return "<input type=\"hidden\" name=\"\(DashboardRequest.tokenField)\" value=\"\(visitor.formToken)\">"
    }

    private func text(_ english: String, _ portuguese: String) -> String { language.text(english, portuguese) }
}

extension DashboardLevel {
    package var phrase: Phrase {
        switch self {
        case .read: Phrase("read only", "só leitura")
        case .operate: Phrase("operator", "operador")
        }
    }
}
