import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador log`: who did what.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        Phrase("Show who did what, the latest last.", "Mostra quem fez o quê, o mais recente por último."),
        discussion: Phrase(
            """
            Everything that commands, the dashboard and the API change is logged when it begins and when it ends, with \
            who asked for it; so are runs. Phones are masked. An entry without an end is under way, or the process was \
            ended before it could tell how it went. Of a campaign that was deleted, only counts are left.
            """,
            """
            Tudo o que os comandos, o painel e a API alteram é registrado quando começa e quando termina, com quem \
            pediu; as execuções também. Os telefones ficam mascarados. Um registro sem fim está em andamento, ou o \
            processo foi encerrado antes de dizer como terminou. De uma campanha apagada restam só as contagens.
            """),
        examples: ["discador log", "discador log cobranca-novembro --limit 20"])

    @Argument(
        help: .text(
            "Only what was done about this campaign.", "Só o que foi feito nesta campanha.", valueName: "campaign"),
        completion: .campaign)
    var campaign: String?

    @Option(help: .text("How many entries.", "Quantos registros."))
    var limit = 50

    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard limit < 1 || limit > 100_000 else { return }
        throw ValidationError(
            Phrase(
                "--limit: write a number from 1 to 100000.", "--limit: escreva um número de 1 a 100000.")[
                    SystemEnvironment.language])
    }

    func run() async throws {
        let reader = try options.openReader()
        let name = try campaign.map { try CampaignLocator(options: options).name(reader, of: $0) }
        let entries = try Array(reader.actions(campaign: name, limit: limit).reversed())
        try options.output.result(json: JSONList(entries.map(ActionDocument.init), named: "actions"))
        guard !entries.isEmpty else {
            return try options.output.result(Phrase("Nothing has been logged.", "Não há nada registrado."))
        }
        let table = ActionTable(entries: entries)
        let lines = table.lines(options.output.language, width: options.output.resultWidth)
        try options.output.result(lines.joined(separator: "\n"))
    }
}

/// An entry of the log, for programs.
struct ActionDocument: Encodable {
    struct By: Encodable {
        var kind: Actor.Kind
        var name: String
    }

    var id: Int64
    var at: String
    var by: By
    var operation: String
    var campaign: String?
    var counted: [String: Int]
    var phones: [String]
    var words: [String: String]
    var state: ActionEntry.State
    var endedAt: String?
    var error: String?

    init(_ entry: ActionEntry) {
        (id, at, operation, state) = (entry.id, entry.at.json(), entry.operation, entry.state)
        by = By(kind: entry.actor.kind, name: entry.actor.name)
        let detail = entry.detail
        (campaign, counted, phones, words) = (detail.campaign, detail.counts, detail.phones, detail.words)
        (endedAt, error) = (entry.endedAt?.json(), entry.error)
    }
}
