import CampaignCore
import Foundation

/// Dates and hours as the campaign file writes them.
enum CivilTime {
    /// A day that exists, from `2026-12-25`; nil for any other text. Years range from 2000 to 2199: anything else is
    /// probably a typo.
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

    /// The time zone with an IANA name; nil for any other text. Abbreviations are not accepted: `EST` has no daylight
    /// saving time, and in `GMT+3` the sign means one thing to people and the other to POSIX.
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

/// A time as the campaign file writes it: `2026-11-30T18:00`, with or without seconds and an offset from UTC.
struct Expiry: Hashable {
    private var components: DateComponents
    /// Seconds east of UTC; nil when the text leaves it to a time zone.
    let offset: Int?

    init?(_ text: String) {
        let form = /([0-9-]{10})T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(Z|[+-][0-9]{2}:[0-9]{2})?/
        guard let match = text.wholeMatch(of: form), let day = CivilTime.day(match.1) else { return nil }
        guard let hour = Int(match.2), let minute = Int(match.3), hour < 24, minute < 60 else { return nil }
        let second = match.4.flatMap { Int($0) } ?? 0
        guard second < 60 else { return nil }
        if let written = match.5 {
            guard let seconds = Self.offset(written) else { return nil }
            offset = seconds
        } else {
            offset = nil
        }
        components = DateComponents(
            year: day.year,
            month: day.month,
            day: day.day,
            hour: hour,
            minute: minute,
            second: second
        )
    }

    /// The time in the zone of its offset, or else in `zone`; nil when the zone's clocks skip that time.
    func moment(in zone: TimeZone) -> Timestamp? {
        guard let zone = offset.map({ TimeZone(secondsFromGMT: $0) }) ?? zone else { return nil }
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        guard let date = calendar.date(from: components) else { return nil }
        // The calendar moves a time that does not exist, so that it comes back as a different one.
        let found = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        guard found.day == components.day, found.hour == components.hour, found.minute == components.minute else {
            return nil
        }
        return Timestamp(milliseconds: Int64(date.timeIntervalSince1970.rounded()) * 1000)
    }

    /// `Z`, or an offset that is in use somewhere: −12:00 to +14:00.
    private static func offset(_ text: Substring) -> Int? {
        if text == "Z" { return 0 }
        guard let hours = Int(text.dropFirst().prefix(2)), let minutes = Int(text.suffix(2)), minutes < 60 else {
            return nil
        }
        let seconds = (text.first == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
        return (-12 * 3600...14 * 3600).contains(seconds) ? seconds : nil
    }
}
