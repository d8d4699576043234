import ArgumentParser
import CampaignCore

/// `discador block`: the do-not-call list.
struct BlockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "block",
        Phrase(
            "The do-not-call list: one for all campaigns in the database.",
            "A lista de não ligar: uma só para todas as campanhas do banco de dados."),
        discussion: Phrase(
            """
            A number on the list is never dialed, however it is written: with or without country code, \
            punctuation or ninth digit. The list is checked when contacts are imported, when a number is added \
            (waiting contacts are excluded immediately, in every campaign), and again when a contact's turn \
            comes.
            """,
            """
            Nunca se liga para um número da lista, seja como for que ele esteja escrito: com ou sem código do \
            país, pontuação ou nono dígito. A lista é consultada quando contatos são importados, quando um \
            número entra nela (os contatos que aguardam são excluídos na hora, em todas as campanhas) e de novo \
            na vez de cada contato.
            """),
        examples: [
            #"discador block add "(11) 98765-4302""#,
            "discador block list",
        ],
        subcommands: [
            BlockAddCommand.self, BlockRemoveCommand.self, BlockImportCommand.self, BlockListCommand.self,
        ])
}
