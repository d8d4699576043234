import ArgumentParser
import CampaignCore

/// `discador user add`.
struct UserAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        Phrase("Add a user of the dashboard.", "Acrescenta um usuário do painel."),
        discussion: Phrase(
            """
            On a terminal it asks for a password, twice; an empty one, or no terminal, means none: that user signs in \
            by the links of `discador user link`. A password has at least 10 characters; the database keeps only a \
            hash of it.
            """,
            """
            No terminal, pede uma senha, duas vezes; vazia, ou sem terminal, o usuário fica sem senha e entra pelos \
            links de `discador user link`. Uma senha tem pelo menos 10 caracteres; o banco de dados guarda só um hash \
            dela.
            """),
        examples: [
            "discador user add ana --level operate",
            "discador user add recepcao --password-stdin",
        ])

    @Argument(
        help: .text(
            "The name: up to 40 letters, digits, dots, dashes.",
            "O nome: até 40 letras, algarismos, pontos, hifens.", valueName: "name"))
    var name: String

    @Option(help: .text("What the user may do.", "O que o usuário pode fazer."))
    var level = DashboardLevel.read

    @Flag(
        help: .text(
            "Read the password from standard input, one line.",
            "Lê a senha da entrada padrão, uma linha."))
    var passwordStdin = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        try AccessName.validate(name)
    }

    func run() async throws {
        let entry = PasswordEntry(output: options.output)
        let password = try passwordStdin ? entry.fromInput() : entry.fromTerminal()
        let change = UserChange.added(level, password: try password.map { try PasswordHash.stored($0) })
        _ = try await OperationRunner(options: options).run(SetUser(user: name, change: change))
        try options.output.result(
            json: UserDocument(user: name, level: level, hasPassword: password != nil))
        let link = options.suggested().command("user", "link", name)
        try options.output.result(
            password == nil
                ? Phrase(
                    "\(name) may use the dashboard (\(level.rawValue)), without a password: `\(link)` makes a link to sign in.",
                    "\(name) pode usar o painel (\(level.rawValue)), sem senha: `\(link)` cria um link para entrar.")
                : Phrase(
                    "\(name) may use the dashboard (\(level.rawValue)), with that password.",
                    "\(name) pode usar o painel (\(level.rawValue)), com essa senha."))
    }
}
