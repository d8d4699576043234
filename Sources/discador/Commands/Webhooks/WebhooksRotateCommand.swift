import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore
import Webhooks
import ZAPI

/// `discador webhooks rotate`.
struct WebhooksRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        Phrase(
            "Replace the secret part of the addresses that Z-API posts to.",
            "Troca a parte secreta dos endereços para onde a Z-API envia."),
        discussion: Phrase(
            """
            Do so when somebody may have seen an address. The new one is set at Z-API, read back and compared; \
            the old one is accepted for the time of --overlap, so that no event is lost that is on its way.
            """,
            """
            Faça isso quando alguém pode ter visto um endereço. O novo é definido na Z-API, lido de volta e \
            comparado; o antigo é aceito pelo tempo de --overlap, para que nenhum evento a caminho se perca.
            """),
        examples: [
            "discador webhooks rotate cobranca-novembro --overlap 10m"
        ])

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @Option(
        help: .text(
            "Only this instance, by its name in the campaign file. [default: every instance]",
            "Só esta instância, pelo nome no arquivo da campanha. [padrão: todas]", valueName: "name"))
    var instance: String?

    @Option(
        help: .text(
            "How long the old address is accepted, such as 10m or 1h.",
            "Por quanto tempo o endereço antigo é aceito, por exemplo 10m ou 1h.", valueName: "duration"))
    var overlap = "1h"

    @Flag(
        help: .text(
            "Print the addresses with their secret part. Whoever knows one can invent events.",
            "Mostra os endereços com a parte secreta. Quem conhece um deles pode inventar eventos."))
    var printURL = false

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let overlap = try duration()
        let campaign = try CampaignLocator(options: options).load(campaign, secrets: secrets).campaign
        let setup = WebhookSetup(
            campaign: campaign, instances: try campaign.instances(named: instance), options: options,
            suggested: options.suggested(secrets), choice: .ask, overlap: overlap)
        let report = try await setup.run { known in known }
        try report.show(on: options.output, printingURLs: printURL)
    }

    @inline(never)  // see CheckCommand
    private func duration() throws(Failure) -> Duration {
        do {
            return try CampaignFile.duration(overlap)
        } catch {
            throw Failure(
                .usage,
                Phrase { "--overlap: “\(overlap)” \(error.complaint[$0]): \(error.remedy[$0])." })
        }
    }
}
