package import CampaignCore

/// Why what is about a person, or a campaign, cannot be removed now.
package enum ErasureError: Error, Explained, Hashable, Sendable {
    /// The person is being called at this moment.
    case beingCalled
    /// The campaign is being dialed, or a service goes on with it.
    case active(campaign: String, database: String)
    /// Calls of the campaign may have rung, and nobody has said whether to delete them nevertheless.
    case inDoubt(campaign: String, calls: Int, database: String)

    package var phrase: Phrase {
        switch self {
        case .beingCalled:
            Phrase(
                "The person is being called at this moment. Nothing was removed: run the same command again in a minute.",
                "A pessoa está recebendo uma ligação neste momento. Nada foi removido: execute o mesmo comando de novo "
                    + "daqui a um minuto.")
        case .active(let campaign, let database):
            Phrase(
                "\(campaign) is being dialed, or is to be dialed by the service. Nothing was deleted: end it first, with "
                    + "`\(Self.command("cancel", campaign, database))`.",
                "\(campaign) está sendo discada, ou será discada pelo serviço. Nada foi apagado: encerre-a primeiro, com "
                    + "`\(Self.command("cancel", campaign, database))`.")
        case .inDoubt(let campaign, let calls, let database):
            Phrase(
                "\(Language.english.counted(calls, .call)) of \(campaign) may have rung, and it would never be known. "
                    + "Nothing was deleted: see `\(Self.command("doubts", campaign, database))`, or add --yes.",
                "\(Language.portuguese.counted(calls, .call)) de \(campaign) "
                    + "\(calls == 1 ? "pode ter tocado" : "podem ter tocado"), e isso nunca mais seria esclarecido. "
                    + "Nada foi apagado: veja `\(Self.command("doubts", campaign, database))`, ou use --yes.")
        }
    }

    private static func command(_ name: String, _ campaign: String, _ database: String) -> String {
        SuggestedCommands(databaseAt: database).command(name, campaign)
    }
}
