import CampaignCore
import Foundation

/// The `Retry-After` header: seconds, or an HTTP date (RFC 9110, section 10.2.3); also what servers send in violation
/// of the standard: decimals, and times in seconds or milliseconds since 1970.
struct RetryAfter: Equatable {
    /// The longest wait at a time; if the server asks for more, the call is tried again after this.
    static let longest = CallDecision.longestThrottle
    /// A time further in the past than this makes no sense.
    private static let oldest = Duration.seconds(86_400)
    /// Smaller numbers are waits in seconds, larger ones are times since 1970: this is September 2001.
    private static let firstMoment = 1e9

    /// How long to wait; never negative.
    let wait: Duration

    /// Nil when the header is absent, cannot be read or makes no sense.
    init?(_ text: String?, now: Timestamp) {
        guard let text = text?.trimmingCharacters(in: .whitespaces), !text.isEmpty else { return nil }
        let asked: Duration
        if let number = Self.number(text) {
            asked = number < Self.firstMoment ? .seconds(number) : Self.wait(until: number, now: now)
        } else {
            guard let date = HTTPDate(text) else { return nil }
            asked = now.duration(to: date.moment)
        }
        guard asked >= .zero - Self.oldest else { return nil }
        wait = min(max(asked, .zero), Self.longest)
    }

    /// Until a time in seconds since 1970, or in milliseconds from where seconds would mean the year 5138.
    private static func wait(until number: Double, now: Timestamp) -> Duration {
        let milliseconds = number < 1e11 ? number * 1000 : number
        // Beyond the year 9999 it is not a time.
        guard milliseconds < 253_402_300_800_000 else { return longest }
        return now.duration(to: Timestamp(milliseconds: Int64(milliseconds)))
    }

    /// Digits, with at most a decimal point between them.
    private static func number(_ text: String) -> Double? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let isNumber = parts.count <= 2 && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isDigit) }
        return isNumber ? Double(text) : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
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
