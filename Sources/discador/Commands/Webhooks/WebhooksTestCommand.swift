import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore
import Foundation
import Webhooks
import ZAPI

/// `discador webhooks test`: sends an event of our own the way that Z-API's come.
struct WebhooksTestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        Phrase(
            "Send a harmless event through the public address, and see it arrive in the database.",
            "Envia um evento inofensivo pelo endereço público e acompanha a chegada dele ao banco de dados."),
        discussion: Phrase(
            """
            It asks Z-API for the address that it posts to, and posts an event of the kind DiscadorTest there, \
            from this machine, by name and over TLS. It says which step failed: the name, the connection, the \
            certificate, the proxy, the path, or the database. The event is counted, and changes nothing.
            """,
            """
            Pergunta à Z-API o endereço para onde ela envia, e envia para lá um evento do tipo DiscadorTest, a \
            partir desta máquina, pelo nome e com TLS. Diz qual etapa falhou: o nome, a conexão, o certificado, \
            o proxy, o caminho ou o banco de dados. O evento é contado e não muda nada.
            """),
        examples: [
            "discador webhooks test cobranca-novembro"
        ])

    private static let pause = Duration.milliseconds(50)
    /// How long the event may take from its answer to this process's view of the database.
    private static let patience = Duration.seconds(5)
    /// More than come from all instances in that time.
    private static let mostEvents = 100_000

    @Argument(help: .campaign, completion: .campaign)
    var campaign: String

    @Option(
        help: .text(
            "Only this instance, by its name in the campaign file. [default: every instance]",
            "Só esta instância, pelo nome no arquivo da campanha. [padrão: todas]", valueName: "name"))
    var instance: String?

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    private struct Entry: Encodable {
        var instance: String
        var step: WebhookTrial.Step
        var text: String
    }

    func run() async throws {
        struct Document: Encodable {
            var campaign: String
            var instances: [Entry]
        }
        let campaign = try CampaignLocator(options: options).load(campaign, secrets: secrets).campaign
        let instances = try campaign.instances(named: instance)
        let client = try ZAPIClient(
            instances: instances, timeout: campaign.timeout, connections: instances.count, output: options.output)
        var entries: [Entry] = []
        var lines: [Phrase] = []
        var statuses: [ExitStatus] = []
        let result: Result<Void, any Error>
        do {
            for (index, instance) in instances.enumerated() {
                let trial = try await trial(of: instance, index, client, campaign.name)
                entries.append(Entry(instance: instance.name, step: trial.step, text: trial.text.english))
                let mark = trial.step == .done ? Phrase(verbatim: "ok  ") : Phrase("BAD ", "ERRO")
                lines.append(mark + Phrase(verbatim: " \(instance.name): ") + trial.text)
                statuses.append(trial.exit)
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        try await client.pool.shutdown()
        try result.get()
        try options.output.result(json: Document(campaign: campaign.name, instances: entries))
        for line in lines { try options.output.result(line) }
        let status = ExitStatus(worstOf: statuses)
        if status != .success { throw ExitCode(status.rawValue) }
    }

    private func trial(
        of instance: Instance, _ index: Int, _ client: ZAPIClient, _ campaign: String
    ) async throws -> WebhookTrial {
        let set = "`\(options.suggested(secrets).command("webhooks", "set", campaign, "--url", "https://…"))`"
        let account: InstanceAccount
        switch await InstanceAccounts(client: client, count: 1).account(of: index) {
        case .failure(let error):
            return WebhookTrial(
                .address,
                Phrase("it is not known where Z-API posts events: ", "não se sabe para onde a Z-API envia os eventos: ")
                    + error.clause + Phrase(verbatim: "."))
        case .success(let found): account = found
        }
        let received = account.callbacks[.receivedAndDelivery] ?? account.callbacks[.received]
        guard let callback = account.callbacks[.delivery], let received else {
            return WebhookTrial(
                .address,
                Phrase {
                    let kinds = [Callback.delivery.words[$0], Callback.received.words[$0]]
                    return $0.text(
                        "Z-API has no address of ours for \(kinds[0]) or \(kinds[1]). Set it with \(set).",
                        "a Z-API não tem um endereço nosso para \(kinds[0]) ou \(kinds[1]). Configure com \(set).")
                })
        }
        guard let ours = WebhookURL(callback.url), ours.instance == instance.id, received.url == callback.url,
            try KnownWebhooks(options).accepts(ours), let address = PostAddress(callback.url)
        else {
            let host = Phrase(recorded: callback.host)
            return WebhookTrial(
                .address,
                Phrase(
                    "Z-API posts to \(host.english), by an address that this database does not know. Set it with \(set).",
                    "a Z-API envia a \(host.portuguese), por um endereço que este banco de dados não conhece. Configure com "
                        + "\(set)."))
        }
        return try await post(to: address, of: instance.id, client.pool)
    }

    private func post(to address: PostAddress, of instance: String, _ pool: ConnectionPool) async throws -> WebhookTrial
    {
        let before = try lastEvent()
        let nonce = SystemEnvironment.randomBytes(16).map { String($0, radix: 16) }.joined()
        let poster = EventPoster(to: address, signedWith: nil, pool: pool, now: SystemEnvironment.now)
        let body = #"{"type":"\#(WebhookTest.type)","instanceId":"\#(instance)","nonce":"\#(nonce)"}"#
        let outcome = await poster.tryOnce(OutgoingMessage(id: nonce, body: Array(body.utf8)))
        let answer: WebhookTrial.Answer =
            switch outcome {
            case .answered(let status): .status(status)
            case .noAnswer(let text): .none(text)
            case .notConnected(let text): .notConnected(text, isNameKnown: HostName.isKnown(address.host))
            }
        var wasStored = false
        if case .status(200..<300) = answer { wasStored = try await isStored(nonce, of: instance, after: before) }
        return WebhookTrial(
            answer, isStored: wasStored, host: address.host,
            serve: options.suggested().serveCommand(at: address.host))
    }

    private func isStored(_ nonce: String, of instance: String, after last: Int64) async throws -> Bool {
        let since = SystemEnvironment.clock.now
        repeat {
            if try found(nonce, of: instance, after: last) { return true }
            try await SystemEnvironment.clock.sleep(for: Self.pause)
        } while since.duration(to: SystemEnvironment.clock.now) < Self.patience
        return false
    }

    @inline(never)  // see `RunLoop.open`
    private func found(_ nonce: String, of instance: String, after last: Int64) throws -> Bool {
        let reader = try options.openReader()
        return try reader.events(after: last, limit: Self.mostEvents).contains { event in
            guard event.instance == instance, event.type == WebhookTest.type else { return false }
            return try reader.body(ofEvent: event.id).map { String(decoding: $0, as: UTF8.self).contains(nonce) }
                ?? false
        }
    }

    @inline(never)  // see `RunLoop.open`
    private func lastEvent() throws -> Int64 { try options.openReader().latestEvents(limit: 1).first?.id ?? 0 }
}

/// The event that `webhooks test` sends.
enum WebhookTest {
    /// A kind that Z-API does not have: it is kept and counted, and changes nothing.
    static let type = "DiscadorTest"
}
