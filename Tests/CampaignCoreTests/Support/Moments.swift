import CampaignCore
import Foundation
import Testing

/// A time from ISO 8601 with its offset, such as `2026-03-08T09:00:00-05:00`.
func moment(_ text: String) throws -> Timestamp {
    Timestamp(milliseconds: Int64(try Date(text, strategy: .iso8601).timeIntervalSince1970) * 1000)
}

/// Seconds east of UTC, as the program passes them in.
func utcOffset(in zone: String) throws -> @Sendable (Timestamp) -> Int {
    let zone = try #require(TimeZone(identifier: zone))
    return { zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double($0.milliseconds) / 1000)) }
}

/// A window as the campaign file writes it: days `mon-fri` or `mon sat`, hours `09:00-18:00`, holidays `2026-12-25`.
func window(
    _ days: String, _ hours: String, _ zone: String = "America/Sao_Paulo", except holidays: [String] = []
) throws -> CallingWindow {
    let minutes = hours.split(separator: "-").map { hour in
        hour.split(separator: ":").compactMap { Int($0) }.reduce(0) { $0 * 60 + $1 }
    }
    try #require(minutes.count == 2)
    var chosen: Set<CallingWindow.Day> = []
    for part in days.split(separator: " ") {
        let ends = try part.split(separator: "-").map { try #require(CallingWindow.Day(rawValue: String($0))) }
        let all = CallingWindow.Day.allCases
        let first = try #require(ends.first.flatMap(all.firstIndex))
        let last = try #require(ends.last.flatMap(all.firstIndex))
        chosen.formUnion(all[first...last])
    }
    return CallingWindow(
        timeZone: zone,
        days: chosen,
        fromMinute: minutes[0],
        toMinute: minutes[1],
        holidays: try Set(
            holidays.map { text in
                let numbers = text.split(separator: "-").compactMap { Int($0) }
                try #require(numbers.count == 3)
                return CallingWindow.Date(year: numbers[0], month: numbers[1], day: numbers[2])
            })
    )
}

extension WindowCalendar {
    /// The calendar of a window in its own zone.
    init(_ window: CallingWindow) throws {
        self.init(window: window, utcOffset: try utcOffset(in: #require(window.timeZone)))
    }
}

extension Timestamp {
    /// A moment in a table of examples; one that cannot be read is an example that fails.
    static func at(_ text: String) -> Timestamp {
        (try? moment(text)) ?? Timestamp(milliseconds: .min / 2)
    }
}
