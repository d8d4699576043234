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
        case isNotSet(String)
        /// It has no address yet that could be replaced.
        case hasNone
        /// Z-API may have taken it: both addresses are accepted.
        case isUnknown(WebhookPlace, String)
    }

    /// Where Z-API posts.
    struct WebhookPlace {
        var url: Secret
        var host: String
        var kinds: [String]
        /// The host of the program to which events are passed on; nil: none.
        var forwardsTo: String?
    }

    /// The instance's name in the campaign file.
    var instance: String
    var outcome: Outcome
    /// What keeps events from saying all that they could.
    var warnings: [String] = []
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
    func text(_ campaign: String, _ suggested: SuggestedCommands) -> String {
        switch outcome {
        case .isSet(let place, let until):
            let forwarding = place.forwardsTo.map { " Every event is passed on to \($0)." } ?? ""
            let earlier = until.map { " The earlier address is accepted until \(TimeText.iso($0))." } ?? ""
            return "\(instance): Z-API posts \(place.kinds.inWords) to \(place.host).\(forwarding)\(earlier)"
        case .refused(let refusal): return "\(instance): nothing was changed. \(refusal.text)"
        case .leftAlone: return "\(instance): nothing was changed, because of the other instances."
        case .failed(let error): return "\(instance): nothing was changed. \(error.sentence)."
        case .isNotSet(let why): return "\(instance): the earlier address stays. \(why)."
        case .hasNone:
            let set = suggested.command("webhooks", "set", campaign, "--url", "https://…")
            return "\(instance): it has no address in this database yet. Set one with `\(set)`."
        case .isUnknown(let place, let why):
            return "\(instance): it is not certain that Z-API posts to \(place.host): \(why). The new address and the "
                + "earlier one are both accepted; run the same command again."
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
            for warning in instance.warnings { output.warn("\(instance.instance): \(warning)") }
        }
        let exit = ExitStatus(worstOf: instances.map(\.exit))
        guard exit == .success else { throw ExitCode(exit.rawValue) }
        let test = suggested.command("webhooks", "test", campaign)
        let isReceived = instances.allSatisfy(\.isReceived)
        try output.result(
            isReceived
                ? "Try it out with `\(test)`."
                : "Receive the events with `\(serve)`, then try it out with `\(test)`. Until then they are lost.")
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
                var entry = Entry(instance: instance.instance, state: instance.word, warnings: instance.warnings)
                if let place = instance.place {
                    (entry.host, entry.kinds, entry.forwardsTo) = (place.host, place.kinds, place.forwardsTo)
                }
                if printingURLs { entry.url = instance.printedURL }
                if case .isSet(_, let until) = instance.outcome {
                    entry.earlierUntil = until.map { $0.json() }
                } else {
                    entry.error = instance.text(report.campaign, report.suggested)
                }
                return entry
            }
        }
    }
}
