import CampaignCore
import Foundation

/// The `Retry-After` header: seconds, or an HTTP date (RFC 9110, section 10.2.3).
struct RetryAfter: Equatable {
    /// The longest wait that is believed: a day. Longer is taken for a mistake and cut to it.
    static let longest = Duration.seconds(86_400)

    /// How long to wait; never negative.
    let wait: Duration

    /// nil when the header is absent or cannot be read.
    init?(_ text: String?, now: Timestamp) {
        guard let text = text?.trimmingCharacters(in: .whitespaces), !text.isEmpty else { return nil }
        if text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
            wait = min(.seconds(Int64(text) ?? Int64(Self.longest.components.seconds)), Self.longest)
            return
        }
        guard let date = HTTPDate(text) else { return nil }
        wait = min(max(now.duration(to: date.moment), .zero), Self.longest)
    }
}

/// A date as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7, the preferred form).
struct HTTPDate {
    let moment: Timestamp

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    init?(_ text: String) {
        let words = text.lowercased().split(whereSeparator: { $0 == " " || $0 == "," })
        guard words.count == 6, words[5] == "gmt",
            let day = Int(words[1]), let month = Self.months.firstIndex(of: String(words[2])), let year = Int(words[3])
        else { return nil }
        let clock = words[4].split(separator: ":").compactMap { Int($0) }
        guard clock.count == 3, let zone = TimeZone(secondsFromGMT: 0) else { return nil }
        let parts = DateComponents(
            timeZone: zone, year: year, month: month + 1, day: day,
            hour: clock[0], minute: clock[1], second: clock[2])
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        guard parts.isValidDate(in: calendar), let date = calendar.date(from: parts) else { return nil }
        moment = Timestamp(milliseconds: Int64(date.timeIntervalSince1970 * 1000))
    }
}
