import CampaignCore

/// What is left of an instance's limits today, as `plan` shows it: from the same rows and by the same rule as in a run.
struct InstanceToday: Encodable {
    private static let maxNamed = 8

    private let name: String
    private let day: DayUsage

    /// All instances of a campaign, in the order of the campaign file.
    static func all(of campaign: Campaign, _ limits: LimitSnapshot, now: Timestamp, uptime: Uptime) -> [InstanceToday] {
        let moment = LimitClock.moment(wall: now, uptime: uptime, believedOffset: limits.believedOffset)
        return zip(campaign.instances, limits.instances).map { instance, snapshot in
            var allowance = DayAllowance(limits: snapshot.limits, uses: snapshot.uses, calendar: campaign.calendar)
            return InstanceToday(name: instance.name, day: allowance.usage(at: moment))
        }
    }

    /// The instances with a daily cap, in words.
    static func lines(_ instances: [InstanceToday], _ language: Language) -> [String] {
        let capped = instances.filter { $0.day.cap != nil }
        guard !capped.isEmpty else { return [] }
        let texts = named(capped.map { "\($0.name) \($0.day.phrase[language])" }, language).joined(separator: "; ")
        return [language.text("Limits: ", "Limites: ") + texts]
    }

    /// The texts of the first instances, and how many more there are.
    static func named(_ instances: [String], _ language: Language) -> [String] {
        guard instances.count > maxNamed else { return instances }
        let others = Noun("other", portuguese: ("outra", "outras"))
        return instances.prefix(maxNamed) + [language.counted(instances.count - maxNamed, others)]
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
