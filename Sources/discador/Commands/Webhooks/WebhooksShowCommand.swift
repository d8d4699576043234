import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore
import Webhooks
import ZAPI

/// `discador webhooks show`.
struct WebhooksShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        Phrase(
            "Show where Z-API posts events, what has arrived, and what is wrong.",
            "Mostra para onde a Z-API envia eventos, o que chegou e o que está errado."),
        discussion: Phrase(
            """
            It reads the database only; with --check it also asks Z-API whether it still has these addresses. \
            Exits with 4 if anything is wrong: silence although calls were placed, a quarantine, or another \
            address at Z-API; with --check also when an event of the last 24 hours was too large or could not be \
            read.
            """,
            """
            Lê só o banco de dados; com --check também pergunta à Z-API se ela ainda tem esses endereços. \
            Termina com 4 se algo estiver errado: silêncio apesar de ligações feitas, uma quarentena, ou outro \
            endereço na Z-API; com --check, também quando um evento das últimas 24 horas era grande demais ou \
            não pôde ser lido.
            """),
        examples: [
            "discador webhooks show cobranca-novembro",
            "discador webhooks show cobranca-novembro --check",
        ])

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @Flag(
        help: .text(
            "Also ask Z-API for the addresses that it has; needs the campaign's secrets.",
            "Também pergunta à Z-API os endereços que ela tem; precisa dos segredos da campanha."))
    var check = false

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        let (name, instances) = try find()
        var overview = try WebhookOverview(
            options.openReader(), of: name, instances: instances, now: SystemEnvironment.now(),
            options.suggested(secrets), options.output.isJSON ? .iso : .machine)
        if check { try await ask(&overview) }
        try options.output.result(json: overview)
        for line in overview.lines { try options.output.result(line) }
        let yesterday = Timestamp(milliseconds: SystemEnvironment.now().milliseconds - 86_400_000)
        if overview.instances.contains(where: { !$0.problems.isEmpty }) || check && overview.hasLost(since: yesterday) {
            throw ExitCode(ExitStatus.stopped.rawValue)
        }
    }

    @inline(never)  // see `RunLoop.open`
    private func find() throws -> (String, [NamedInstance]) {
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(reader, of: campaign)
        return (name, try NamedInstance.all(of: name, campaign, reader, options, secrets))
    }

    private func ask(_ overview: inout WebhookOverview) async throws {
        let campaign = try CampaignLocator(options: options).load(campaign, secrets: secrets).campaign
        let known = try KnownWebhooks(options)
        let client = try ZAPIClient(
            instances: campaign.instances, timeout: campaign.timeout, connections: campaign.instances.count,
            output: options.output)
        let accounts = await InstanceAccounts(client: client, count: campaign.instances.count).read()
        try await client.pool.shutdown()
        for (instance, account) in zip(campaign.instances, accounts) {
            overview.note(account, of: instance, known)
        }
    }
}

/// An instance by both of its names.
struct NamedInstance: Hashable {
    var name: String
    /// Z-API's id.
    var id: String

    /// The instances of a campaign: those of its file if it can be read, and those that it has used.
    static func all(
        of name: String, _ argument: String, _ reader: StoreReader, _ options: GlobalOptions, _ secrets: SecretsOptions
    ) throws -> [NamedInstance] {
        var instances = try reader.instances(campaign: name, now: SystemEnvironment.now()).map {
            NamedInstance(name: $0.name, id: $0.id)
        }
        // Without its secrets, what the database knows must do.
        let loaded = try? CampaignLocator(options: options).load(argument, secrets: secrets)
        for instance in loaded?.campaign.instances ?? [] where !instances.contains(where: { $0.id == instance.id }) {
            instances.append(NamedInstance(name: instance.name, id: instance.id))
        }
        return instances
    }
}
