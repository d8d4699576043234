import CampaignCore
import CampaignFile
import CampaignRunner

/// What the log of who did what has of runs: who had a campaign dialed, when, and how that ended.
extension DialingSession {
    /// Logs that a run begins; if that cannot be written, the run itself tells why.
    nonisolated func begin(_ campaign: String, by actor: Actor) async -> ActionLog.Action? {
        try? await ActionLog(store: store).begin(RunCampaigns.name, by: actor, ActionDetail(campaign: campaign))
    }

    func log(_ end: DialEnd, of action: ActionLog.Action?, _ run: Run) async {
        // Without the disk, its entry stays begun.
        guard let action, storeFailure == nil else { return }
        let log = ActionLog(store: store)
        switch end {
        case .handedOver: await log.end(action)
        case .failed(let failure): await log.end(action, error: failure)
        case .paused(let pause):
            await log.end(action, error: Failure(.notNow, Phrase("paused ", "pausada ") + pause.phrase))
        case .ended(let report):
            var counts = ["ready": report.counts.ready]
            for state in [CallState.accepted, .failed, .inDoubt, .excluded] {
                counts[state.rawValue] = report.counts[state]
            }
            await log.end(action, counts: counts, error: failure(of: report, run))
        }
    }

    /// Why a run ended too early; nil when it is done, or somebody stopped it.
    private func failure(of report: RunReport, _ run: Run) -> Failure? {
        switch report.end {
        case .finished, .drained, .halted: return nil
        case .braked, .badAudio, .misconfigured, .contradicts, .unreachable, .notNow, .away, .storeFailed:
            let reason = report.end.lastingReason(of: run.loaded.campaign, options.suggested())
            return Failure(ExitStatus(report), reason ?? Phrase("stopped", "parou"))
        }
    }
}
