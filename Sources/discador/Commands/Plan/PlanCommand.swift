import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore
import Foundation

/// `discador plan`: what a run would do.
struct PlanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plan",
        Phrase(
            "Dry run: who is called, who is not and why, how long it takes and when it ends. Places no call.",
            "Simulação: quem recebe ligação, quem não recebe e por quê, quanto demora e quando termina. Não liga para ninguém."
        ),
        discussion: Phrase(
            """
            The end is an estimate from the campaign's pace, window and caps; retries, throttling and \
            unavailable instances can only make it later.
            """,
            """
            O término é uma estimativa pelo ritmo, pelo horário de ligação e pelos limites da campanha; novas \
            tentativas, pedidos da Z-API para esperar e instâncias fora do ar só podem atrasá-lo.
            """),
        examples: [
            "discador plan cobranca-novembro",
            "discador plan cobranca-novembro --check-whatsapp",
        ])

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @Flag(
        name: .customLong("check-whatsapp"),
        help: .text(
            """
            First ask Z-API which of the waiting numbers have WhatsApp: those without are excluded, and the \
            others get WhatsApp's own form of the number, if it is the same subscriber (with or without the \
            ninth digit in Brazil, the 1 in Mexico, the 9 in Argentina). The number of another subscriber is \
            shown and ignored.
            """,
            """
            Antes pergunta à Z-API quais dos números que aguardam têm WhatsApp: os que não têm são excluídos, e \
            os outros ficam com a forma que o WhatsApp usa, se for o mesmo assinante (com ou sem o nono dígito \
            no Brasil, o 1 no México, o 9 na Argentina). O número de outro assinante é mostrado e ignorado.
            """))
    var checksWhatsApp = false

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let locator = CampaignLocator(options: options)
        let loaded =
            checksWhatsApp
            ? try locator.load(campaign, secrets: secrets)
            : try locator.loadWithoutSecrets(campaign, secrets: secrets)
        for instance in loaded.campaign.instances where CampaignLocator.isUnknown(instance) {
            options.output.note(
                Phrase(
                    "note: the id of \(instance.name) is a variable that is not set, so the calls that it has placed today "
                        + "are not known here.",
                    "nota: o id de \(instance.name) é uma variável que não está definida; por isso, não se sabe aqui "
                        + "quantas ligações ela fez hoje."))
        }
        let reader = try options.openReader()
        _ = try reader.counts(campaign: loaded.campaign.name)
        let checked = try await checksWhatsApp ? WhatsAppCheck(campaign: loaded.campaign, options: options).run() : nil
        var plan = try CampaignPlan(
            reader, of: loaded.campaign, now: SystemEnvironment.now(), uptime: SystemEnvironment.uptime(),
            whatsApp: checked)
        let suggested = options.suggested(secrets)
        plan.suggested = suggested
        let lists = try ListStatuses(reader, of: loaded, suggested)
        plan.lists = lists
        try options.output.result(json: plan)
        for line in plan.lines(options.output.language) { try options.output.result(line) }
        for note in lists.notes { options.output.note(note) }
    }
}
