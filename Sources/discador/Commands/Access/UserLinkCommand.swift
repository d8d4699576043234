import ArgumentParser
import CampaignCore

/// `discador user link`.
struct UserLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link",
        Phrase(
            "Make a link that signs a user in once, within ten minutes.",
            "Cria um link que deixa um usuário entrar uma vez, em até dez minutos."),
        discussion: Phrase(
            "Whoever opens the link first is signed in as that user: give it to nobody else.",
            "Quem abrir o link primeiro entra como esse usuário: não o passe a mais ninguém."),
        examples: [
            "discador user link ana",
            "discador user link ana --url https://discador.example.com",
        ])

    /// Where `serve --listen` is usually told to listen.
    private static let usualAddress = "http://127.0.0.1:7070"

    @Argument(help: .text("The user's name.", "O nome do usuário.", valueName: "name"))
    var name: String

    @Option(
        help: .text(
            "Where the dashboard is reached. [default: http://127.0.0.1:7070]",
            "O endereço do painel. [padrão: http://127.0.0.1:7070]", valueName: "url"))
    var url: String?

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard let url else { return }
        let isAddress = ["https://", "http://"].contains { url.lowercased().hasPrefix($0) && url.count > $0.count }
        guard !isAddress || url.contains(where: { $0.isWhitespace || "?#@".contains($0) }) else { return }
        throw ValidationError(
            Phrase(
                "--url: “\(url)” is not the address of a dashboard: write it like https://discador.example.com.",
                "--url: “\(url)” não é o endereço de um painel: escreva como https://discador.example.com.")[
                    SystemEnvironment.language])
    }

    func run() async throws {
        struct Document: Encodable {
            var user: String
            var url: String
            var path: String
            var expiresAt: String
        }
        let token = AccessToken()
        let until = try await OperationRunner(options: options).run(AddLoginLink(user: name, tokenHash: token.hash))
        var base = url ?? Self.usualAddress
        while base.hasSuffix("/") { base.removeLast() }
        let path = "/login/\(token.text.reveal())"
        try options.output.result(
            json: Document(user: name, url: base + path, path: path, expiresAt: until.json()))
        try options.output.result(base + path)
        let clock = LocalClock.machine
        options.output.note(
            Phrase("It works once, until ", "Funciona uma vez, até ") + clock.alone(until) + Phrase(verbatim: "."))
    }
}
