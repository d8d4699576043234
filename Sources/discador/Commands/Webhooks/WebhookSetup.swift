import CampaignCore
import CampaignStore
import Webhooks
import ZAPI

/// Sets the addresses of instances at Z-API, each with a new token.
///
/// The token's hash is in the database before Z-API hears of it, so that no event is refused; the earlier address is
/// accepted until Z-API certainly has the new one.
struct WebhookSetup {
    /// How long `set` keeps accepting the earlier address: events may be on their way.
    static let usualOverlap = Duration.seconds(3600)
    /// With thousands of concurrent requests, many would time out while waiting for each other.
    private static let maxConcurrent = 64

    let campaign: Campaign
    let instances: [Instance]
    let options: GlobalOptions
    let suggested: SuggestedCommands
    let choice: OtherAddressChoice
    /// How long the earlier address is accepted.
    let overlap: Duration
    /// What this process holds the database with; nil: it does not.
    var held: OperationContext?

    /// What one instance gets.
    private struct Plan {
        var instance: Instance
        /// Its index in the list that the client was created with.
        var index: Int
        var address: PublicAddress
        var forwarding: Secret?
        var hasEarlier: Bool
    }

    private var operations: OperationRunner { OperationRunner(options: options, held: held) }

    /// - Parameter address: the public address for an instance, given the one that it has; nil means none.
    func run(_ address: (PublicAddress?) -> PublicAddress?) async throws -> WebhookSetupReport {
        let client = try ZAPIClient(
            instances: instances, timeout: campaign.timeout, connections: min(instances.count, Self.maxConcurrent),
            output: options.output)
        let result: Result<WebhookSetupReport, any Error>
        do {
            result = .success(try await run(client, address))
        } catch {
            result = .failure(error)
        }
        try await client.pool.shutdown()
        return try result.get()
    }

    private func run(
        _ client: ZAPIClient, _ address: (PublicAddress?) -> PublicAddress?
    ) async throws -> WebhookSetupReport {
        let known = try self.known()
        let accounts = await InstanceAccounts(client: client, count: instances.count).read()
        var plans: [Plan] = []
        var results: [InstanceSetup] = []
        for (index, instance) in instances.enumerated() {
            var outcome = InstanceSetup.Outcome.leftAlone
            switch plan(instance, index, accounts[index], known, address) {
            case .success(let plan): plans.append(plan)
            case .failure(let obstacle): outcome = obstacle.outcome
            }
            results.append(InstanceSetup(instance: instance.name, outcome: outcome))
        }
        // What the user has to decide is decided first; an instance that does not answer does not keep the others back.
        let isRefused = results.contains { if case .refused = $0.outcome { true } else { false } }
        for plan in plans where !isRefused {
            results[plan.index] = try await set(plan, client)
        }
        return WebhookSetupReport(campaign: campaign.name, instances: results, suggested: suggested)
    }

    @inline(never)  // see `RunLoop.open`
    private func known() throws -> KnownWebhooks {
        guard let held else { return try KnownWebhooks(options) }
        return KnownWebhooks(try held.store.reader().webhookAddresses(now: SystemEnvironment.now()))
    }

    /// Why an instance gets no address.
    private struct Obstacle: Error {
        var outcome: InstanceSetup.Outcome
    }

    private func plan(
        _ instance: Instance, _ index: Int, _ account: Result<InstanceAccount, ProviderError>, _ known: KnownWebhooks,
        _ address: (PublicAddress?) -> PublicAddress?
    ) -> Result<Plan, Obstacle> {
        let mine = known.addresses(of: instance.id)
        guard let address = address(mine.first.flatMap { PublicAddress(stored: $0.publicURL) }) else {
            return .failure(Obstacle(outcome: .hasNone))
        }
        switch account {
        case .failure(let error): return .failure(Obstacle(outcome: .failed(error)))
        case .success(let account):
            let current = known.current(account, of: instance.id, at: address)
            // Of several that were left accepted, what Z-API posts to says where events go now.
            let present = known.posted(by: account, of: instance.id) ?? mine.first
            switch WebhookDecision(current, forwardingTo: present?.address.forwardURL, choice) {
            case .refuse(let refusal): return .failure(Obstacle(outcome: .refused(refusal)))
            case .set(let forwarding):
                return .success(
                    Plan(
                        instance: instance, index: index, address: address, forwarding: forwarding,
                        hasEarlier: !mine.isEmpty))
            }
        }
    }

    private func set(_ plan: Plan, _ client: ZAPIClient) async throws -> InstanceSetup {
        guard let token = WebhookToken(randomBytes: SystemEnvironment.randomBytes(WebhookToken.byteCount)),
            let address = WebhookURL(plan.address.url, instance: plan.instance.id, token: token)
        else {
            let why = Phrase(
                "its id cannot stand in an address: only letters, digits, - and _ can",
                "o id dela não pode estar num endereço: só letras, dígitos, - e _ podem")
            return InstanceSetup(instance: plan.instance.name, outcome: .isNotSet(why))
        }
        var operation = SetWebhookAddress(
            instance: plan.instance.id, instanceName: plan.instance.name, tokenHash: token.hash,
            publicURL: plan.address.url.text, forwardURL: plan.forwarding?.reveal())
        // First, so that none of its events is refused.
        let isReceived = try await operations.run(operation)
        let confirmation = await send(address.url, plan, client)
        let place = InstanceSetup.WebhookPlace(
            url: address.url, host: plan.address.host, kinds: Callback.needed.map(\.words),
            forwardsTo: plan.forwarding?.shownHost)
        var setup = InstanceSetup(instance: plan.instance.name, outcome: .leftAlone)
        setup.isReceived = isReceived
        switch confirmation.result {
        case .isSet:
            let until = SystemEnvironment.now().advanced(by: overlap)
            operation.earlierUntil = until
            _ = try await operations.run(operation)
            setup.outcome = .isSet(place, earlierUntil: plan.hasEarlier ? until : nil)
            setup.warnings = confirmation.warnings
        case .isNotSet(let why):
            _ = try await operations.run(RemoveWebhookAddress(tokenHash: token.hash))
            setup.outcome = .isNotSet(why)
        case .isUnknown(let why):
            setup.outcome = .isUnknown(place, why)
        }
        return setup
    }

    /// Sets an address at Z-API, and reads it back.
    private func send(
        _ url: Secret, _ plan: Plan, _ client: ZAPIClient
    ) async -> (result: WebhookConfirmation, warnings: [Phrase]) {
        var problem: ProviderError?
        do throws(ProviderError) {
            try await client.setWebhooks(of: plan.index, to: url)
        } catch {
            problem = error
        }
        let account = try? await client.account(of: plan.index)
        var now = account?.callbacks ?? [:]
        // Where both have an address, the plain one is not used.
        now[.received] = now[.receivedAndDelivery] ?? now[.received]
        let reading = Callback.needed.compactMap { kind in
            now[kind].map { CurrentWebhook(kind: kind.words, address: $0.url, host: $0.host, isOurs: true) }
        }
        let confirmation = WebhookConfirmation(
            url, error: problem, reading: account == nil ? nil : reading, kinds: Callback.needed.map(\.words))
        return (confirmation, account?.webhookWarnings ?? [])
    }
}

extension InstanceAccount {
    /// Settings of the account that keep events from saying all that they could.
    var webhookWarnings: [Phrase] {
        let warnings: [Phrase?] = [
            receivesSentByMe == false ? Self.sentByMeWarning : nil, rejectsCalls == true ? Self.rejectionWarning : nil,
        ]
        return warnings.compactMap { $0.map { $0 + Phrase(verbatim: ".") } }
    }

    /// For `receivesSentByMe`; without a final period.
    static let sentByMeWarning = Phrase(
        "Z-API reports nothing that the instance itself does (receiveCallbackSentByMe is off), so it may never say whether "
            + "a call was answered. Switch it on in Z-API's panel, under the instance's webhooks",
        "a Z-API não informa o que a própria instância faz (receiveCallbackSentByMe está desligado), e por isso pode nunca "
            + "dizer se uma ligação foi atendida. Ligue no painel da Z-API, nos webhooks da instância")

    /// For `rejectsCalls`; without a final period.
    static let rejectionWarning = Phrase(
        "Z-API rejects everybody who calls back (callRejectAuto is on). Switch it off in Z-API's panel if somebody is there "
            + "to answer",
        "a Z-API rejeita quem retorna a ligação (callRejectAuto está ligado). Desligue no painel da Z-API se há alguém para "
            + "atender")
}
