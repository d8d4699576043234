import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore

/// `discador token add`.
struct TokenAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        Phrase(
            "Make a token, and print it: it is shown only this once.",
            "Cria um token e o mostra: só esta vez."),
        discussion: Phrase(
            "The database keeps only a hash of it. Whoever has lost a token makes another one.",
            "O banco de dados guarda só um hash dele. Quem perdeu um token cria outro."),
        examples: [
            "discador token add crm --scope read --scope import",
            "discador token add painel --scope read --expires 90d",
        ])

    /// Ten years.
    private static let longest = Duration.seconds(3650 * 86_400)

    @Argument(
        help: .text(
            "Its name: up to 40 letters, digits, dots, dashes.",
            "O nome dele: até 40 letras, algarismos, pontos, hifens.", valueName: "name"))
    var name: String

    @Option(
        help: .text(
            "What it may do; can be given several times.",
            "O que ele pode fazer; pode ser repetida."))
    var scope: [APIScope] = []

    @Option(
        help: .text(
            "How long it is accepted, such as 90d. [default: until it is removed]",
            "Por quanto tempo é aceito, como 90d. [padrão: até ser removido]", valueName: "duration"))
    var expires: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        try AccessName.validate(name)
        _ = try validity()
        guard scope.isEmpty else { return }
        throw ValidationError(
            Phrase(
                "Say what the token may do: --scope read, --scope operate or --scope import.",
                "Diga o que o token pode fazer: --scope read, --scope operate ou --scope import.")[
                    SystemEnvironment.language])
    }

    func run() async throws {
        struct Document: Encodable {
            var name: String
            var token: String
            var scopes: [APIScope]
            var expiresAt: String?
        }
        let (now, secret) = (SystemEnvironment.now(), AccessToken())
        let scopes = Set(scope)
        let token = APIToken(
            name: name, scopes: scopes, createdAt: now, createdBy: SystemEnvironment.user(),
            expiresAt: try validity().map { now.advanced(by: $0) })
        _ = try await OperationRunner(options: options).run(AddToken(token: token, tokenHash: secret.hash))
        try options.output.result(
            json: Document(
                name: name, token: secret.text.reveal(), scopes: APIScope.allCases.filter(scopes.contains),
                expiresAt: token.expiresAt?.json()))
        try options.output.result(secret.text.reveal())
        options.output.note(
            Phrase(
                "Keep it as a secret: it is not shown again.", "Guarde-o como segredo: ele não será mostrado de novo."))
    }

    private func validity() throws -> Duration? {
        guard let expires else { return nil }
        guard let duration = try? CampaignFile.duration(expires, atMost: Self.longest) else {
            throw ValidationError(
                Phrase(
                    "--expires: “\(expires)” is not a duration of at most ten years: write it like 90d.",
                    "--expires: “\(expires)” não é uma duração de no máximo dez anos: escreva como 90d.")[
                        SystemEnvironment.language])
        }
        return duration
    }
}

extension APIScope: ExpressibleByArgument {}
