import CampaignCore
import CampaignStore

extension OutcomeCounts {
    /// What came of accepted calls: `140 answered · 120 not answered · 20 called back · 3 opted out`, without what
    /// happened to nobody; empty when nothing is known.
    var text: String { parts.joined(separator: " · ") }

    /// The same, part by part.
    var parts: [String] {
        [
            (answered, "answered"), (notAnswered, "not answered"), (calledBack, "called back"), (replied, "replied"),
            (optedOut, "opted out"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    }
}

extension OutcomeCounts {
    /// For JSON.
    struct Document: Encodable {
        var delivered, answered, notAnswered, calledBack, replied, optedOut: Int

        init(_ counts: OutcomeCounts) {
            delivered = counts.delivered
            answered = counts.answered
            notAnswered = counts.notAnswered
            calledBack = counts.calledBack
            replied = counts.replied
            optedOut = counts.optedOut
        }
    }
}

extension InstanceHearing {
    /// Fewer calls may simply be so recent that nothing has been heard of them yet.
    private static let fewestSilentCalls = 5

    /// Whether calls were placed, and no event told anything about them: the address is wrong, the receiver is not
    /// running, or filters at Z-API hold events back.
    var isSilent: Bool { callsSince >= Self.fewestSilentCalls }

    /// What is wrong, and what to do; nil when nothing is.
    func alarm(of campaign: String, _ suggested: SuggestedCommands) -> String? {
        guard isSilent else { return nil }
        let last = lastCallEventAt.map { "the last event about a call came at \(TimeText.iso($0))" }
        return "ALARM: \(callsSince.counted("call")) placed and nothing heard of \(callsSince.noun("it", "them")); "
            + "\(last ?? "no event about a call has ever come"). Find out why with "
            + "`\(suggested.command("webhooks", "test", campaign))`"
    }

    /// That it must rest, why, and how to end that; nil when it need not.
    func restText(of campaign: String, _ suggested: SuggestedCommands) -> String? {
        rest.map { rest in
            let release = suggested.command("webhooks", "release", campaign, "--instance", name)
            return
                "QUARANTINE until \(TimeText.iso(rest.until)): \(rest.reason). Z-API advises to wait; `\(release)` ends it"
        }
    }
}
