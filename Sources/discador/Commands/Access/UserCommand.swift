import ArgumentParser
import CampaignCore

/// `discador user`: who may use the dashboard.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        Phrase("Users of the dashboard.", "Usuários do painel."),
        discussion: Phrase(
            """
            Whoever uses the pages of `discador serve --listen` signs in, by a password or by a link that works once. \
            The level `read` looks at everything, with phones masked; `operate` also changes what commands can change. \
            A change of level or password, and the removal of a user, sign that user out everywhere, at once.
            """,
            """
            Quem usa as páginas do `discador serve --listen` entra com uma senha ou com um link que funciona uma só \
            vez. O nível `read` vê tudo, com os telefones mascarados; `operate` também altera o que os comandos alteram. \
            Trocar o nível ou a senha, ou remover o usuário, encerra na hora todas as sessões dele.
            """),
        examples: [
            "discador user add ana --level operate",
            "discador user link ana",
        ],
        subcommands: [
            UserAddCommand.self, UserListCommand.self, UserLevelCommand.self, UserPasswordCommand.self,
            UserLinkCommand.self, UserRemoveCommand.self,
        ])
}

extension DashboardLevel: ExpressibleByArgument {}

/// What the commands that change a user say.
struct UserDocument: Encodable {
    var user: String
    var level: DashboardLevel?
    /// Nil: not told.
    var hasPassword: Bool?
    var removed: Int?
}
