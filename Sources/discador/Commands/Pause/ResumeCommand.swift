import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador resume`: lifts the pause of a campaign.
struct ResumeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resume",
        Phrase(
            "Allow a paused campaign to be dialed again.",
            "Permite ligar de novo numa campanha pausada."),
        discussion: Phrase(
            """
            A process that dialed it with nobody watching (a service, or for `discador run --detach`) goes on \
            with it; otherwise `discador run` dials it again.
            """,
            """
            O processo que discava sem ninguém olhando (um serviço, ou para `discador run --detach`) continua \
            com ela; senão, `discador run` disca de novo.
            """),
        examples: [
            "discador resume cobranca-novembro"
        ])

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var campaign: String
            var wasPaused: Bool
            /// Whether the process that holds the database goes on with it.
            var isDialed: Bool
            /// Why it cannot.
            var obstacle: String?
            var pause: PauseDocument?
        }
        let name = try CampaignLocator(options: options).name(options.openReader(), of: campaign)
        let outcome = try await OperationRunner(options: options).run(ResumeCampaign(campaign: name))
        let pause = outcome.pause
        try options.output.result(
            json: Document(
                campaign: name, wasPaused: pause != nil, isDialed: outcome.isDialed,
                obstacle: outcome.obstacle?.message.english, pause: pause.map(PauseDocument.init)))
        let state =
            pause.map {
                Phrase(
                    "\(name) is no longer paused (it was paused \($0.phrase.english))",
                    "\(name) não está mais pausada (estava pausada \($0.phrase.portuguese))")
            } ?? Phrase("\(name) is not paused", "\(name) não está pausada")
        let run = "`\(options.suggested().command("run", name))`"
        if let obstacle = outcome.obstacle {
            options.output.warn(
                state + Phrase(", but it cannot be dialed: ", ", mas não pode ser discada: ") + obstacle.message)
            try options.output.result(
                Phrase(
                    "\(name) stays active: correct that, then dial it with \(run).",
                    "\(name) continua ativa: corrija isso e depois disque com \(run)."))
            throw ExitCode(obstacle.exit.rawValue)
        }
        let next =
            outcome.isDialed
            ? Phrase(
                ": the process that holds the database goes on with it.",
                ": o processo que usa o banco de dados continua com ela.")
            : Phrase(": dial it with \(run).", ": disque com \(run).")
        try options.output.result(state + next)
    }
}
