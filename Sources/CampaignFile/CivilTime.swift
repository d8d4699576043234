import CampaignCore
import Foundation

/// Dates and hours as the campaign file writes them.
enum CivilTime {
    /// A day that exists, from `2026-12-25`; nil for any other text. Years run from 2000 to 2199: beyond is a typing error.
    static func day(_ text: some StringProtocol) -> CallingWindow.Date? {
        guard let match = String(text).wholeMatch(of: /([0-9]{4})-([0-9]{2})-([0-9]{2})/) else { return nil }
        guard let year = Int(match.1), let month = Int(match.2), let day = Int(match.3) else { return nil }
        guard (2000...2199).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        guard day <= lastDay(ofMonth: month, year: year) else { return nil }
        return CallingWindow.Date(year: year, month: month, day: day)
    }

    /// The minute of the day from `09:00`, 0…1440, where `24:00` is the end of the day; nil for any other text.
    static func minute(_ text: String) -> Int? {
        guard let match = text.wholeMatch(of: /([0-9]{2}):([0-9]{2})/) else { return nil }
        guard let hour = Int(match.1), let minute = Int(match.2), minute < 60 else { return nil }
        let total = hour * 60 + minute
        return total <= 1440 ? total : nil
    }

    /// The time zone with an IANA name; nil for any other text. Abbreviations are none: `EST` knows no summer time, and in
    /// `GMT+3` the sign means one thing to people and the other to POSIX.
    static func zone(_ name: String) -> TimeZone? {
        guard name == "UTC" || name.contains("/") else { return nil }
        return TimeZone(identifier: name)
    }

    private static func lastDay(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
