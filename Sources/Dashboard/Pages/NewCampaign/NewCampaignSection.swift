package import CampaignCore
import Markup

/// Makes campaigns.
package protocol CampaignMaker: Sendable {
    /// The campaigns that one can be made like, by name.
    func campaigns() async throws -> [String]
    /// Makes a campaign with the settings of another one, and without its contacts.
    ///
    /// - Returns: what was done, in words.
    func copy(_ source: String, as name: String, by actor: Actor) async throws -> Phrase
}

/// A new campaign, as a copy of another one.
package struct NewCampaignSection: DashboardSection {
    let maker: any CampaignMaker

    package init(_ maker: any CampaignMaker) { self.maker = maker }

    package var routes: [DashboardRoute] {
        [
            .page("/campaigns/new") { request in
                guard request.visitor?.level == .operate else { throw DashboardError.notAllowed }
                return page(request, try await maker.campaigns())
            },
            .action("/campaigns/new") { request in
                guard let source = request.form.text("like"), let name = request.form.text("name") else {
                    throw DashboardError.invalid(
                        Phrase("Choose a campaign, and write a name.", "Escolha uma campanha e escreva um nome."))
                }
                let done = try await maker.copy(source, as: name, by: request.actor)
                return .redirect(to: Components.path(name, "/import"), notice: done)
            },
        ]
    }

    private func page(_ request: DashboardRequest, _ campaigns: [String]) -> Page {
        let parts = Components(request)
        guard !campaigns.isEmpty else {
            let sentence = parts.text(
                "There is no campaign yet that another could be like: `discador init` makes the first one on the machine of "
                    + "the service, and `discador import` brings it here.",
                "Ainda não há campanha que sirva de modelo: `discador init` cria a primeira na máquina do serviço, e "
                    + "`discador import` a traz para cá.")
            return Page(Phrase("New campaign", "Nova campanha"), at: .newCampaign, "<p>\(sentence)</p>")
        }
        let chosen = request.query["like"].flatMap { campaigns.contains($0) ? $0 : nil } ?? campaigns.first
        let sentence = parts.text(
            "The new campaign has the settings, the instances and the secrets of the other one, but none of its contacts. "
                + "Nobody is called until contacts are imported and it is started.",
            "A nova campanha tem os ajustes, as instâncias e os segredos da outra, mas nenhum dos contatos. Ninguém recebe "
                + "ligação até que contatos sejam importados e ela seja iniciada.")
        let form = parts.form(
            "/campaigns/new", class: "narrow",
            """
            \(parts.select(Phrase("Like", "Como"), "like", campaigns.map { ($0, $0) }, chosen: chosen))\
            \(parts.field(
                Phrase("Name", "Nome"), "name",
                hint: Phrase(
                    "Up to 64 letters (a–z), digits, -, _ or ., a letter or digit first.",
                    "Até 64 letras (a–z), dígitos, -, _ ou ., começando com letra ou dígito."), isRequired: true))\
            <button class="main">\(parts.text("Make the campaign", "Criar a campanha"))</button>
            """)
        return Page(Phrase("New campaign", "Nova campanha"), at: .newCampaign, "<p>\(sentence)</p>\(form)")
    }
}
