import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore
import Webhooks
import ZAPI

/// `discador webhooks set`.
struct WebhooksSetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        Phrase(
            "Have Z-API post its events to a public address of yours.",
            "Faz a Z-API enviar os eventos para um endereço público do usuário."),
        discussion: Phrase(
            """
            The address is where the internet reaches `discador serve --webhooks`: through a proxy that speaks \
            HTTPS, or directly. For each instance a secret path is made and set at Z-API for every kind of \
            event; then it is read back and compared. The earlier one stays valid for an hour, and for good if \
            Z-API does not take the new one.

            An address of another program is never replaced without being asked: nothing is changed, unless you \
            add --forward or --replace.
            """,
            """
            O endereço é por onde a internet chega a `discador serve --webhooks`: por um proxy que fala HTTPS, \
            ou diretamente. Para cada instância é criado um caminho secreto, definido na Z-API para cada tipo de \
            evento; depois é lido de volta e comparado. O anterior continua valendo por uma hora, e de vez se a \
            Z-API não aceitar o novo.

            Um endereço de outro programa nunca é substituído sem pedido: nada muda, a não ser com --forward ou \
            --replace.
            """),
        examples: [
            "discador webhooks set cobranca-novembro --url https://chamadas.example.com"
        ])

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @Option(
        name: .customLong("url"),
        help: .text(
            "The public address, such as https://calls.example.com.",
            "O endereço público, por exemplo https://chamadas.example.com.", valueName: "address"))
    var address: String

    @Option(
        help: .text(
            "Only this instance, by its name in the campaign file. [default: every instance]",
            "Só esta instância, pelo nome no arquivo da campanha. [padrão: todas]", valueName: "name"))
    var instance: String?

    @Flag(
        help: .text(
            "Replace addresses of other programs, which then hear nothing any more.",
            "Substitui endereços de outros programas, que deixam de receber os eventos."))
    var replace = false

    @Flag(
        help: .text(
            "Replace the address of another program, and pass every event on to it.",
            "Substitui o endereço de outro programa e repassa a ele cada evento."))
    var forward = false

    @Flag(
        help: .text(
            "Print the addresses with their secret part. Whoever knows one can invent events.",
            "Mostra os endereços com a parte secreta. Quem conhece um deles pode inventar eventos."))
    var printURL = false

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard !(replace && forward) else {
            throw ValidationError(
                Phrase(
                    "--replace and --forward contradict each other: choose one.",
                    "--replace e --forward se contradizem: escolha só uma.")[SystemEnvironment.language])
        }
    }

    func run() async throws {
        let address = try PublicAddress(option: address)
        let campaign = try CampaignLocator(options: options).load(campaign, secrets: secrets).campaign
        let setup = WebhookSetup(
            campaign: campaign, instances: try campaign.instances(named: instance), options: options,
            suggested: options.suggested(secrets), choice: replace ? .replace : forward ? .forward : .ask,
            overlap: WebhookSetup.usualOverlap)
        let report = try await setup.run { _ in address }
        try report.show(on: options.output, printingURLs: printURL)
    }
}
