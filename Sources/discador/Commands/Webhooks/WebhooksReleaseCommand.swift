import ArgumentParser
import CampaignCore
import CampaignStore

/// `discador webhooks release`: ends the quarantine of an instance.
struct WebhooksReleaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        Phrase(
            "End the quarantine of an instance, which begins when WhatsApp restricts it.",
            "Encerra a quarentena de uma instância, que começa quando o WhatsApp a restringe."),
        discussion: Phrase(
            """
            After a sign of a shadow ban an instance rests for 24 hours, after the next one for 48, then 96. \
            Z-API's own advice is to wait: calls that are placed too early make it worse. The next quarantine is \
            longer all the same.
            """,
            """
            Depois de um sinal de shadow ban a instância descansa 24 horas, depois do seguinte 48, depois 96. A \
            própria Z-API recomenda esperar: ligações feitas cedo demais pioram a situação. A próxima quarentena \
            é mais longa do mesmo jeito.
            """),
        examples: [
            "discador webhooks release cobranca-novembro --instance vendas"
        ])

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @Option(
        help: .text(
            "The instance, by its name in the campaign.",
            "A instância, pelo nome na campanha.", valueName: "name"))
    var instance: String

    @Flag(
        help: .text(
            "Release it without asking.",
            "Libera sem perguntar."))
    var yes = false

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
        struct Document: Encodable {
            var instance: String
            var wasQuarantined: Bool
        }
        let released = try find()
        guard try isWanted() else { return }
        let wasQuarantined = try await OperationRunner(options: options).run(ReleaseInstance(instance: released.id))
        try options.output.result(json: Document(instance: instance, wasQuarantined: wasQuarantined))
        try options.output.result(
            wasQuarantined
                ? Phrase(
                    "\(instance) is released: calls are placed through it again.",
                    "\(instance) está liberada: volta a fazer ligações.")
                : Phrase(
                    "\(instance) was in no quarantine: nothing was changed.",
                    "\(instance) não estava em quarentena: nada foi mudado."))
    }

    @inline(never)  // see `RunLoop.open`
    private func find() throws -> NamedInstance {
        let reader = try options.openReader()
        let name = try CampaignLocator(options: options).name(reader, of: campaign)
        let known = try NamedInstance.all(of: name, campaign, reader, options, secrets)
        guard let found = known.first(where: { $0.name == instance }) else {
            let names = known.map(\.name).joined(separator: ", ")
            throw Failure(
                .usage,
                names.isEmpty
                    ? Phrase(
                        "\(name) has no instance “\(instance)” yet.", "\(name) ainda não tem a instância “\(instance)”."
                    )
                    : Phrase(
                        "\(name) has no instance “\(instance)”; it has: \(names).",
                        "\(name) não tem a instância “\(instance)”; tem: \(names)."))
        }
        return found
    }

    private func isWanted() throws -> Bool {
        guard !yes else { return true }
        let question = Phrase(
            "Place calls through \(instance) again, against Z-API's advice?",
            "Voltar a ligar por \(instance), contra o conselho da Z-API?")
        guard let answer = options.output.confirms(question) else {
            throw Failure(
                .usage,
                Phrase(
                    "Nothing was changed, because there is no terminal to ask on: add --yes.",
                    "Nada foi mudado, porque não há terminal para perguntar: acrescente --yes."))
        }
        if !answer { options.output.note(Phrase("Nothing was changed.", "Nada foi mudado.")) }
        return answer
    }
}
