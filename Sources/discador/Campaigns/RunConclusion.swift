import CampaignCore
import CampaignRunner
import CampaignStore
import Foundation

/// How `run` ended.
enum RunConclusion {
    case ended(RunEnd)
    /// Nobody was dialled: the campaign was paused before.
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
        let remedy = "`\(suggested.command("resume", campaign.name))` lets it be dialled again."
        return switch self {
        case .ended(let end): end.explanation(of: campaign, suggested)
        case .paused(let pause): "\(campaign.name) is paused \(pause.text): nobody is called. \(remedy)"
        case .pausedMeanwhile(let pause):
            "\(campaign.name) was paused \(pause.text); nothing was left under way. \(remedy)"
        case .emptied: "stopped; nothing was left under way, and nobody of \(campaign.name) waits to be called."
        }
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
