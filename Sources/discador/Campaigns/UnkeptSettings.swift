import CampaignCore

/// Settings that a campaign file may hold already and that a run does not keep yet. A run with one of them would ring
/// when it must not, so there is none.
struct UnkeptSettings {
    /// The keys, as the campaign file writes them.
    let keys: [String]

    init(_ campaign: Campaign) {
        var keys: [String] = []
        if campaign.window?.timeZone != nil { keys.append("window") }
        if campaign.expires != nil { keys.append("expires") }
        for (index, instance) in campaign.instances.enumerated() {
            if instance.dailyCap != nil { keys.append("instances[\(index)].dailyCap") }
            if !instance.warmup.isEmpty { keys.append("instances[\(index)].warmup") }
        }
        self.keys = keys
    }

    /// What a person must know; nil when every setting is kept.
    var explanation: String? {
        guard !keys.isEmpty else { return nil }
        return "This version does not keep \(keys.joined(separator: ", ")) yet and dials nobody rather than at a wrong "
            + "time: take that out of the campaign file, and start and stop the run by the clock, for example from cron."
    }
}
