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
    var unfinished: String?
    /// What else is wrong, and what to do.
    var otherProblems: [String] = []
    /// What Z-API says; nil when it was not asked.
    var answer: String?

    var problems: [String] { [unfinished].compactMap(\.self) + otherProblems }

    /// What becomes of events at an address besides, if anything.
    private static func forwarding(_ entry: WebhookAddressEntry) -> String {
        entry.address.forwardURL.map { "; events are passed on to \($0.shownHost)" } ?? ""
    }

    private static func line(_ entry: WebhookAddressEntry) -> String {
        "\(Secret(entry.publicURL).shownHost) since \(TimeText.iso(entry.createdAt))\(forwarding(entry))"
    }

    private var addressLines: [String] {
        guard let current = addresses.first else { return ["\(name): no address is set"] }
        return ["\(name): \(Self.line(current))"]
            + addresses.dropFirst().map { earlier in
                guard let end = earlier.address.expiresAt else { return "  also accepted: \(Self.line(earlier))" }
                return "  an earlier address is accepted until \(TimeText.iso(end))\(Self.forwarding(earlier))"
            }
    }

    var lines: [String] {
        var lines = addressLines
        if let last = hearing?.lastEventAt, !totals.isEmpty {
            let kinds = totals.map { "\($0.events) \($0.type)" }.joined(separator: ", ")
            let count = totals.reduce(0) { $0 + $1.events }
            lines.append("  \(count.counted("event")), the last one at \(TimeText.iso(last)): \(kinds)")
        } else {
            lines.append("  no event has come yet")
        }
        if let lost {
            lines.append(
                "  \(lost.events.counted("event")) \(lost.events.noun("was", "were")) larger than 256 KiB and "
                    + "\(lost.events.noun("is", "are")) lost, the last one at \(TimeText.iso(lost.lastAt))")
        }
        if let unreadable {
            let count = unreadable.events
            lines.append(
                "  \(count.counted("event")) could not be read, and whatever \(count.noun("it says", "they say")) has "
                    + "changed nothing, the last one at \(TimeText.iso(unreadable.lastAt))")
        }
        if let answer { lines.append("  \(answer)") }
        return lines + problems.map { "  \($0)" }
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

    @inline(never)  // see `RunLoop.open`
    init(
        _ reader: StoreReader, of campaign: String, instances: [NamedInstance], now: Timestamp,
        _ suggested: SuggestedCommands
    ) throws {
        self.campaign = campaign
        self.suggested = suggested
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
                of: campaign, instance: instance.name, suggested)
            webhooks.otherProblems = [
                heard?.restPhrase(of: campaign, suggested, LocalClock.machine)?.english,
                heard?.silencePhrase(of: campaign, suggested, LocalClock.machine)?.english,
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
            instances[index].otherProblems.append("it is not known where Z-API posts events: \(error.sentence)")
        case .success(let account):
            let missing = account.missing(in: known, of: instance.id)
            instances[index].unfinished = known.unfinished(account, of: instance.id)?.text(
                of: campaign, instance: instance.name, suggested)
            if missing.isEmpty {
                instances[index].answer = "Z-API has this address for \(Callback.needed.map(\.words).inWords)"
            } else {
                instances[index].otherProblems.append(
                    "Z-API has no address of this database for \(missing.map(\.words).inWords): "
                        + account.remedy(missing, of: campaign, suggested))
            }
            instances[index].otherProblems += account.webhookWarnings
        }
    }

    var lines: [String] {
        let waiting =
            parked > 0 ? ["\(parked.counted("event")) \(parked.noun("waits", "wait")) for the result of a call"] : []
        let strangers =
            unmatched > 0 ? ["\(unmatched.counted("event")) \(unmatched.noun("belongs", "belong")) to no call"] : []
        let rest = waiting + strangers
        return instances.flatMap(\.lines)
            + (rest.isEmpty ? [] : ["In the whole database: \(rest.joined(separator: "; "))."])
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
            answer = webhooks.answer
            problems = webhooks.problems
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
