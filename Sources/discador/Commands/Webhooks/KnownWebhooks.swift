import CampaignCore
import CampaignStore
import Foundation
import Webhooks
import ZAPI

/// The addresses at which this database accepts webhooks, to recognize them among those that Z-API has.
struct KnownWebhooks {
    private let addresses: [WebhookAddressEntry]

    init(_ addresses: [WebhookAddressEntry]) {
        self.addresses = addresses
    }

    @inline(never)  // see `RunLoop.open`
    init(_ options: GlobalOptions) throws {
        guard FileManager.default.fileExists(atPath: options.databasePath) else {
            addresses = []
            return
        }
        addresses = try options.openReader().webhookAddresses(now: SystemEnvironment.now())
    }

    /// Those of an instance, the latest first.
    func addresses(of instance: String) -> [WebhookAddressEntry] {
        addresses.filter { $0.address.instance == instance }
    }

    /// The address of an instance to which Z-API posts what it receives, if it is one of ours; the latest where there are
    /// several.
    func posted(by account: InstanceAccount, of instance: String) -> WebhookAddressEntry? {
        let urls = account.callbacks.values.compactMap { WebhookURL($0.url) }
        return addresses(of: instance).first { entry in urls.contains { $0.isAmong([entry.address]) } }
    }

    /// Until when the addresses are accepted to which Z-API posts what is needed; nil: none of them ends.
    func end(of account: InstanceAccount, of instance: String) -> Timestamp? {
        let urls = Callback.needed.compactMap { account.needed($0).flatMap { WebhookURL($0.url) } }
        return addresses(of: instance).filter { entry in urls.contains { $0.isAmong([entry.address]) } }
            .compactMap(\.address.expiresAt).min()
    }

    /// What is to be finished for an instance; nil: nothing is.
    ///
    /// - Parameter account: what Z-API says; nil: it was not asked.
    func unfinished(_ account: InstanceAccount?, of instance: String) -> UnfinishedSetup? {
        let lasting = addresses(of: instance).filter { $0.address.expiresAt == nil }
        if let account, let until = end(of: account, of: instance) { return .ends(until) }
        if lasting.count > 1 { return .several(lasting.count) }
        // Z-API itself says more than whether it was seen to post there once.
        let isUncertain = account == nil && lasting.contains { !$0.isConfirmed }
        return isUncertain ? .uncertain : nil
    }

    /// Whether events are accepted at an address.
    func accepts(_ url: WebhookURL) -> Bool { url.isAmong(addresses.map(\.address)) }

    /// What Z-API has for an instance now.
    ///
    /// - Parameter address: below which everything counts as ours, even if this database does not know the token.
    func current(_ account: InstanceAccount, of instance: String, at address: PublicAddress) -> [CurrentWebhook] {
        let known = addresses(of: instance).map(\.address)
        func current(_ kind: Phrase, _ callback: CallbackAddress) -> CurrentWebhook {
            let ours = WebhookURL(callback.url)
            let isOurs = ours.map { $0.instance == instance && ($0.begins(with: address.url) || $0.isAmong(known)) }
            return CurrentWebhook(
                kind: kind, address: callback.url, host: callback.host, isOurs: isOurs ?? false,
                canReceive: callback.url.canReceiveEvents)
        }
        let callbacks = Callback.allCases.compactMap { kind in
            account.callbacks[kind].map { current(kind.words, $0) }
        }
        return callbacks + account.otherCallbacks.map { current(Phrase("another kind", "outro tipo"), $0) }
    }
}

extension InstanceAccount {
    /// The kinds of event that are needed and do not come to this database.
    ///
    /// - Parameter instance: Z-API's id.
    func missing(in known: KnownWebhooks, of instance: String) -> [Callback] {
        Callback.needed.filter { kind in
            guard let url = needed(kind).flatMap({ WebhookURL($0.url) }), url.instance == instance else { return true }
            return !known.accepts(url)
        }
    }

    /// How to have the kinds that are missing; without a final period.
    func remedy(_ missing: [Callback], of campaign: String, _ suggested: SuggestedCommands) -> Phrase {
        guard missing.contains(where: { needed($0) != nil }) else {
            let set = suggested.command("webhooks", "set", campaign, "--url", "https://…")
            return Phrase("set it with `\(set)`", "configure com `\(set)`")
        }
        let set = suggested.command("webhooks", "set", campaign, "--url", "https://…", "--forward")
        return Phrase(
            "set it with `\(set)`, which passes every event on to the address that is there now, or with --replace "
                + "instead",
            "configure com `\(set)`, que repassa todos os eventos ao endereço que está lá agora, ou com --replace em vez "
                + "disso")
    }

    /// Where one of the needed kinds of event is posted to.
    fileprivate func needed(_ kind: Callback) -> CallbackAddress? {
        // Where both have an address, the plain one is not used.
        kind == .received ? callbacks[.receivedAndDelivery] ?? callbacks[kind] : callbacks[kind]
    }
}

/// What `webhooks set` or `rotate` has left to be finished.
enum UnfinishedSetup: Equatable {
    /// It was interrupted, or Z-API's answer was: so many addresses are accepted without end, and Z-API posts to one.
    case several(Int)
    /// The same, for the first address.
    case uncertain
    /// Z-API posts to an address that ends then.
    case ends(Timestamp)

    /// What is the matter, and what to do; without a final period.
    func text(of campaign: String, instance: String, _ suggested: SuggestedCommands, _ clock: LocalClock) -> Phrase {
        switch self {
        case .several(let count):
            return Phrase(
                "`webhooks set` or `rotate` was not finished: \(count) addresses are accepted, and Z-API posts to one of "
                    + "them. Run the same command again, which ends the earlier ones",
                "`webhooks set` ou `rotate` não terminou: \(count) endereços são aceitos, e a Z-API envia a um deles. "
                    + "Execute o mesmo comando de novo, que encerra os anteriores")
        case .uncertain:
            return Phrase(
                "`webhooks set` was not finished, and it is not certain that Z-API posts to this address. Run the same "
                    + "command again",
                "`webhooks set` não terminou, e não é certo que a Z-API envie a este endereço. Execute o mesmo comando de "
                    + "novo")
        case .ends(let until):
            let rotate = suggested.command("webhooks", "rotate", campaign, "--instance", instance)
            let time = clock.alone(until)
            return Phrase(
                "Z-API posts to an earlier address, which is accepted until \(time.english) only. Set a new one with "
                    + "`\(rotate)`",
                "a Z-API envia a um endereço anterior, aceito só até \(time.portuguese). Configure um novo com "
                    + "`\(rotate)`")
        }
    }
}

extension Callback {
    /// The kinds without which this program is told too little.
    static let needed: [Callback] = [.delivery, .received, .disconnected, .connected]

    /// Its name for people; the English one is that of JSON.
    var words: Phrase {
        switch self {
        case .delivery: Phrase("delivery", "entrega")
        case .received: Phrase("received", "recebimento")
        case .receivedAndDelivery: Phrase("received (with own messages)", "recebimento (com as próprias mensagens)")
        case .messageStatus: Phrase("message status", "status da mensagem")
        case .disconnected: Phrase("disconnected", "desconexão")
        case .connected: Phrase("connected", "conexão")
        case .presenceChat: Phrase("presence", "presença")
        }
    }
}

/// What Z-API says about the accounts of several instances.
struct InstanceAccounts {
    private static let maxConcurrent = 64

    let client: ZAPIClient
    let count: Int

    private struct Answer {
        var index: Int
        var account: Result<InstanceAccount, ProviderError>
    }

    /// In the order of the client's instances; requested concurrently, so that one that does not answer does not delay
    /// the others.
    func read() async -> [Result<InstanceAccount, ProviderError>] {
        await withTaskGroup(of: Answer.self) { group in
            var answers: [Answer] = []
            for index in 0..<count {
                if index >= Self.maxConcurrent, let answer = await group.next() { answers.append(answer) }
                group.addTask { Answer(index: index, account: await account(of: index)) }
            }
            for await answer in group { answers.append(answer) }
            return answers.sorted { $0.index < $1.index }.map(\.account)
        }
    }

    func account(of index: Int) async -> Result<InstanceAccount, ProviderError> {
        do throws(ProviderError) {
            return .success(try await client.account(of: index))
        } catch {
            return .failure(error)
        }
    }
}
