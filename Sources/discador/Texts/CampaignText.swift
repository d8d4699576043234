import CampaignCore

extension Campaign {
    /// When it may call, for people: `mon tue wed thu fri 09:00–18:00 America/Sao_Paulo, 1d 21h a week`.
    var windowText: String {
        guard let window else { return "always: calls at any hour" }
        let days = CallingWindow.Day.allCases.filter { window.days.contains($0) }.map(\.rawValue).joined(separator: " ")
        let clock = window.timeZone ?? "by each contact's own clock"
        let perWeek = DurationWords.short(calendar.openPerWeek)
        return "\(days) \(Self.clock(window.fromMinute))–\(Self.clock(window.toMinute)) \(clock), \(perWeek) a week"
            + (hasWrittenWindow ? "" : "; that is the default, since campaign.yml has no `window`")
    }

    private static func clock(_ minute: Int) -> String {
        let (hours, minutes) = (minute / 60, minute % 60)
        return "\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
    }
}
