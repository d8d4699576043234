import CampaignCore
import CampaignRunner

/// What a service says about the campaigns that it dials by itself.
struct ServiceReport: Sendable {
    let options: GlobalOptions

    func show(_ end: DialEnd, of campaign: Campaign) {
        guard case .ended(let report) = end else { return show(end, of: campaign.name) }
        // Somebody has asked for it, and knows.
        if [.drained, .halted].contains(report.end) { return }
        if let reason = report.end.explanation(of: campaign, options.suggested()) {
            options.output.warn(Phrase(verbatim: "\(campaign.name): ") + reason)
        } else {
            let counts = report.counts
            let states = [
                CountText.accepted(counts.accepted), CountText.failed(counts.failed), CountText.inDoubt(counts.inDoubt),
                CountText.excluded(counts.excluded),
            ]
            options.output.note(
                Phrase("\(campaign.name) is done: ", "\(campaign.name) terminou: ") + states.joined(separator: ", ")
                    + Phrase(verbatim: "."))
        }
    }

    /// Why a campaign cannot be dialed, for `status`; nil when it was dialed, or is paused.
    func reason(for end: DialEnd, of campaign: String) -> Phrase? {
        switch end {
        case .ended(let report):
            report.end.lastingReason(of: Campaign(name: campaign, instances: []), options.suggested())
        case .failed(let failure): failure.message
        case .paused, .handedOver: nil
        }
    }

    func show(_ end: DialEnd, of campaign: String) {
        switch end {
        case .handedOver: break
        case .ended(let report):
            if let reason = report.end.lastingReason(of: Campaign(name: campaign, instances: []), options.suggested()) {
                show(reason, of: campaign)
            }
        case .paused(let pause):
            options.output.note(
                Phrase("\(campaign) is paused ", "\(campaign) está pausada ") + pause.phrase
                    + Phrase(": it is not dialed.", ": não é discada."))
        case .failed(let failure): show(failure.message, of: campaign)
        }
    }

    private func show(_ obstacle: Phrase, of campaign: String) {
        options.output.warn(
            Phrase("\(campaign) cannot be dialed: ", "\(campaign) não pode ser discada: ") + obstacle
                + Phrase(" The others go on.", " As outras continuam."))
    }
}
