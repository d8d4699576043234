import ArgumentParser
import CampaignCore

/// `discador replies`: what people wrote back.
struct RepliesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replies",
        Phrase(
            "Replies by which people ask not to be called again: those that wait for a decision.",
            "Respostas de quem pede para não receber mais ligações: as que aguardam decisão."),
        discussion: Phrase(
            """
            A reply that is one of the known words (sair, parar, stop, baja …) or has a phrase about being called \
            (“não me ligue mais”, “no me llamen más”, “stop calling me” …) blocks the person in the whole database at \
            once. One that may mean it holds the person until somebody decides; a recording or an image is listed and \
            holds nobody. Anything else changes nothing. Without a subcommand, `discador replies` lists what waits.
            """,
            """
            Uma resposta que é uma das palavras conhecidas (sair, parar, stop, baja …) ou tem uma frase sobre ligações \
            (“não me ligue mais”, “no me llamen más”, “stop calling me” …) bloqueia a pessoa na hora em todo o banco de \
            dados. Uma que pode querer dizer isso retém a pessoa até alguém decidir; uma gravação ou imagem aparece na \
            lista e não retém ninguém. O resto não muda nada. Sem subcomando, `discador replies` lista o que aguarda.
            """),
        examples: ["discador replies", "discador replies decide --id 12 --as block"],
        subcommands: [RepliesListCommand.self, RepliesDecideCommand.self, RepliesTestCommand.self],
        defaultSubcommand: RepliesListCommand.self
    )
}
