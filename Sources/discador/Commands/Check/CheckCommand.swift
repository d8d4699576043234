import ArgumentParser
import CampaignCore
import CampaignFile
import CampaignStore
import Foundation
import ZAPI

/// `discador check`: would a run work?
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        Phrase(
            "Check the campaign file, the database and each instance, without placing a call.",
            "Confere o arquivo da campanha, o banco de dados e cada instância, sem fazer nenhuma ligação."),
        discussion: Phrase(
            """
            Unless the campaign file says `queueWhileDisconnected: allow`, it also tells Z-API to keep no call \
            while a phone is disconnected, as a run does at its beginning. Exits with 4 if an instance cannot be \
            used, or something that the file asks for cannot happen.
            """,
            """
            A não ser que o arquivo diga `queueWhileDisconnected: allow`, também diz à Z-API para não guardar \
            ligações enquanto o celular está desconectado, como a execução faz ao começar. Termina com 4 se uma \
            instância não pode ser usada, ou se algo que o arquivo pede não pode acontecer.
            """),
        examples: [
            "discador check cobranca-novembro",
            "discador check cobranca-novembro --database",
        ])

    @Argument(
        help: .text(
            "The campaign: its folder, its campaign.yml, or its name; optional with --database.",
            "A campanha: a pasta dela, o campaign.yml, ou o nome; dispensável com --database."), completion: .campaign)
    var campaign: String?

    @Flag(
        help: .text(
            "Also read the whole database: every page and value, and whether its totals add up.",
            "Também lê o banco de dados inteiro: cada página e valor, e se os totais fecham."))
    var database = false

    @OptionGroup var secrets: SecretsOptions
    @OptionGroup var options: GlobalOptions

    /// With thousands of concurrent requests, many would time out while waiting for each other.
    private static let maxConcurrent = 256

    func validate() throws {
        guard campaign != nil || database else {
            throw ValidationError(
                Phrase("Name a campaign, or give --database.", "Indique uma campanha, ou use --database.")[
                    SystemEnvironment.language])
        }
    }

    func run() async throws {
        var findings: [Finding] = []
        var worst = ExitStatus.success
        if database { findings += try DatabaseCheck(options: options).examine(&worst) }
        if let campaign { findings += try await check(campaign, &worst) }
        try options.output.result(json: JSONList(findings, named: "findings"))
        for finding in findings { try options.output.result(finding.line(options.output.language)) }
        if worst != .success { throw ExitCode(worst.rawValue) }
    }

    private func check(_ campaign: String, _ worst: inout ExitStatus) async throws -> [Finding] {
        let (campaign, local) = try checkLocally(campaign)
        let heard = try DatabaseCheck(options: options).webhookFindings(of: campaign, options.suggested(secrets))
        // The file was read, and a list may change: only the database can be bad.
        if worst == .success, local.contains(where: { !$0.isGood }) { worst = .disk }
        var findings = local + heard
        let client = try ZAPIClient(
            instances: campaign.instances, timeout: campaign.timeout,
            connections: min(campaign.instances.count, Self.maxConcurrent), output: options.output)
        var answering: [Int] = []
        for (index, (health, finding)) in await checkInstances(of: campaign, client).enumerated() {
            findings.append(finding)
            switch health {
            case .connected: answering.append(index)
            case .disconnected:
                answering.append(index)
                worst = worst == .success ? .stopped : worst
            case .misconfigured: worst = worst == .success ? .stopped : worst
            case .unreachable: worst = worst == .success ? .unreachable : worst
            }
        }
        let accounts = await checkAccounts(of: answering, campaign, client)
        try await client.pool.shutdown()
        if worst == .success, (heard + accounts).contains(where: { !$0.isGood }) { worst = .stopped }
        return findings + accounts
    }

    /// The accounts of those instances that answer; the others have their own finding.
    private func checkAccounts(of indices: [Int], _ campaign: Campaign, _ client: ZAPIClient) async -> [Finding] {
        let answers = await AccountReview(campaign: campaign, client: client).answers(of: indices)
        let rule = accountRule(campaign)
        return indices.flatMap { index in
            let instance = campaign.instances[index]
            let findings = answers[index].map { rule.findings($0, of: instance) } ?? []
            return findings.map { Finding($0, of: instance.name) }
        }
    }

    @inline(never)  // see `checkLocally`
    private func accountRule(_ campaign: Campaign) -> AccountRule {
        let now = SystemEnvironment.now()
        // A database that cannot be read has its own finding.
        let reader = try? options.openReader()
        var rule = AccountRule(
            campaign: campaign,
            endsAt: reader.flatMap {
                RunForecast(campaign: campaign, reader: $0).end(now: now, uptime: SystemEnvironment.uptime())
            }, now: now, known: KnownWebhooks((try? reader?.webhookAddresses(now: now)) ?? []),
            suggested: options.suggested(secrets))
        if options.output.isJSON { rule.clock = LocalClock.iso(in: campaign.timeZone) }
        return rule
    }

    /// The campaign, and the findings about its file, the database and its lists, before Z-API is asked.
    ///
    /// Inlined into the asynchronous function, its errors make the optimizer of Swift 6.3.1 crash (CoroSplit).
    @inline(never)
    private func checkLocally(_ campaign: String) throws -> (Campaign, [Finding]) {
        let loaded = try CampaignLocator(options: options).load(campaign, secrets: secrets)
        var findings = [
            Finding(
                subject: Phrase("campaign file", "arquivo da campanha"), isGood: true,
                text: Phrase("\(loaded.path) is valid", "\(loaded.path) é válido")),
            Finding(
                subject: Phrase("window", "horário de ligação"), isGood: true,
                text: loaded.campaign.windowPhrase),
        ]
        if let remark = loaded.campaign.pacePhrase {
            findings.append(
                Finding(subject: Phrase("pace", "ritmo"), isGood: true, text: remark))
        }
        if let remark = loaded.campaign.redialPhrase {
            findings.append(Finding(warning: remark, about: Phrase(verbatim: "redial")))
        }
        let database = DatabaseCheck(options: options)
        findings.append(try database.finding(of: loaded.campaign.name))
        if let finding = try database.answersFinding(loaded.campaign) { findings.append(finding) }
        if let finding = try database.pauseFinding(loaded.campaign.name) { findings.append(finding) }
        if let lists = try ListStatuses.look(at: loaded, options, secrets) {
            findings += lists.all.map { Finding($0, options.output.isJSON ? .iso : .machine) }
            for note in lists.notes { options.output.note(note) }
        }
        return (loaded.campaign, findings)
    }

    /// The health of each instance; many are asked concurrently.
    private func checkInstances(of campaign: Campaign, _ client: ZAPIClient) async -> [(InstanceHealth, Finding)] {
        await withTaskGroup(of: (Int, InstanceHealth, Finding).self) { group in
            var findings: [(Int, InstanceHealth, Finding)] = []
            for (index, instance) in campaign.instances.enumerated() {
                if index >= Self.maxConcurrent, let finding = await group.next() { findings.append(finding) }
                group.addTask {
                    let health = await client.health(of: index)
                    var finding = Finding(health, of: instance.name)
                    if case .disconnected = health {
                        finding.text = finding.text + (await queueText(index, client, of: campaign))
                    }
                    return (index, health, finding)
                }
            }
            for await finding in group { findings.append(finding) }
            return findings.sorted { $0.0 < $1.0 }.map { ($0.1, $0.2) }
        }
    }

    /// What Z-API will send automatically once the instance is connected again.
    private func queueText(_ instance: Int, _ client: ZAPIClient, of campaign: Campaign) async -> Phrase {
        do throws(ProviderError) {
            let count = try await client.queued(of: instance).count
            guard count > 0 else {
                return Phrase(" Its queue at Z-API is empty.", " A fila dela na Z-API está vazia.")
            }
            let queue = options.suggested(secrets).command("queue", campaign.name)
            let sent = Phrase(
                " in its queue at Z-API and \(count.noun("is", "are")) sent when it reconnects: see `\(queue)`.",
                " na fila dela na Z-API e \(count.noun("sai", "saem")) quando ela se reconectar: veja `\(queue)`.")
            return Phrase(verbatim: " ") + .itemsWaiting(count) + sent
        } catch {
            return Phrase(" Its queue at Z-API cannot be read: ", " A fila dela na Z-API não pode ser lida: ")
                + Phrase(error) + Phrase(verbatim: ".")
        }
    }
}
