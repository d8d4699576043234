import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore
import ZAPI

/// `discador queue`: what Z-API has accepted but not sent yet.
struct QueueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        Phrase(
            "List what waits in each instance's queue at Z-API, or remove calls from it.",
            "Mostra o que aguarda na fila de cada instância na Z-API, ou tira ligações de lá."),
        discussion: Phrase(
            """
            Z-API keeps calls while an instance is disconnected and sends them all when it reconnects, at any \
            hour. A call in doubt that is certainly found there is resolved as accepted; an item that may be one \
            is shown by `discador doubts`. --clear removes only calls that this database has placed, and \
            requeues their contacts only when the calls were certainly not sent: the instance was disconnected \
            before and after, and Z-API no longer lists the call.
            """,
            """
            A Z-API guarda as ligações enquanto uma instância está desconectada e faz todas quando ela \
            reconecta, a qualquer hora. Uma ligação em dúvida que com certeza está lá é resolvida como aceita; \
            um item que talvez seja uma delas aparece em `discador doubts`. --clear só tira ligações feitas por \
            este banco de dados, e só recoloca os contatos na fila quando é certo que as ligações não saíram: a \
            instância estava desconectada antes e depois, e a Z-API já não mostra a ligação.
            """),
        examples: [
            "discador queue cobranca-novembro",
            "discador queue cobranca-novembro --clear --instance vendas",
        ])

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @Option(
        help: .text(
            "Only the queue of this instance, by its name in the campaign file. [default: every instance]",
            "Só a fila desta instância, pelo nome no arquivo da campanha. [padrão: todas]", valueName: "name"))
    var instance: String?

    @Flag(
        help: .text(
            "Remove the calls of this campaign from the queues.",
            "Tira das filas as ligações desta campanha."))
    var clear = false

    @Flag(
        help: .text(
            "With --clear: remove the calls of all campaigns of this database.",
            "Com --clear: tira as ligações de todas as campanhas deste banco de dados."))
    var allCampaigns = false

    @Flag(
        help: .text(
            "Clear without asking.",
            "Tira sem perguntar."))
    var yes = false

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    func validate() throws {
        guard clear || !(allCampaigns || yes) else {
            throw ValidationError(
                SystemEnvironment.language.text(
                    "--all-campaigns and --yes need --clear.", "--all-campaigns e --yes exigem --clear."))
        }
    }

    func run() async throws {
        let loaded = try CampaignLocator(options: options).load(campaign, secrets: secrets)
        let instances = try loaded.campaign.instances(named: instance)
        let reader = try options.openReader()
        _ = try reader.counts(campaign: loaded.campaign.name)
        let (store, holder) = try writer(loaded.campaign.name)
        let client = try ZAPIClient(
            instances: instances, timeout: loaded.campaign.timeout, connections: instances.count,
            output: options.output)
        let result: Result<ExitStatus, any Error>
        do {
            let inspector = QueueInspector(
                campaign: loaded.campaign.name, instances: instances, seconds: loaded.campaign.callDuration,
                client: client, reader: reader, store: store)
            result = .success(try await show(store, try await inspector.inspect(), client, holder: holder))
        } catch {
            result = .failure(error)
        }
        try await client.pool.shutdown()
        try store?.close()
        let status = try result.get()
        if status != .success { throw ExitCode(status.rawValue) }
    }

    private func show(
        _ store: CampaignStore?, _ report: QueueReport, _ client: ZAPIClient, holder: Phrase?
    ) async throws -> ExitStatus {
        var report = report
        report.holder = holder
        for line in report.lines { try options.output.result(line) }
        var cleared: [ClearedItem] = []
        if clear, let store {
            cleared = try await self.cleared(report, client, store)
            report.cleared = cleared
            for line in report.clearedLines(options.suggested(secrets)) { try options.output.result(line) }
        }
        try options.output.result(json: report)
        guard report.exit == .success else { return report.exit }
        return cleared.allSatisfy(\.isDone) ? .success : .finishedWithFailures
    }

    /// Clears the queues if that is wanted, and logs it.
    private func cleared(
        _ report: QueueReport, _ client: ZAPIClient, _ store: CampaignStore
    ) async throws -> [ClearedItem] {
        let leftAlone = report.queues.flatMap { report.leftAlone(in: $0, ofAllCampaigns: allCampaigns) }
        guard try isWanted(report) else { return leftAlone }
        let detail = ActionDetail(campaign: report.campaign)
        return try await ActionLog(store: store).logging("queue --clear", detail) { cleared in
            ["calls": cleared.count(where: \.isCleared)]
        } _: {
            var cleared: [ClearedItem] = []
            for queue in report.queues {
                cleared += try await QueueCleaner(client: client, store: store, queue: queue)
                    .clear(report.clearable(in: queue, ofAllCampaigns: allCampaigns))
                cleared += report.leftAlone(in: queue, ofAllCampaigns: allCampaigns)
            }
            return cleared
        }
    }

    /// Asks whether to continue after the items were shown.
    private func isWanted(_ report: QueueReport) throws -> Bool {
        let count = report.queues.reduce(0) { $0 + report.clearable(in: $1, ofAllCampaigns: allCampaigns).count }
        guard count > 0 else {
            try options.output.result(Phrase("There is nothing to clear.", "Não há nada a tirar da fila."))
            return false
        }
        guard !yes else { return true }
        let question =
            Phrase("Remove ", "Tirar ") + Phrase.counted(count, .call)
            + Phrase(" from Z-API's queue permanently?", " da fila da Z-API para sempre?")
        guard let answer = options.output.confirms(question) else {
            throw Failure(
                .usage,
                Phrase(
                    "Nothing was cleared, because there is no terminal to ask on: add --yes.",
                    "Nada foi tirado da fila, porque não há terminal para perguntar: acrescente --yes."))
        }
        if !answer { options.output.note(Phrase("Nothing was cleared.", "Nada foi tirado da fila.")) }
        return answer
    }

    /// The store, if this process may write; otherwise, when only showing, who holds it.
    private func writer(_ campaign: String) throws(StoreError) -> (store: CampaignStore?, holder: Phrase?) {
        do throws(StoreError) {
            return (try options.openStore(for: "queue \(campaign)"), nil)
        } catch {
            guard case .held(_, let holder, _) = error, !clear else { throw error }
            return (nil, holder)
        }
    }
}
