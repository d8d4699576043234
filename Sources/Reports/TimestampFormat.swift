import CampaignCore
import Foundation

/// Formats times as ISO 8601 with milliseconds and the zone's offset, such as `2026-11-23T09:00:00.250-03:00`; UTC is
/// written as `Z`.
struct TimestampFormat: Sendable {
    private let wholeSeconds: Date.ISO8601FormatStyle

    init(timeZone: TimeZone) {
        wholeSeconds = Date.ISO8601FormatStyle(timeZoneSeparator: .colon, timeZone: timeZone)
    }

    /// The milliseconds are inserted by hand: a `Date` is a floating-point number, whose fraction would sometimes be
    /// truncated to one millisecond less.
    func text(_ moment: Timestamp) -> String {
        let (quotient, remainder) = moment.milliseconds.quotientAndRemainder(dividingBy: 1000)
        let second = remainder < 0 ? quotient - 1 : quotient
        let fraction = remainder < 0 ? remainder + 1000 : remainder
        var text = Date(timeIntervalSince1970: TimeInterval(second)).formatted(wholeSeconds)
        guard let separator = text.utf8.firstIndex(of: UInt8(ascii: "T")) else { return text }
        let digits = String(1000 + fraction).dropFirst()
        text.insert(contentsOf: "." + digits, at: text.utf8.index(separator, offsetBy: "Thh:mm:ss".utf8.count))
        return text
    }
}
