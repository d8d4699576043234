import ArgumentParser
import CampaignCore

/// `discador user password`.
struct UserPasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        Phrase(
            "Change a user's password, and sign them out.",
            "Troca a senha de um usuário e encerra as sessões dele."),
        discussion: Phrase(
            "It asks for the password on the terminal, twice. It has at least 10 characters.",
            "A senha é pedida no terminal, duas vezes. Ela tem pelo menos 10 caracteres."),
        examples: ["discador user password ana", "discador user password ana --none"])

    @Argument(help: .text("The name.", "O nome.", valueName: "name"))
    var name: String

    @Flag(
        help: .text(
            "Read the password from standard input, one line.",
            "Lê a senha da entrada padrão, uma linha."))
    var passwordStdin = false

    @Flag(
        help: .text(
            "Remove the password: the user signs in by links only.",
            "Tira a senha: o usuário entra só por links."))
    var none = false

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard none, passwordStdin else { return }
        throw ValidationError(
            Phrase(
                "--none and --password-stdin contradict each other.",
                "--none e --password-stdin se contradizem.")[SystemEnvironment.language])
    }

    func run() async throws {
        let password = try none ? nil : wanted()
        let change = UserChange.password(try password.map { try PasswordHash.stored($0) })
        _ = try await OperationRunner(options: options).run(SetUser(user: name, change: change))
        try options.output.result(json: UserDocument(user: name, hasPassword: password != nil))
        try options.output.result(
            password == nil
                ? Phrase(
                    "\(name) has no password any more, and is signed out.",
                    "\(name) não tem mais senha; suas sessões foram encerradas.")
                : Phrase(
                    "\(name) has a new password, and is signed out.",
                    "\(name) tem uma senha nova; suas sessões foram encerradas."))
    }

    private func wanted() throws -> String {
        let entry = PasswordEntry(output: options.output)
        guard let password = try passwordStdin ? entry.fromInput() : entry.fromTerminal() else {
            throw Failure(
                .usage,
                Phrase(
                    "No password was given: write one at the terminal, or give it with --password-stdin; --none removes "
                        + "it.",
                    "Nenhuma senha foi informada: digite uma no terminal, ou passe com --password-stdin; --none a remove."
                ))
        }
        return password
    }
}
