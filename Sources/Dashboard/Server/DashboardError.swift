package import CampaignCore
package import HTTPTypes

/// Why a request is not answered with what it asked for.
package struct DashboardError: Error, Explained, Sendable {
    package var status: HTTPResponse.Status
    package var phrase: Phrase
    /// A stable word for programs, the last part of a problem's `type` (RFC 9457).
    package var word: String
    package var headers: HTTPFields = [:]

    package init(_ status: HTTPResponse.Status, _ word: String, _ phrase: Phrase, headers: HTTPFields = [:]) {
        (self.status, self.word, self.phrase, self.headers) = (status, word, phrase, headers)
    }

    /// Something that a person must correct.
    package static func invalid(_ phrase: Phrase) -> Self {
        DashboardError(.unprocessableContent, "invalid", phrase)
    }

    package static let notFound = DashboardError(
        .notFound, "not-found", Phrase("There is no such page.", "Esta página não existe."))

    package static func noCampaign(_ name: String) -> Self {
        DashboardError(
            .notFound, "no-campaign",
            Phrase("There is no campaign “\(name)”.", "Não existe a campanha “\(name)”."))
    }

    package static let foreignHost = DashboardError(
        .misdirectedRequest, "foreign-host",
        Phrase(
            "This address is not one of this service: name it with --public-host.",
            "Este endereço não é deste serviço: indique-o com --public-host."))

    package static let foreignOrigin = DashboardError(
        .forbidden, "foreign-origin",
        Phrase(
            "The request came from another site, and nothing was changed.",
            "O pedido veio de outro site, e nada foi alterado."))

    package static let foreignForm = DashboardError(
        .forbidden, "foreign-form",
        Phrase(
            "The form is from an earlier session, and nothing was changed: go back, load the page again, and repeat it.",
            "O formulário é de uma sessão anterior, e nada foi alterado: volte, recarregue a página e repita."))

    package static let notSignedIn = DashboardError(
        .unauthorized, "not-signed-in", Phrase("Sign in first.", "Entre primeiro."))

    package static let notAllowed = DashboardError(
        .forbidden, "not-allowed",
        Phrase(
            "You may look, but not change anything: this needs the level “operate”.",
            "Seu acesso é só de leitura: isto precisa do nível “operate”."))

    package static let tooLarge = DashboardError(
        .contentTooLarge, "too-large", Phrase("This is more than may be sent.", "Isto é maior do que se pode enviar."))

    /// Its sender has gone: nobody reads this.
    package static let unfinished = DashboardError(
        .badRequest, "unfinished", Phrase("The form did not arrive as a whole.", "O formulário não chegou inteiro."))

    package static let unsupportedForm = DashboardError(
        .unsupportedMediaType, "unsupported-media-type",
        Phrase("This form has another type than expected.", "Este formulário tem outro tipo."))
}
