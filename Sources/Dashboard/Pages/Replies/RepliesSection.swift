import CampaignCore
import Markup

/// What people have replied, and what is decided about it.
package struct RepliesSection: DashboardSection {
    private let source: any RepliesSource

    package init(_ source: any RepliesSource) { self.source = source }

    package var routes: [DashboardRoute] {
        [
            .page("/replies") { try await replies($0) },
            .page("/replies/dismiss") { request in try await question(request, request.query) },
            .action("/replies/decide") { try await decide($0) },
        ]
    }

    private func replies(_ request: DashboardRequest) async throws -> Page {
        let fields = request.query
        let query = RepliesQuery(
            campaign: fields.text("campaign"), isAll: fields["all"] == "yes",
            before: fields.text("before").flatMap { Int64($0) })
        let list = try await source.replies(query, for: Viewer(request))
        return Page(Self.title, at: .replies, RepliesTable(Components(request), query).html(list))
    }

    private static let title = Phrase("Replies", "Respostas")

    private func question(_ request: DashboardRequest, _ fields: FormFields) async throws -> Page {
        let waiting = try await source.waiting(try Self.ids(fields), for: Viewer(request))
        let table = RepliesTable(Components(request), RepliesQuery())
        return Page(
            Phrase("Dismiss replies", "Dispensar respostas"), at: .replies,
            table.question(waiting, back: fields["back"].map(SignInSection.own) ?? "/replies"))
    }

    private func decide(_ request: DashboardRequest) async throws -> DashboardResponse {
        guard let decision = request.form.text("as").flatMap(ReplyDecision.init) else {
            throw DashboardError.invalid(
                Phrase("Say what is to be decided.", "Diga o que se decide."))
        }
        let ids = try Self.ids(request.form)
        // Whoever may be called again is shown first.
        guard decision == .blocked || request.form["sure"] == "yes" else {
            return .page(try await question(request, request.form))
        }
        let done = try await source.decide(ids, as: decision, by: request.actor)
        return .redirect(to: request.form["back"].map(SignInSection.own) ?? "/replies", notice: done)
    }

    private static func ids(_ fields: FormFields) throws(DashboardError) -> [Int64] {
        let ids = fields.all("reply").flatMap { $0.split(separator: " ") }.compactMap { Int64($0) }
        guard !ids.isEmpty else {
            throw .invalid(Phrase("Choose the replies first.", "Escolha as respostas antes."))
        }
        return ids
    }
}

/// Replies as a table, and the question before they are dismissed.
struct RepliesTable {
    private let parts: Components
    private let query: RepliesQuery

    init(_ parts: Components, _ query: RepliesQuery) { (self.parts, self.query) = (parts, query) }

    private var language: Language { parts.language }

    func html(_ list: ReplyList) -> HTML {
        let what = Phrase(
            "Whoever asks clearly not to be called is on the do-not-call list at once. Replies that may mean that wait "
                + "here: their writers are not called until somebody decides.",
            "Quem pede claramente para não receber ligações entra na hora na lista de não ligar. As respostas que podem "
                + "significar isso aguardam aqui: até a decisão, ninguém liga para quem escreveu.")
        return "<p>\(what[language])</p>\(search(list))\(table(list))\(end(list))"
    }

    private func search(_ list: ReplyList) -> HTML {
        var options: [(value: String, text: String)] = [("", parts.text("all", "todas"))]
        options += list.campaigns.map { ($0, $0) }
        if let chosen = query.campaign, !list.campaigns.contains(chosen) { options.append((chosen, chosen)) }
        let campaign = parts.select(
            Phrase("Campaign", "Campanha"), "campaign", options, chosen: query.campaign ?? "")
        let which = parts.select(
            Phrase("Which", "Quais"), "all",
            [
                (value: "", text: parts.text("waiting for a decision", "que aguardam decisão")),
                (value: "yes", text: parts.text("all", "todas")),
            ], chosen: query.isAll ? "yes" : "")
        return parts.search(
            "/replies", "\(which)\(campaign)<button>\(parts.text("Show", "Mostrar"))</button>")
    }

    private func table(_ list: ReplyList) -> HTML {
        guard !list.replies.isEmpty else {
            let none =
                query.isAll
                ? Phrase("There are no replies.", "Não há respostas.")
                : Phrase("No reply waits for a decision.", "Nenhuma resposta aguarda decisão.")
            return "<p>\(list.isCutShort ? "" : none[language])</p>"
        }
        let rows = list.replies.map { reply in cells(reply) + [decision(reply)] }
        return parts.table(
            Phrase("Replies, the latest first", "Respostas, as mais recentes antes") + PeopleTable.zone(list.times),
            Self.columns + [(Phrase("Decision", "Decisão"), .left)], rows)
    }

    private static let columns: [(Phrase, Components.Align)] = [
        (Phrase("When", "Quando"), .word), (Phrase("Phone", "Telefone"), .word), (Phrase("Text", "Texto"), .left),
        (Phrase("Taken for", "Entendida como"), .left), (Phrase("Campaign", "Campanha"), .left),
    ]

    private func cells(_ reply: ReplyList.Reply) -> [HTML] {
        var person = HTML(text: reply.phone)
        if let key = reply.key, let campaign = reply.campaign {
            person = parts.link(reply.phone, Components.path(campaign, "/people/\(FormFields.encoded(key))"))
        }
        let campaign = reply.campaign.map { parts.link($0, Components.path($0)) }
        return [
            HTML(text: reply.at[language]), person, HTML(text: reply.text[language]),
            HTML(text: reply.reading[language]), campaign ?? HTML(text: parts.text("none", "nenhuma")),
        ]
    }

    private func decision(_ reply: ReplyList.Reply) -> HTML {
        if let decision = reply.decision { return HTML(text: decision[language]) }
        guard reply.isWaiting else { return HTML(text: parts.text("none is needed", "não precisa")) }
        let (id, back) = ("\(reply.id)", address())
        let block = parts.button(
            Phrase("Do not call", "Não ligar"), "/replies/decide",
            fields: ["reply": id, "as": ReplyDecision.blocked.rawValue, "back": back])
        let dismiss = parts.button(
            Phrase("May be called…", "Pode ligar…"), "/replies/decide",
            fields: ["reply": id, "as": ReplyDecision.dismissed.rawValue, "back": back])
        guard parts.request.visitor?.level == .operate else { return HTML(text: parts.text("waits", "aguarda")) }
        return "\(block)\(dismiss)"
    }

    private func address(before: Int64? = nil) -> String {
        var fields = FormFields()
        if let campaign = query.campaign { fields.append("campaign", campaign) }
        if query.isAll { fields.append("all", "yes") }
        if let before { fields.append("before", "\(before)") }
        return fields.fields.isEmpty ? "/replies" : "/replies?\(fields.encoded)"
    }

    private func end(_ list: ReplyList) -> HTML {
        guard let before = list.before else { return "" }
        let name =
            list.isCutShort ? parts.text("Search on", "Continuar a busca") : parts.text("Earlier ones", "Anteriores")
        return """
            <p class="actions"><a class="button" rel="next" href="\(address(before: before))">\(name)</a></p>
            """
    }

    // MARK: Before they are dismissed

    func question(_ list: ReplyList, back: String) -> HTML {
        let link: HTML = "<p><a href=\"\(back)\">\(parts.text("Back", "Voltar"))</a></p>"
        guard !list.replies.isEmpty else {
            let none = Phrase("No reply waits that could be decided.", "Nenhuma resposta aguarda decisão.")
            return "<p>\(none[language])</p>\(link)"
        }
        let warning = Phrase(
            "Whoever wrote this may be called again. Is it certain that it is no wish not to be called?",
            "Quem escreveu isto pode voltar a receber ligações. É certo que não é um pedido para não receber?")
        let table = parts.table(
            Phrase("To be dismissed", "A dispensar") + PeopleTable.zone(list.times), Self.columns,
            list.replies.map(cells))
        let ids = list.replies.map { "\($0.id)" }.joined(separator: " ")
        let button = parts.button(
            Phrase("It is no such wish: they may be called", "Não é um pedido desses: pode ligar"), "/replies/decide",
            fields: ["reply": ids, "as": ReplyDecision.dismissed.rawValue, "sure": "yes", "back": back],
            class: "danger")
        return "<p class=\"banner warn\" role=\"alert\">\(warning[language])</p>\(table)\(button)\(link)"
    }
}
