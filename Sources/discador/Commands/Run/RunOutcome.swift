import CampaignCore
import CampaignRunner
import CampaignStore
import Foundation

/// How `run` ended.
enum RunConclusion {
    case ended(RunEnd)
    /// Nobody was dialed: the campaign was paused before.
    case paused(CampaignPause)
    /// The run was drained, since the campaign was paused.
    case pausedMeanwhile(CampaignPause)
    /// The run was drained, and has left nobody to be called: the campaign was cancelled, for instance.
    case emptied

    /// One word for machines.
    var word: String {
        switch self {
        case .ended(let end): end.word
        case .paused, .pausedMeanwhile: "paused"
        case .emptied: RunEnd.drained.word
        }
    }

    /// What a person is told beside the figures; nil when there is nothing to explain.
    func reason(of campaign: Campaign, _ suggested: SuggestedCommands) -> String? {
        let remedy = "`\(suggested.command("resume", campaign.name))` lets it be dialed again."
        return switch self {
        case .ended(let end): end.explanation(of: campaign, suggested)
        case .paused(let pause): "\(campaign.name) is paused \(pause.text): nobody is called. \(remedy)"
        case .pausedMeanwhile(let pause):
            "\(campaign.name) was paused \(pause.text); nothing was left under way. \(remedy)"
        case .emptied: "stopped; nothing was left under way, and nobody of \(campaign.name) waits to be called."
        }
    }
}

/// How a run ended, and how it left its campaign: as it was when it gave the database up, whatever others have done since.
struct RunOutcome {
    let conclusion: RunConclusion
    let status: ExitStatus
    /// The campaign in figures, or why there are none.
    let summary: Result<CampaignSummary, any Error>

    init(_ conclusion: RunConclusion, _ status: ExitStatus, _ summary: Result<CampaignSummary, any Error>) {
        self.conclusion = conclusion
        self.status = status
        self.summary = summary
    }

    /// That of a run whose store is still open, so that nobody else writes to it.
    @inline(never)  // see `RunCommand.open`
    init(_ end: RunEnd, _ status: ExitStatus, of campaign: String, in store: CampaignStore) {
        let reader = Result { try store.reader() }
        conclusion = Self.conclusion(of: end, campaign, try? reader.get())
        self.status = status
        summary = reader.flatMap { reader in Result { try reader.summary(campaign: campaign) } }
    }

    private static func conclusion(of end: RunEnd, _ campaign: String, _ reader: StoreReader?) -> RunConclusion {
        guard end == .drained, let reader else { return .ended(end) }
        // A run that somebody paused was drained for that.
        if let pause = try? reader.pause(campaign: campaign) { return .pausedMeanwhile(pause) }
        // Of what others have done beside it, the run itself does not know.
        let counts = try? reader.counts(campaign: campaign)
        return counts?.ready == 0 ? .emptied : .ended(.drained)
    }
}

/// The result of a run for a machine: `{"end": …, "reason": …, "list": {…}, "otherLists": […], "summary": {…}}`.
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
