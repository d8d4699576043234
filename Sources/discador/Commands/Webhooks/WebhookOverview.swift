import CampaignCore
import CampaignStore
import Webhooks
import ZAPI

/// What `webhooks show` knows about one instance.
struct InstanceWebhooks {
    let name: String
    /// The addresses that are accepted, the latest first.
    let addresses: [WebhookAddressEntry]
    let hearing: InstanceHearing?
    /// How many events of each kind have come, the most frequent first.
    let totals: [EventTotal]
    /// Those that were too large to be kept; nil: none was.
    var lost: LostEvents?
    /// Those that could not be read.
    var unreadable: EventTotal? { totals.first { $0.type == WebhookTable.unreadableType } }
    /// What `set` or `rotate` has left to be finished.
    var unfinished: Phrase?
    /// What else is wrong, and what to do.
    var otherProblems: [Phrase] = []
    /// What Z-API says; nil when it was not asked.
    var answer: Phrase?

    var problems: [Phrase] { [unfinished].compactMap(\.self) + otherProblems }

    /// What becomes of events at an address besides, if anything.
    private static func forwarding(_ entry: WebhookAddressEntry) -> Phrase {
        guard let url = entry.address.forwardURL else { return Phrase(verbatim: "") }
        return Phrase(
            "; events are passed on to \(url.shownHost)", "; os eventos são repassados a \(url.shownHost)")
    }

    private static func line(_ entry: WebhookAddressEntry, _ clock: LocalClock) -> Phrase {
        Phrase(verbatim: Secret(entry.publicURL).shownHost) + Phrase(" since ", " desde ")
            + clock.text(entry.createdAt, withSeconds: false) + forwarding(entry)
    }

    private func addressLines(_ clock: LocalClock) -> [Phrase] {
        guard let current = addresses.first else {
            return [Phrase("\(name): no address is set", "\(name): nenhum endereço configurado")]
        }
        return [Phrase(verbatim: "\(name): ") + Self.line(current, clock)]
            + addresses.dropFirst().map { earlier in
                guard let end = earlier.address.expiresAt else {
                    return Phrase("  also accepted: ", "  também aceito: ") + Self.line(earlier, clock)
                }
                return Phrase("  an earlier address is accepted until ", "  um endereço anterior é aceito até ")
                    + clock.text(end, withSeconds: false) + Self.forwarding(earlier)
            }
    }

    /// What is known of it, with times on this clock.
    func lines(_ clock: LocalClock) -> [Phrase] {
        facts(clock) + ([answer].compactMap(\.self) + problems).map { Phrase(verbatim: "  ") + $0 }
    }

    /// Where its events come to, and what has come.
    ///
    /// - Parameter namesKinds: whether it is told how many of each kind have come.
    func facts(_ clock: LocalClock, namesKinds: Bool = true) -> [Phrase] {
        var lines = addressLines(clock)
        if let last = hearing?.lastEventAt, !totals.isEmpty {
            let time = clock.text(last)
            let named = totals.map { "\($0.events) \($0.type)" }.joined(separator: ", ")
            let kinds = namesKinds ? ": \(named)" : ""
            let count = totals.reduce(0) { $0 + $1.events }
            lines.append(
                Phrase(
                    "  \(count.counted("event")), the last one at \(time.english)\(kinds)",
                    "  \(count.counted("evento")), o último em \(time.portuguese)\(kinds)"))
        } else {
            lines.append(Phrase("  no event has come yet", "  nenhum evento chegou ainda"))
        }
        if let lost {
            let time = clock.text(lost.lastAt)
            lines.append(
                Phrase(
                    "  \(lost.events.counted("event")) \(lost.events.noun("was", "were")) larger than 256 KiB and "
                        + "\(lost.events.noun("is", "are")) lost, the last one at \(time.english)",
                    "  \(lost.events.counted("evento maior que 256 KiB se perdeu", "eventos maiores que 256 KiB se perderam")), "
                        + "o último em \(time.portuguese)"))
        }
        if let unreadable {
            let (count, time) = (unreadable.events, clock.text(unreadable.lastAt))
            lines.append(
                Phrase(
                    "  \(count.counted("event")) could not be read, and whatever \(count.noun("it says", "they say")) has "
                        + "changed nothing, the last one at \(time.english)",
                    "  \(count.counted("evento não pôde ser lido", "eventos não puderam ser lidos")), e o que "
                        + "\(count.noun("diz", "dizem")) não mudou nada, o último em \(time.portuguese)"
                ))
        }
        return lines
    }
}

/// What `webhooks show` knows about a campaign.
struct WebhookOverview {
    let campaign: String
    private(set) var instances: [InstanceWebhooks]
    /// Events of the whole database that wait for the result of their call.
    private let parked: Int
    /// Events of the whole database that belong to no call.
    private let unmatched: Int
    private let suggested: SuggestedCommands
    /// On which times are told.
    private let clock: LocalClock

    @inline(never)  // see `RunLoop.open`
    init(
        _ reader: StoreReader, of campaign: String, instances: [NamedInstance], now: Timestamp,
        _ suggested: SuggestedCommands, _ clock: LocalClock
    ) throws {
        self.campaign = campaign
        (self.suggested, self.clock) = (suggested, clock)
        let addresses = try reader.webhookAddresses(now: now)
        let lost = try reader.lostEvents()
        let known = KnownWebhooks(addresses)
        let (hearing, totals, counts) = (
            try reader.hearing(now: now), try reader.eventTotals(), try reader.eventCounts()
        )
        parked = counts[.parked] ?? 0
        unmatched = counts[.unmatched] ?? 0
        self.instances = instances.map { instance in
            let heard = hearing.first { $0.instance == instance.id }
            var webhooks = InstanceWebhooks(
                name: instance.name, addresses: known.addresses(of: instance.id),
                hearing: heard, totals: totals.filter { $0.instance == instance.id })
            webhooks.lost = lost.first { $0.instance == instance.id }
            webhooks.unfinished = known.unfinished(nil, of: instance.id)?.text(
                of: campaign, instance: instance.name, suggested, clock)
            webhooks.otherProblems = [
                heard?.restPhrase(of: campaign, suggested, clock),
                heard?.silencePhrase(of: campaign, suggested, clock),
            ].compactMap(\.self)
            return webhooks
        }
    }

    /// Whether an event has come since `time` that was lost or could not be read.
    func hasLost(since time: Timestamp) -> Bool {
        instances.contains { [$0.lost?.lastAt, $0.unreadable?.lastAt].compactMap(\.self).contains { $0 >= time } }
    }

    /// Compares what Z-API has with what this database accepts.
    mutating func note(
        _ account: Result<InstanceAccount, ProviderError>, of instance: Instance, _ known: KnownWebhooks
    ) {
        guard let index = instances.firstIndex(where: { $0.name == instance.name }) else { return }
        switch account {
        case .failure(let error):
            instances[index].otherProblems.append(
                Phrase("it is not known where Z-API posts events: ", "não se sabe para onde a Z-API envia os eventos: ")
                    + error.clause)
        case .success(let account):
            let missing = account.missing(in: known, of: instance.id)
            instances[index].unfinished = known.unfinished(account, of: instance.id)?.text(
                of: campaign, instance: instance.name, suggested, clock)
            if missing.isEmpty {
                instances[index].answer = Phrase { language in
                    let kinds = Callback.needed.map(\.words).inWords(language)
                    return language.text(
                        "Z-API has this address for \(kinds)", "a Z-API tem este endereço para \(kinds)")
                }
            } else {
                let state = Phrase { language in
                    let kinds = missing.map(\.words).inWords(language)
                    return language.text(
                        "Z-API has no address of this database for \(kinds): ",
                        "a Z-API não tem um endereço deste banco de dados para \(kinds): ")
                }
                instances[index].otherProblems.append(state + account.remedy(missing, of: campaign, suggested))
            }
            instances[index].otherProblems += account.webhookWarnings
        }
    }

    var lines: [Phrase] {
        let waiting = Phrase(
            "\(parked.counted("event")) \(parked.noun("waits", "wait")) for the result of a call",
            "\(parked.counted("evento aguarda", "eventos aguardam")) o resultado de uma ligação")
        let strangers = Phrase(
            "\(unmatched.counted("event")) \(unmatched.noun("belongs", "belong")) to no call",
            "\(unmatched.counted("evento não pertence", "eventos não pertencem")) a nenhuma ligação")
        let rest = (parked > 0 ? [waiting] : []) + (unmatched > 0 ? [strangers] : [])
        let whole = Phrase("In the whole database: ", "Em todo o banco de dados: ")
        let hasTimes = instances.contains { !$0.addresses.isEmpty || !$0.totals.isEmpty }
        return instances.flatMap { $0.lines(clock) }
            + (rest.isEmpty ? [] : [whole + rest.joined(separator: "; ") + Phrase(verbatim: ".")])
            + (hasTimes ? [clock.name] : [])
    }
}

extension WebhookOverview: Encodable {
    private struct Entry: Encodable {
        var instance: String
        var host, since, earlierUntil, forwardsTo, lastEventAt, lastCallEventAt, quarantinedUntil: String?
        var events: [String: Int]
        var callsSince: Int
        var tooLarge, unreadable: Int
        var isSilent: Bool
        var answer: String?
        var problems: [String]

        init(_ webhooks: InstanceWebhooks) {
            instance = webhooks.name
            if let current = webhooks.addresses.first {
                host = Secret(current.publicURL).shownHost
                since = current.createdAt.json()
                forwardsTo = current.address.forwardURL?.shownHost
            }
            earlierUntil = webhooks.addresses.dropFirst().compactMap(\.address.expiresAt).max().map { $0.json() }
            lastEventAt = webhooks.hearing?.lastEventAt.map { $0.json() }
            lastCallEventAt = webhooks.hearing?.lastCallEventAt.map { $0.json() }
            quarantinedUntil = webhooks.hearing?.rest.map { $0.until.json() }
            events = Dictionary(webhooks.totals.map { ($0.type, $0.events) }) { $0 + $1 }
            callsSince = webhooks.hearing?.callsSince ?? 0
            isSilent = webhooks.hearing?.isSilent ?? false
            tooLarge = webhooks.lost?.events ?? 0
            unreadable = webhooks.unreadable?.events ?? 0
            answer = webhooks.answer?.english
            problems = webhooks.problems.map(\.english)
        }
    }

    private enum CodingKeys: CodingKey {
        case campaign, instances, parked, unmatched
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(campaign, forKey: .campaign)
        try container.encode(instances.map(Entry.init), forKey: .instances)
        try container.encode(parked, forKey: .parked)
        try container.encode(unmatched, forKey: .unmatched)
    }
}
