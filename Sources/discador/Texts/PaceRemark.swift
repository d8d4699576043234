import CampaignCore

/// What a person should know of paces that are faster than a phone can ring.
enum PaceRemark {
    private static let maxNamed = 3

    /// nil when every instance can ring as fast as it may call.
    static func text(of campaign: Campaign) -> String? {
        let ringing = Duration.seconds(campaign.callDuration)
        let fast = campaign.instances.filter { InstanceLimits($0).isFasterThanPhone(ringing: ringing) }
        guard !fast.isEmpty else { return nil }
        let others = fast.count > maxNamed ? " and \((fast.count - maxNamed).counted("other"))" : ""
        let names = fast.prefix(maxNamed).map(\.name).joined(separator: ", ") + others
        let hourly = Int(3600 / InstanceLimits.occupancy(ringing: ringing).inSeconds)
        return
            "the pace of \(names) is faster than one phone rings: at \(campaign.callDuration) s a call, and 1 to 3 s "
            + "between calls, that is about \(hourly) calls an hour. Z-API keeps the others back, so no more are given "
            + "to it than can ring before the window shuts. Leave out `pace`, or add instances"
    }
}
