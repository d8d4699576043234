/// A date and time as a list has it: on the clock of whoever it is about, unless it names an offset from UTC.
package struct LocalTime: Hashable, Sendable {
    /// The day, counted from 1970-01-01.
    package var day: Int
    /// The minute of that day, 0…1440; a time between two minutes is the later one.
    package var minute: Int
    /// Minutes east of UTC; nil when the text leaves it to a time zone.
    package var offset: Int?

    /// The last time zone to reach any time of day is 12 hours behind UTC.
    private static let lastOffset = -12 * 60

    package init(day: Int, minute: Int, offset: Int? = nil) {
        self.day = day
        self.minute = minute
        self.offset = offset
    }

    /// When that is, on a clock that is so many seconds east of UTC at a given time. A time that the clock skips is the
    /// moment of the change, one that it shows twice is the first of the two.
    package func moment(utcOffset: @escaping @Sendable (Timestamp) -> Int) -> Timestamp {
        if let offset { return moment(offset: offset) }
        return ZoneClock(utcOffset: utcOffset).moment(ofMinute: minute, onDay: day)
    }

    /// When that is at the latest, wherever on Earth.
    package var latestMoment: Timestamp { moment(offset: offset ?? Self.lastOffset) }

    private func moment(offset: Int) -> Timestamp {
        .at(seconds: Int64(day) * 86_400 + Int64(minute - offset) * 60)
    }
}

extension LocalTime: CustomStringConvertible {
    /// `2026-12-01 14:30`, with the offset if it has one: `2026-12-01 14:30 -03:00`.
    package var description: String {
        let date = CallingWindow.Date(dayNumber: day)
        let time =
            "\(date.year)-\(Self.two(date.month))-\(Self.two(date.day)) \(Self.two(minute / 60)):\(Self.two(minute % 60))"
        guard let offset else { return time }
        let size = abs(offset)
        return "\(time) \(offset < 0 ? "-" : "+")\(Self.two(size / 60)):\(Self.two(size % 60))"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
