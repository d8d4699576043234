import CampaignCore
import Foundation

/// Moments for people and machines: ISO 8601 with offset.
enum TimeText {
    private static let style = style(in: .current)

    /// In the zone of this machine.
    static func iso(_ moment: Timestamp) -> String {
        date(moment).formatted(style)
    }

    /// In a zone of choice.
    static func iso(_ moment: Timestamp, in zone: TimeZone) -> String {
        date(moment).formatted(style(in: zone))
    }

    /// `15:42`, `tomorrow 15:42`, `2026-12-01 15:42`: the time on a clock of `zone`, with its offset where people at this
    /// machine, who are in `local`, would take it for another.
    static func clock(_ moment: Timestamp, now: Timestamp, in zone: TimeZone, local: TimeZone = .current) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let (end, today) = (date(moment), calendar.startOfDay(for: date(now)))
        let days = calendar.dateComponents([.day], from: today, to: calendar.startOfDay(for: end)).day ?? 0
        let iso = iso(moment, in: zone)
        let day = days == 0 ? "" : days == 1 ? "tomorrow " : "\(iso.prefix(10)) "
        let isLocal = zone.secondsFromGMT(for: end) == local.secondsFromGMT(for: end)
        return day + iso.dropFirst(11).prefix(5) + (isLocal ? "" : " \(iso.dropFirst(19))")
    }

    private static func style(in zone: TimeZone) -> Date.ISO8601FormatStyle {
        Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: zone)
    }

    private static func date(_ moment: Timestamp) -> Date {
        Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
    }
}
