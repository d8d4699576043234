import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador list`: the campaigns of the database.
struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        Phrase("List the campaigns of the database.", "Lista as campanhas do banco de dados."),
        discussion: Phrase(
            """
            A line for each: how many contacts it has, how many are done, and what came of them. With --deleted, what is \
            kept of campaigns that `discador delete` has removed: totals, without their names.
            """,
            """
            Uma linha para cada: quantos contatos tem, quantos estão feitos, e no que deram. Com --deleted, o que fica das \
            campanhas que `discador delete` apagou: os totais, sem os nomes.
            """),
        examples: ["discador list", "discador list --json", "discador list --deleted"])

    @Flag(
        help: .text(
            "The totals of deleted campaigns, instead of the campaigns.",
            "Os totais das campanhas apagadas, em vez das campanhas."))
    var deleted = false

    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let reader = try options.openReader()
        guard !deleted else { return try show(reader.deletedCampaigns()) }
        let holding = WriterLock.holding(ofDatabase: options.databasePath)
        let campaigns = try reader.overviews()
        try options.output.result(json: Document(campaigns: campaigns.map { .init($0, holding) }))
        guard !campaigns.isEmpty else {
            return try options.output.result(
                Phrase("No campaign has been imported yet.", "Nenhuma campanha foi importada ainda."))
        }
        let table = CampaignTable(campaigns, holding: holding, for: .list)
        let lines = table.lines(options.output.language, width: options.output.resultWidth)
        try options.output.result(lines.joined(separator: "\n"))
    }

    private func show(_ deleted: [DeletedTotals]) throws {
        try options.output.result(json: DeletedCampaignsDocument(deleted))
        guard !deleted.isEmpty else {
            return try options.output.result(
                Phrase("No campaign has been deleted.", "Nenhuma campanha foi apagada."))
        }
        let table = DeletedCampaignTable(campaigns: deleted)
        let lines = table.lines(options.output.language, width: options.output.resultWidth)
        try options.output.result(lines.joined(separator: "\n"))
    }

    private struct Document: Encodable {
        var campaigns: [ListedCampaign]
    }
}

/// A campaign of the list, for machines.
struct ListedCampaign: Encodable {
    var campaign, file: String
    var state: CampaignWord
    var contacts: Int
    var counts: StateCounts
    var answered, notAnswered: Int
    /// Nil when it is not known.
    var running: Bool?
    var lastCallAt, stoppedBecause: String?
    var pause: PauseDocument?
    var beingCancelled: Bool

    init(_ overview: CampaignOverview, _ holding: WriterLock.Holding) {
        (campaign, file) = (overview.name, overview.file)
        state = overview.state(holding)
        (contacts, counts) = (overview.counts.total, overview.counts)
        (answered, notAnswered) = (overview.answered, overview.notAnswered)
        if case .unknown = holding { running = nil } else { running = overview.isDialed(holding) }
        lastCallAt = overview.lastCallAt?.json()
        stoppedBecause = running == true ? nil : overview.activity.stoppedBecause?.english
        pause = overview.activity.pause.map(PauseDocument.init)
        beingCancelled = overview.activity.isBeingCancelled
    }
}
