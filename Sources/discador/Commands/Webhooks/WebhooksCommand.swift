import ArgumentParser
import CampaignCore

/// `discador webhooks`: what Z-API tells about calls.
struct WebhooksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks",
        Phrase(
            "What Z-API tells about calls: set its addresses, see what arrives, try it out.",
            "O que a Z-API conta das ligações: define os endereços, mostra o que chega, testa."),
        discussion: Phrase(
            """
            Z-API posts events (delivered, answered, missed, replies) to an HTTPS address of yours, behind which \
            `discador serve --webhooks` receives them. Each instance has a secret address of its own; only a \
            hash of it is kept in the database.
            """,
            """
            A Z-API envia eventos (entregue, atendida, não atendida, respostas) para um endereço HTTPS do \
            usuário, atrás do qual `discador serve --webhooks` os recebe. Cada instância tem um endereço secreto \
            próprio; o banco de dados só guarda um resumo (hash) dele.
            """),
        examples: [
            "discador webhooks show cobranca-novembro",
            "discador webhooks set cobranca-novembro --url https://chamadas.example.com",
        ],
        subcommands: [
            WebhooksSetCommand.self, WebhooksShowCommand.self, WebhooksRotateCommand.self, WebhooksTestCommand.self,
            WebhooksProbeCommand.self,
            WebhooksReplayCommand.self, WebhooksReleaseCommand.self,
        ])
}
