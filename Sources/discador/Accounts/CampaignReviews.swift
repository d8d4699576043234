import CampaignCore
import CampaignStore
import ZAPI

/// What a person should know about the instances of a campaign that begins. Nothing waits for it.
struct CampaignReview: Sendable {
    /// More instances than this are not named one by one.
    private static let maxNamed = 3
    /// With those of the other campaigns that begin, 64 at the same time.
    private static let maxConcurrent = 8

    let campaign: Campaign
    let client: ZAPIClient
    let reader: StoreReader
    /// Whether this process receives webhooks.
    let hearsEvents: Bool
    let suggested: SuggestedCommands
    let tell: @Sendable (Phrase) -> Void

    /// Asks Z-API, and tells each warning once, with the instances that it concerns.
    func carryOut() async {
        let now = SystemEnvironment.now()
        let known = KnownWebhooks((try? reader.webhookAddresses(now: now)) ?? [])
        if let deafness = deafness(known) { tell(deafness) }
        let review = AccountReview(campaign: campaign, client: client, maxConcurrent: Self.maxConcurrent)
        let answers = await review.answers(of: Array(campaign.instances.indices))
        // What is cut short says nothing.
        guard !Task.isCancelled else { return }
        let rule = AccountRule(
            campaign: campaign,
            endsAt: RunForecast(campaign: campaign, reader: reader).end(
                now: now, uptime: SystemEnvironment.uptime()), now: now,
            known: known, suggested: suggested)
        var warnings: [(text: Phrase, instances: [String])] = []
        func note(_ text: Phrase, _ instance: String) {
            if let index = warnings.firstIndex(where: { $0.text == text }) {
                warnings[index].instances.append(instance)
            } else {
                warnings.append((text, [instance]))
            }
        }
        let heard = (try? reader.hearing(now: now)) ?? []
        for (index, instance) in campaign.instances.enumerated() {
            for finding in answers[index].map({ rule.findings($0, of: instance) }) ?? [] {
                switch finding.level {
                case .ok: break
                case .warning, .error:
                    note(finding.subject + Phrase(verbatim: ": ") + finding.text, instance.name)
                }
            }
            let hearing = heard.first { $0.instance == instance.id }
            if let alarm = hearing?.silencePhrase(of: campaign.name, suggested, LocalClock.machine) {
                note(Phrase(verbatim: "webhooks: ") + alarm, instance.name)
            }
        }
        for warning in warnings {
            tell(Self.named(warning.instances) + Phrase(verbatim: ": ") + warning.text + Phrase(verbatim: "."))
        }
    }

    /// What is missed because this process receives no webhooks; nil when nothing is.
    private func deafness(_ known: KnownWebhooks) -> Phrase? {
        let isPosted = campaign.instances.contains { !known.addresses(of: $0.id).isEmpty }
        guard !hearsEvents, isPosted || campaign.redial != nil else { return nil }
        let loss =
            isPosted
            ? Phrase(
                "; answers and opt-outs that Z-API posts meanwhile may be lost",
                "; atendimentos e pedidos para não receber ligações que a Z-API enviar nesse tempo podem se perder")
            : Phrase(verbatim: "")
        let state =
            campaign.redial == nil
            ? Phrase("this process receives no webhooks", "este processo não recebe webhooks")
            : Phrase(
                "redial needs webhooks, and this process receives none",
                "redial precisa de webhooks, e este processo não os recebe")
        let serve = suggested.command("serve", "--webhooks", "HOST:PORT")
        return state + loss + Phrase(": have `\(serve)` dial it.", ": faça a discagem com `\(serve)`.")
    }

    private static func named(_ instances: [String]) -> Phrase {
        Phrase { language in
            guard instances.count > maxNamed + 1 else { return instances.inWords(language) }
            let others = language.counted(instances.count - maxNamed, Noun("other", portuguese: ("outra", "outras")))
            return instances.prefix(maxNamed).joined(separator: ", ") + language.text(" and ", " e ") + others
        }
    }
}

/// The reviews of the campaigns that this process begins to dial, a few at a time.
final class CampaignReviews: Sendable {
    private static let maxConcurrent = 8

    private let reviews: AsyncStream<CampaignReview>
    private let begun: AsyncStream<CampaignReview>.Continuation
    private let ends: AsyncStream<Void>
    private let ending: AsyncStream<Void>.Continuation

    init() {
        (reviews, begun) = AsyncStream.makeStream(of: CampaignReview.self)
        (ends, ending) = AsyncStream.makeStream(of: Void.self)
    }

    /// Has a review carried out; returns at once.
    func begin(_ review: CampaignReview) { begun.yield(review) }

    /// Carries reviews out until ``end()``.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.carryOut() }
            for await _ in ends {}
            group.cancelAll()
        }
    }

    /// Breaks off whatever is under way: nobody waits for an instance that does not answer.
    func end() {
        begun.finish()
        ending.finish()
    }

    private func carryOut() async {
        await withTaskGroup(of: Void.self) { group in
            var underWay = 0
            for await review in reviews {
                if underWay == Self.maxConcurrent {
                    await group.next()
                    underWay -= 1
                }
                group.addTask { await review.carryOut() }
                underWay += 1
            }
        }
    }
}
