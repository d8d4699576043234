import CampaignCore

/// What is left of an instance's day, as `plan` shows it: from the rows and by the rule that a run uses.
struct InstanceToday: Encodable {
    private static let maxNamed = 8

    private let name: String
    private let day: DayUsage

    /// Each instance of a campaign, in the order of the campaign file.
    static func all(of campaign: Campaign, _ limits: LimitSnapshot, now: Timestamp, uptime: Uptime) -> [InstanceToday] {
        let moment = LimitClock.moment(wall: now, uptime: uptime, believedOffset: limits.believedOffset)
        return zip(campaign.instances, limits.instances).map { instance, snapshot in
            var allowance = DayAllowance(limits: snapshot.limits, uses: snapshot.uses, calendar: campaign.calendar)
            return InstanceToday(name: instance.name, day: allowance.usage(at: moment))
        }
    }

    /// Those with a daily cap, in words.
    static func lines(_ instances: [InstanceToday]) -> [String] {
        let capped = instances.filter { $0.day.cap != nil }
        guard !capped.isEmpty else { return [] }
        return ["Limits: " + named(capped.map { "\($0.name) \($0.day.text)" }).joined(separator: "; ")]
    }

    /// The texts of the first instances, and how many others there are.
    static func named(_ instances: [String]) -> [String] {
        let others = instances.count > maxNamed ? [(instances.count - maxNamed).counted("other")] : []
        return instances.prefix(maxNamed) + others
    }

    private enum CodingKeys: String, CodingKey {
        case name, callsToday, capToday, leftToday
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(day.placed, forKey: .callsToday)
        try container.encode(day.cap, forKey: .capToday)
        try container.encode(day.left, forKey: .leftToday)
    }
}
