package import CampaignCore
import Markup

/// Where the page about who did what gets what it shows.
package protocol LogSource: Sendable {
    func actions(_ query: LogQuery, for viewer: Viewer) async throws -> ActionList
}

/// Which actions are listed.
package struct LogQuery: Hashable, Sendable {
    /// Only those on it; nil: all.
    package var campaign: String?
    /// Only those before this one; nil: from the latest on.
    package var before: Int64?

    package init(campaign: String? = nil, before: Int64? = nil) { (self.campaign, self.before) = (campaign, before) }
}

/// A page of the log.
package struct ActionList: Sendable {
    package struct Entry: Hashable, Sendable {
        package var at: Phrase
        /// Who, and by which way.
        package var actor: Phrase
        /// In the words of the command line.
        package var operation: String
        package var campaign: String?
        package var details: String
        /// How it went.
        package var end: Phrase
        package var hasFailed: Bool

        package init(
            at: Phrase, actor: Phrase, operation: String, campaign: String?, details: String, end: Phrase,
            hasFailed: Bool
        ) {
            self.at = at
            self.actor = actor
            self.operation = operation
            self.campaign = campaign
            self.details = details
            self.end = end
            self.hasFailed = hasFailed
        }
    }

    package var entries: [Entry] = []
    package var before: Int64?
    package var campaigns: [String] = []
    package var times = Phrase(verbatim: "")

    package init() {}
}

/// Who did what.
package struct LogSection: DashboardSection {
    private let source: any LogSource

    package init(_ source: any LogSource) { self.source = source }

    package var routes: [DashboardRoute] { [.page("/log") { try await log($0) }] }

    private func log(_ request: DashboardRequest) async throws -> Page {
        let query = LogQuery(
            campaign: request.query.text("campaign"), before: request.query.text("before").flatMap { Int64($0) })
        let list = try await source.actions(query, for: Viewer(request))
        let parts = Components(request)
        var options: [(value: String, text: String)] = [("", parts.text("all", "todas"))]
        options += list.campaigns.map { ($0, $0) }
        if let chosen = query.campaign, !list.campaigns.contains(chosen) { options.append((chosen, chosen)) }
        let campaign = parts.select(
            Phrase("Campaign", "Campanha"), "campaign", options, chosen: query.campaign ?? "")
        let search = parts.search("/log", "\(campaign)<button>\(parts.text("Show", "Mostrar"))</button>")
        let entries = Self.entries(parts, list, query)
        return Page(
            Phrase("Who did what", "Quem fez o quê"), at: .log,
            parts: [.fixed(search), query.before == nil ? .live(id: "log", entries) : .fixed(entries)])
    }

    private static func entries(_ parts: Components, _ list: ActionList, _ query: LogQuery) -> HTML {
        let language = parts.language
        guard !list.entries.isEmpty else {
            return "<p>\(parts.text("Nothing has been done yet.", "Nada foi feito ainda."))</p>"
        }
        let rows: [[HTML]] = list.entries.map { entry in
            [
                HTML(text: entry.at[language]), HTML(text: entry.actor[language]),
                "<code>\(entry.operation)</code>",
                entry.campaign.map { parts.link($0, Components.path($0)) } ?? "–", HTML(text: entry.details),
                entry.hasFailed ? parts.badge(entry.end, "bad") : HTML(text: entry.end[language]),
            ]
        }
        let table = parts.table(
            Phrase("Actions, the latest first", "Ações, as mais recentes antes") + PeopleTable.zone(list.times),
            [
                (Phrase("When", "Quando"), .word), (Phrase("Who", "Quem"), .left), (Phrase("What", "O quê"), .word),
                (Phrase("Campaign", "Campanha"), .left), (Phrase("Details", "Detalhes"), .left),
                (Phrase("End", "Fim"), .left),
            ], rows)
        guard let before = list.before else { return table }
        var fields = FormFields()
        if let campaign = query.campaign { fields.append("campaign", campaign) }
        fields.append("before", "\(before)")
        return """
            \(table)<p class="actions"><a class="button" rel="next" href="/log?\(fields.encoded)">\
            \(parts.text("Earlier ones", "Anteriores"))</a></p>
            """
    }
}
