import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador pause`: stops a campaign from being dialed until it is resumed.
struct PauseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pause",
        Phrase(
            "Place no more calls for a campaign until it is resumed; its run ends after the calls under way.",
            "Não faz mais ligações da campanha até que ela seja retomada; a execução termina depois das ligações em curso."
        ),
        discussion: Phrase(
            """
            The pause is kept in the database: until `discador resume`, every `discador run` of the campaign, by \
            hand or by a timer, says when and by whom it was paused, and exits with 75. Other campaigns go on.
            """,
            """
            A pausa fica no banco de dados: até `discador resume`, todo `discador run` da campanha, feito à mão \
            ou por um agendador, diz quando e por quem ela foi pausada e termina com 75. As outras campanhas \
            continuam.
            """),
        examples: [
            "discador pause cobranca-novembro"
        ])

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var campaign: String
            var wasRunning: Bool
            var wasPaused: Bool
            var pause: PauseDocument
        }
        let name = try CampaignLocator(options: options).name(options.openReader(), of: campaign)
        let pause = CampaignPause(
            since: SystemEnvironment.now(), user: SystemEnvironment.user(), command: "pause \(name)")
        let operations = OperationRunner(options: options)
        let outcome = try await operations.run(PauseCampaign(campaign: name, pause: pause))
        if let runner = outcome.runner { try await operations.waitForEnd(of: runner, dialing: name) }
        let wasPaused = outcome.pause != pause
        try options.output.result(
            json: Document(
                campaign: name, wasRunning: outcome.wasRunning, wasPaused: wasPaused,
                pause: PauseDocument(outcome.pause)))
        let state =
            wasPaused
            ? Phrase("has been paused ", "está pausada ") + outcome.pause.phrase
            : Phrase("is paused", "está pausada")
        let resume = options.suggested().command("resume", name)
        try options.output.result(
            Phrase(
                "\(name) \(state.english): no call is placed until `\(resume)`.",
                "\(name) \(state.portuguese): nenhuma ligação é feita até `\(resume)`."))
    }
}
