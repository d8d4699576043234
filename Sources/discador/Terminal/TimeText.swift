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

    private static func style(in zone: TimeZone) -> Date.ISO8601FormatStyle {
        Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: zone)
    }

    private static func date(_ moment: Timestamp) -> Date {
        Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
    }
}
