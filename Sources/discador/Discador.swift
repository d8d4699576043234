import ArgumentParser
import CampaignCore
import SourceCommit

/// The command line: `discador <command>`.
@main
struct Discador: AsyncParsableCommand {
    static let version = ProductVersion.current

    static let configuration = CommandConfiguration(
        commandName: "discador",
        abstract: SystemEnvironment.language.text(
            "Runs batch WhatsApp call campaigns over Z-API.",
            "Faz campanhas de ligações pelo WhatsApp, em lote, pela Z-API."),
        discussion: SystemEnvironment.language.text(
            """
            A campaign is a folder with a campaign.yml: `discador init` makes one. `discador demo` shows how it works, \
            without an account. `discador help filters` explains --where, `discador help exit-codes` what a command \
            ends with.
            """,
            """
            Uma campanha é uma pasta com um campaign.yml: `discador init` cria uma. `discador demo` mostra como tudo \
            funciona, sem conta na Z-API. `discador help filters` explica o --where; `discador help exit-codes`, os \
            códigos de saída dos comandos.
            """),
        version: "discador " + version + (SourceCommit.short().map { " (\($0))" } ?? ""),
        subcommands: [FiltersTopic.self, ExitCodesTopic.self, ManualCommand.self],
        groupedSubcommands: [
            group(
                "First steps", "Primeiros passos",
                [DemoCommand.self, InitCommand.self, CheckCommand.self]),
            group(
                "Calling", "Ligações",
                [
                    ImportCommand.self, PlanCommand.self, RunCommand.self, ServeCommand.self, ListCommand.self,
                    StatusCommand.self,
                    PauseCommand.self, ResumeCommand.self, RetryCommand.self, CancelCommand.self,
                ]),
            group(
                "What became of the calls", "O que houve com as ligações",
                [
                    ReportCommand.self, ContactsCommand.self, WhyCommand.self, DoubtsCommand.self, ResolveCommand.self,
                    RepliesCommand.self,
                    WebhooksCommand.self, QueueCommand.self,
                ]),
            group("Never calling somebody", "Não ligar para alguém", [BlockCommand.self]),
            group(
                "Dashboard and API", "Painel e API", [UserCommand.self, TokenCommand.self, LogCommand.self]),
            group(
                "Personal data", "Dados pessoais", [ForgetCommand.self, DeleteCommand.self, PruneCommand.self]),
            group("The database", "O banco de dados", [BackupCommand.self, RestoreCommand.self]),
            group("Trying it out", "Para testar", [SimulateCommand.self, VerifyCommand.self]),
        ]
    )

    static func main() async {
        occupyClosedStandardStreams()
        Signals.turnWriteSignalsIntoErrors()
        Signals.explainLostPages()
        OpenFileLimit.raise()
        let arguments = Array(CommandLine.arguments.dropFirst())
        let output = Output(isJSON: arguments.contains("--json"), isQuiet: arguments.contains("--quiet"))
        do {
            if let mistyped = MistypedCommand(in: arguments, of: Self.self) { throw mistyped.failure }
            var command = try parseAsRoot(arguments)
            if let refusal = OpenFileLimit.refusal() { throw refusal }
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            exit(withError: ExitCode(report(error, on: output)))
        }
    }

    private static func group(
        _ english: String, _ portuguese: String, _ commands: [any ParsableCommand.Type]
    ) -> CommandGroup {
        CommandGroup(name: SystemEnvironment.language.text(english, portuguese), subcommands: commands)
    }

    /// Prints the error that a command ended with.
    ///
    /// - Returns: the exit code.
    private static func report(_ error: any Error, on output: Output) -> Int32 {
        guard let failure = Failure(error) else {
            // Help, the version, and errors of the command line.
            let code = exitCode(for: error)
            do {
                if code == .success, output.isJSON, Self.message(for: error) == configuration.version {
                    try output.result(json: VersionDocument())
                    return code.rawValue
                }
                let message = ParserText.withoutFarProposals(Self.message(for: error))
                if code != .success, !message.isEmpty {
                    try output.result(json: ErrorDocument(error: message, exitCode: code.rawValue))
                }
                let full = ParserText.withoutFarProposals(fullMessage(for: error))
                let text = ParserText.translated(full, to: output.language)
                try output.say(text, isResult: code == .success)
            } catch {
                return report(error, on: output)
            }
            return code.rawValue
        }
        output.fail(failure)
        return failure.exit.rawValue
    }
}
