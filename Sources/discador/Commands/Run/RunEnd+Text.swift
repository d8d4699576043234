import CampaignCore
import CampaignRunner

extension RunEnd {
    /// One word for machines.
    var word: String {
        switch self {
        case .finished: "finished"
        case .drained: "drained"
        case .halted: "halted"
        case .braked: "braked"
        case .misconfigured: "misconfigured"
        case .unreachable: "unreachable"
        case .notNow, .away: "not_now"
        case .queueFailed: "database_failed"
        }
    }

    /// What a person must know about it; nil when all is well.
    func explanation(of campaign: Campaign, _ suggested: SuggestedCommands) -> String? {
        let run = suggested.command("run", campaign.name)
        return switch self {
        case .finished:
            nil
        case .drained:
            "stopped; nothing was left under way. `\(run)` goes on."
        case .halted:
            "stopped at once; calls that were under way are in doubt: see `\(suggested.command("doubts", campaign.name))`."
        case .braked(let report):
            "stopped by the \(report.isCanary ? "look at the first calls" : "brake"): \(report.text). "
                + "Look into it, then `\(run)` goes on."
        case .notNow(let wait):
            "not dialing now: \(WaitWords.text(wait, in: campaign.timeZone)). `\(run)` goes on then."
        case .away(let lines):
            "not dialing now: no instance can be used: \(lines.joined(separator: "; ")). "
                + "`\(run)` goes on when one is back."
        case .misconfigured(let lines):
            "no instance can be used: \(lines.joined(separator: "; ")). "
                + "Correct it, try `\(suggested.command("check", campaign.name))`, then run again; "
                + (lines.contains(where: RefusalRow.isTold)
                    ? "a single contact is tried first. `\(suggested.command("retry", campaign.name, "--failed"))` puts those "
                        + "back who failed."
                    : "nobody was harmed.")
        case .unreachable(let lines):
            "Z-API cannot be reached: \(lines.joined(separator: "; ")). "
                + "Check the network and baseURL; `\(run)` goes on then."
        case .queueFailed(let error, let lostResults):
            "\(error)"
                + (lostResults.isEmpty
                    ? " The results at hand are kept beside it and are taken in at the next start."
                    : " These results could not be kept anywhere, note them down: "
                        + lostResults.map { "contact \($0.attempt.contact) \($0.receipt?.text ?? "no id")" }
                        .joined(separator: ", "))
        }
    }
}

extension CallReceipt {
    /// What the call is called, for people.
    var text: String {
        if let zaapId { return "zaapId \(zaapId)" }
        return messageId.map { "messageId \($0)" } ?? "no id"
    }
}

extension BrakeReport {
    /// The most errors that are named.
    private static let errorsShown = 5

    /// `12 of the last 20 calls failed: 9 × no such number, 3 × …`.
    var text: String {
        let shown = errors.prefix(Self.errorsShown).map { "\($0.attempts) × \($0.error)" }
        let more = errors.count > Self.errorsShown ? [(errors.count - Self.errorsShown).counted("other error")] : []
        return "\(failures) of the \(isCanary ? "first" : "last") \(over.counted("call")) failed: "
            + (shown + more).joined(separator: ", ")
    }
}
