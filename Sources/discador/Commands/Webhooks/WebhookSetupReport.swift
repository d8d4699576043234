import ArgumentParser
import CampaignCore

/// What `webhooks set` or `rotate` did with one instance.
struct InstanceSetup {
    enum Outcome {
        /// Z-API posts there now; until when the earlier address is accepted, nil if there was none.
        case isSet(WebhookPlace, earlierUntil: Timestamp?)
        /// Nothing was changed: another program has an address there.
        case refused(WebhookRefusal)
        /// Nothing was changed, because another instance was refused.
        case leftAlone
        /// Nothing was changed: Z-API did not say what it has, or did not take the address.
        case failed(ProviderError)
        case isNotSet(Phrase)
        /// It has no address yet that could be replaced.
        case hasNone
        /// Z-API may have taken it: both addresses are accepted.
        case isUnknown(WebhookPlace, Phrase)
    }

    /// Where Z-API posts.
    struct WebhookPlace {
        var url: Secret
        var host: String
        var kinds: [Phrase]
        /// The host of the program to which events are passed on; nil: none.
        var forwardsTo: String?
    }

    /// The instance's name in the campaign file.
    var instance: String
    var outcome: Outcome
    /// What keeps events from saying all that they could.
    var warnings: [Phrase] = []
    /// Whether the process that holds the database receives events.
    var isReceived = false

    /// The word in JSON.
    var word: String {
        switch outcome {
        case .isSet: "set"
        case .refused: "refused"
        case .leftAlone: "left_alone"
        case .failed, .isNotSet, .hasNone: "not_set"
        case .isUnknown: "unknown"
        }
    }

    var exit: ExitStatus {
        switch outcome {
        case .isSet: .success
        case .refused, .leftAlone: .usage
        case .hasNone: .badInput
        case .isNotSet, .failed(.refused): .stopped
        case .isUnknown, .failed(.throttled), .failed(.unreachable): .unreachable
        }
    }

    var place: WebhookPlace? {
        switch outcome {
        case .isSet(let place, _), .isUnknown(let place, _): place
        case .refused, .leftAlone, .failed, .isNotSet, .hasNone: nil
        }
    }

    /// What was done; for what was not, why not.
    func text(_ campaign: String, _ suggested: SuggestedCommands) -> Phrase {
        let head = Phrase(verbatim: "\(instance): ")
        let unchanged = head + Phrase("nothing was changed", "nada foi mudado")
        switch outcome {
        case .isSet(let place, let until):
            let posts = Phrase {
                let kinds = place.kinds.inWords($0)
                return $0.text("Z-API posts \(kinds) to \(place.host).", "a Z-API envia \(kinds) a \(place.host).")
            }
            let forwarding = place.forwardsTo.map {
                Phrase(" Every event is passed on to \($0).", " Cada evento é repassado a \($0).")
            }
            let earlier = until.map {
                Phrase(" The earlier address is accepted until ", " O endereço anterior é aceito até ")
                    + LocalClock.machine.alone($0) + Phrase(verbatim: ".")
            }
            return [head + posts, forwarding, earlier].compactMap(\.self).joined(separator: "")
        case .refused(let refusal): return unchanged + Phrase(". ", ": ") + refusal.text
        case .leftAlone:
            return unchanged + Phrase(", because of the other instances.", ", por causa das outras instâncias.")
        case .failed(let error): return unchanged + Phrase(". ", ": ") + error.clause + Phrase(verbatim: ".")
        case .isNotSet(let why):
            return head + Phrase("the earlier address stays. ", "o endereço anterior continua: ") + why
                + Phrase(verbatim: ".")
        case .hasNone:
            let set = suggested.command("webhooks", "set", campaign, "--url", "https://…")
            return head
                + Phrase(
                    "it has no address in this database yet. Set one with `\(set)`.",
                    "ainda não tem endereço neste banco de dados. Configure um com `\(set)`.")
        case .isUnknown(let place, let why):
            return head
                + Phrase("it is not certain that Z-API posts to ", "não é certo que a Z-API envie a ")
                + Phrase(verbatim: "\(place.host): ") + why
                + Phrase(
                    ". The new address and the earlier one are both accepted; run the same command again.",
                    ". O endereço novo e o anterior são aceitos; execute o mesmo comando de novo.")
        }
    }

    /// The address with its secret part; nil when there is no new one.
    var printedURL: String? { place.map { $0.url.reveal() } }
}

/// What `webhooks set` or `rotate` did.
struct WebhookSetupReport {
    let campaign: String
    let instances: [InstanceSetup]
    let suggested: SuggestedCommands

    /// - Parameter printingURLs: whether the secret parts of the addresses are printed too.
    func show(on output: Output, printingURLs: Bool) throws {
        try output.result(json: Document(self, printingURLs: printingURLs))
        for instance in instances {
            let text = instance.text(campaign, suggested)
            if instance.exit == .success { try output.result(text) } else { output.warn(text) }
            if printingURLs, let url = instance.printedURL { try output.result("  \(url)") }
            for warning in instance.warnings { output.warn(Phrase(verbatim: "\(instance.instance): ") + warning) }
        }
        let exit = ExitStatus(worstOf: instances.map(\.exit))
        guard exit == .success else { throw ExitCode(exit.rawValue) }
        let test = suggested.command("webhooks", "test", campaign)
        let isReceived = instances.allSatisfy(\.isReceived)
        try output.result(
            isReceived
                ? Phrase("Try it out with `\(test)`.", "Teste com `\(test)`.")
                : Phrase(
                    "Receive the events with `\(serve)`, then try it out with `\(test)`. Until then they are lost.",
                    "Receba os eventos com `\(serve)` e depois teste com `\(test)`. Até lá eles se perdem."))
    }

    private var serve: String {
        suggested.serveCommand(at: instances.compactMap { $0.place?.host }.first)
    }

    private struct Document: Encodable {
        struct Entry: Encodable {
            var instance, state: String
            var host: String?
            var kinds: [String]?
            var forwardsTo, earlierUntil, error, url: String?
            var warnings: [String]
        }

        var campaign: String
        var instances: [Entry]

        init(_ report: WebhookSetupReport, printingURLs: Bool) {
            campaign = report.campaign
            instances = report.instances.map { instance in
                var entry = Entry(
                    instance: instance.instance, state: instance.word, warnings: instance.warnings.map(\.english))
                if let place = instance.place {
                    (entry.host, entry.kinds, entry.forwardsTo) = (
                        place.host, place.kinds.map(\.english), place.forwardsTo
                    )
                }
                if printingURLs { entry.url = instance.printedURL }
                if case .isSet(_, let until) = instance.outcome {
                    entry.earlierUntil = until.map { $0.json() }
                } else {
                    entry.error = instance.text(report.campaign, report.suggested).english
                }
                return entry
            }
        }
    }
}
