import CampaignCore
import CampaignRunner

extension RunEnd {
    /// The word used in JSON.
    var word: String {
        switch self {
        case .finished: "finished"
        case .drained: "drained"
        case .halted: "halted"
        case .braked: "braked"
        case .badAudio: "bad_audio"
        case .misconfigured: "misconfigured"
        case .unreachable: "unreachable"
        case .contradicts: "contradicts"
        case .notNow, .away: "not_now"
        case .storeFailed: "database_failed"
        }
    }

    /// Z-API's own words may end with a period, and the sentence goes on or ends after them.
    private static func list(_ troubles: [String]) -> String {
        troubles.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }.joined(separator: "; ")
    }

    /// The sentence for people; nil when there is nothing to explain.
    func explanation(of campaign: Campaign, _ suggested: SuggestedCommands) -> String? {
        let run = suggested.command("run", campaign.name)
        return switch self {
        case .finished:
            nil
        case .drained:
            "stopped; no call was left under way. Resume with `\(run)`."
        case .halted:
            "stopped immediately; calls that were under way are in doubt: see "
                + "`\(suggested.command("doubts", campaign.name))`."
        case .braked(let report):
            "stopped by the \(report.isCanary ? "canary" : "brake"): \(report.text). "
                + "Find the cause, then resume with `\(run)`."
        case .badAudio:
            "stopped: Z-API reports that the audio of the calls cannot be played. Correct `call: audio` or the column "
                + "callAudioUrl (an address of an audio file that anybody can open), then resume with `\(run)`; "
                + "`\(suggested.command("retry", campaign.name, "--failed"))` requeues those who failed."
        case .notNow(let wait):
            "not dialing now: \(WaitText.text(wait, in: campaign.timeZone)). Resume then with `\(run)`."
        case .away(let troubles):
            "not dialing now: no instance can be used: \(Self.list(troubles)). "
                + "Resume with `\(run)` when one is back."
        case .misconfigured(let troubles):
            "no instance can be used: \(Self.list(troubles)). "
                + "Correct it, verify with `\(suggested.command("check", campaign.name))`, then run again; "
                + (troubles.contains(where: RefusalStreak.isRecorded)
                    ? "a single contact is tried first. "
                        + "`\(suggested.command("retry", campaign.name, "--failed"))` requeues "
                        + "those who failed."
                    : "the refused calls were not placed.")
        case .contradicts(let instances):
            "not dialed: campaigns that are being dialed use \(instances.joined(separator: ", ")) with another token, "
                + "Client-Token or baseURL. Correct whichever is wrong, then run again; `\(suggested.command("status"))` "
                + "shows what is being dialed."
        case .unreachable(let troubles):
            "Z-API cannot be reached: \(Self.list(troubles)). "
                + "Check the network and baseURL, then resume with `\(run)`."
        case .storeFailed(let error, let lostResults):
            "\(error)"
                + (lostResults.isEmpty
                    ? " Results not yet written are kept beside it, and the next run recovers them."
                    : " These results could not be saved anywhere; write them down: "
                        + lostResults.map { "contact \($0.attempt.contact) \($0.receipt?.phrase.english ?? "no id")" }
                        .joined(separator: ", "))
        }
    }
}

extension RunEnd {
    /// Why a campaign is not dialed any more, for `status`; nil when its figures say everything.
    func lastingReason(of campaign: Campaign, _ suggested: SuggestedCommands) -> String? {
        switch self {
        case .finished, .drained, .halted, .notNow, .storeFailed: nil
        case .braked, .badAudio, .away, .misconfigured, .unreachable, .contradicts: explanation(of: campaign, suggested)
        }
    }
}

extension BrakeReport {
    private static let errorsShown = 5

    /// `12 of the last 20 calls failed: 9 × no such number, 3 × …`.
    var text: String {
        let shown = errors.prefix(Self.errorsShown).map { "\($0.attempts) × \($0.error)" }
        let more = errors.count > Self.errorsShown ? [(errors.count - Self.errorsShown).counted("other error")] : []
        return "\(failures) of the \(isCanary ? "first" : "last") \(over.counted("call")) failed: "
            + (shown + more).joined(separator: ", ")
    }
}
