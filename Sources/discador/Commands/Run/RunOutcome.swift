import CampaignCore
import CampaignRunner
import CampaignStore
import Foundation

/// How `run` ended.
enum RunConclusion {
    case ended(RunEnd)
    /// No call was placed: the campaign was already paused.
    case paused(CampaignPause)
    /// The run was drained because the campaign was paused.
    case pausedMeanwhile(CampaignPause)
    /// The run was drained and no waiting contact is left, for example because the campaign was cancelled.
    case emptied

    /// The word used in JSON.
    var word: String {
        switch self {
        case .ended(let end): end.word
        case .paused, .pausedMeanwhile: "paused"
        case .emptied: RunEnd.drained.word
        }
    }

    /// The sentence that accompanies the figures; nil when there is nothing to explain.
    func reason(of campaign: Campaign, _ suggested: SuggestedCommands) -> String? {
        let remedy = "Resume it with `\(suggested.command("resume", campaign.name))`."
        return switch self {
        case .ended(let end): end.explanation(of: campaign, suggested)
        case .paused(let pause): "\(campaign.name) is paused \(pause.text): no call is placed. \(remedy)"
        case .pausedMeanwhile(let pause):
            "\(campaign.name) was paused \(pause.text); no call was left under way. \(remedy)"
        case .emptied: "stopped; no call was left under way, and \(campaign.name) has no contacts waiting to be called."
        }
    }
}

/// How a run ended, and the state of its campaign when it released the database, whatever other commands did since.
struct RunOutcome {
    let conclusion: RunConclusion
    let status: ExitStatus
    /// The campaign's figures, or why there are none.
    let summary: Result<CampaignSummary, any Error>

    init(_ conclusion: RunConclusion, _ status: ExitStatus, _ summary: Result<CampaignSummary, any Error>) {
        self.conclusion = conclusion
        self.status = status
        self.summary = summary
    }

    /// The outcome of a run whose store is still open, so that no other process writes to it.
    @inline(never)  // see `RunCommand.open`
    init(_ end: RunEnd, _ status: ExitStatus, of campaign: String, in store: CampaignStore) {
        let reader = Result { try store.reader() }
        conclusion = Self.conclusion(try? reader.get(), of: end, campaign)
        self.status = status
        summary = reader.flatMap { reader in Result { try reader.summary(campaign: campaign) } }
    }

    private static func conclusion(_ reader: StoreReader?, of end: RunEnd, _ campaign: String) -> RunConclusion {
        guard end == .drained, let reader else { return .ended(end) }
        // If the campaign is paused, that is why the run was drained.
        if let pause = try? reader.pause(campaign: campaign) { return .pausedMeanwhile(pause) }
        // The run itself does not know what other commands have done.
        let counts = try? reader.counts(campaign: campaign)
        return counts?.ready == 0 ? .emptied : .ended(.drained)
    }
}

/// The result of a run as JSON: `{"end": …, "reason": …, "list": {…}, "otherLists": […], "summary": {…}}`.
struct RunDocument {
    let bytes: [UInt8]

    init(end: String, reason: String?, _ lists: ListStatuses?, summary: [UInt8]) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let reason = reason.flatMap { try? JSONEncoder().encode($0) }
        bytes =
            Array(#"{"end":"\#(end)","reason":"#.utf8) + (reason.map(Array.init) ?? Array("null".utf8))
            + Array(#","list":"#.utf8) + (try encoder.encode(lists?.own))
            + Array(#","otherLists":"#.utf8) + (try encoder.encode(lists?.others ?? []))
            + Array(#","summary":"#.utf8) + summary + Array("}\n".utf8)
    }
}
