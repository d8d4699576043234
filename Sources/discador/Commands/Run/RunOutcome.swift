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
    /// No call was placed: the campaign could not be dialed.
    case failed(Failure)

    /// The word used in JSON.
    var word: String {
        switch self {
        case .ended(let end): end.word
        case .paused, .pausedMeanwhile: "paused"
        case .emptied: RunEnd.drained.word
        case .failed: "failed"
        }
    }

    /// The sentence that accompanies the figures; nil when there is nothing to explain.
    func reason(of campaign: Campaign, _ suggested: SuggestedCommands) -> Phrase? {
        let resume = suggested.command("resume", campaign.name)
        let remedy = Phrase("Resume it with `\(resume)`.", "Retome com `\(resume)`.")
        return switch self {
        case .ended(let end): end.explanation(of: campaign, suggested)
        case .paused(let pause):
            Phrase("\(campaign.name) is paused ", "\(campaign.name) está pausada ") + pause.phrase
                + Phrase(": no call is placed. ", ": nenhuma ligação é feita. ") + remedy
        case .pausedMeanwhile(let pause):
            Phrase("\(campaign.name) was paused ", "\(campaign.name) foi pausada ") + pause.phrase
                + Phrase("; no call was left under way. ", "; nenhuma ligação ficou em andamento. ") + remedy
        case .emptied:
            Phrase(
                "stopped; no call was left under way, and \(campaign.name) has no contacts waiting to be called.",
                "parou; nenhuma ligação ficou em andamento, e \(campaign.name) não tem contatos aguardando ligação.")
        case .failed(let failure): failure.message
        }
    }
}

/// How a run ended, and the state of its campaign when it released the database, whatever other commands did since.
struct RunOutcome {
    let conclusion: RunConclusion
    let status: ExitStatus
    /// The campaign's figures, or why there are none.
    let figures: Result<CampaignFigures, any Error>

    /// Its sums, or why there are none.
    var summary: Result<CampaignSummary, any Error> { figures.map(\.summary) }

    /// The outcome of a campaign for the command that asked for it.
    ///
    /// - Parameter reader: reads the campaign's figures.
    @inline(never)  // see `RunLoop.open`
    init(of end: DialEnd, _ campaign: String, _ reader: Result<StoreReader, any Error>) {
        switch end {
        case .ended(let report):
            conclusion = Self.conclusion(try? reader.get(), of: report.end, campaign)
            status = ExitStatus(report)
        case .paused(let pause):
            conclusion = .paused(pause)
            status = .notNow
        case .failed(let failure):
            conclusion = .failed(failure)
            status = failure.exit
        case .handedOver:
            conclusion = .ended(.drained)
            status = .interrupted
        }
        // Nothing that is shown here depends on local time.
        figures = reader.flatMap { reader in Result { try reader.figures(campaign: campaign) { _ in 0 } } }
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

/// The result of a run as JSON: `{"campaign": …, "end": …, "reason": …, "list": {…}, "otherLists": […], "summary": {…}}`.
struct RunDocument {
    /// Without the version, which stands once at the top of what is printed.
    let bytes: [UInt8]

    init(
        _ campaign: String, end: String, reason: String?, _ lists: ListStatuses?, summary: [UInt8]
    ) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let parts: [(name: String, value: [UInt8])] = [
            ("campaign", Array(try encoder.encode(campaign))), ("end", Array(try encoder.encode(end))),
            ("reason", Array(try encoder.encode(reason))), ("list", Array(try encoder.encode(lists?.own))),
            ("otherLists", Array(try encoder.encode(lists?.others ?? []))), ("summary", summary),
        ]
        let members = parts.map { part in Array(#""\#(part.name)":"#.utf8) + part.value }
        bytes = Array("{".utf8) + Array(members.joined(separator: Array(",".utf8))) + Array("}".utf8)
    }

    /// The bytes of one campaign's document, printed alone.
    static func alone(_ bytes: [UInt8]) -> [UInt8] {
        version + Array(",".utf8) + bytes.dropFirst()
    }

    /// The bytes of several campaigns' documents, printed together.
    static func several(_ documents: [[UInt8]]) -> [UInt8] {
        version + Array(#","campaigns":["#.utf8) + documents.joined(separator: Array(",".utf8)) + Array("]}".utf8)
    }

    private static let version = Array(#"{"version":\#(JSONFormat.version)"#.utf8)
}
