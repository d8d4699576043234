import CampaignCore
import Foundation

/// Moments for people and machines: ISO 8601 with offset, in the zone of this machine.
enum TimeText {
    private static let style = Date.ISO8601FormatStyle(timeZone: .current).time(includingFractionalSeconds: false)
        .timeZone(separator: .colon)

    static func iso(_ moment: Timestamp) -> String {
        Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000).formatted(style)
    }
}
