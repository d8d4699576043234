/// A time with the precision with which it was written: a day, a minute, a second.
struct FilterSpan: Hashable, Sendable, Codable {
    /// Its first moment.
    var start: Timestamp
    /// The first moment after it.
    var end: Timestamp

    /// How a time compares to the whole span: “after a day” means on the next one.
    func holds(_ order: FilterOrder, for moment: Timestamp) -> Bool {
        switch order {
        case .equal: start <= moment && moment < end
        case .below: moment < start
        case .atMost: moment < end
        case .above: moment >= end
        case .atLeast: moment >= start
        }
    }
}

extension Timestamp {
    /// A time as users write it in filters: `2026-11-25` is the beginning of that day, `2026-11-25T09:30`, with seconds and
    /// their parts, `Z` or an offset; nil for any other text.
    ///
    /// - Parameter utcOffset: seconds east of UTC at a moment, for what has no offset.
    package init?(written text: String, utcOffset: @escaping @Sendable (Timestamp) -> Int) {
        guard let span = FilterSpan(text, utcOffset: utcOffset) else { return nil }
        self = span.start
    }
}

extension FilterSpan {
    /// A day or a time in ISO 8601: `2026-11-25`, `2026-11-25T09:30`, with seconds and their parts, `Z` or an offset.
    ///
    /// - Parameter utcOffset: seconds east of UTC at a moment, for what has no offset.
    /// - Returns: nil for every other text, and for days and times that do not exist.
    init?(_ text: String, utcOffset: @escaping @Sendable (Timestamp) -> Int) {
        let form =
            /([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[Tt ]([0-9:.,]+)([Zz]|[+-][0-9:]+)?)?/
        guard let match = text.wholeMatch(of: form), let day = Self.day(match.1, match.2, match.3) else { return nil }
        guard let written = match.4 else {
            let clock = ZoneClock(utcOffset: utcOffset)
            self.init(start: clock.start(ofDay: day), end: clock.start(ofDay: day + 1))
            return
        }
        guard let time = FilterTimeOfDay(written) else { return nil }
        var start = ZoneClock(utcOffset: utcOffset).moment(ofMinute: time.minute, onDay: day)
        if let written = match.5 {
            guard let offset = Self.offset(written) else { return nil }
            start = .at(seconds: Int64(day) * 86_400 + Int64(time.minute) * 60 - offset)
        }
        let from = start.milliseconds + time.milliseconds
        self.init(start: Timestamp(milliseconds: from), end: Timestamp(milliseconds: from + time.length))
    }

    /// The day, counted from 1970-01-01; nil for one that no calendar has.
    private static func day(_ year: Substring, _ month: Substring, _ day: Substring) -> Int? {
        guard let year = Int(year), let month = Int(month), let day = Int(day), 1...12 ~= month, 1...31 ~= day else {
            return nil
        }
        let date = CallingWindow.Date(year: year, month: month, day: day)
        // A day past the end of its month comes back as one of the next.
        return CallingWindow.Date(dayNumber: date.dayNumber) == date ? date.dayNumber : nil
    }

    /// Seconds east of UTC; nil for an offset that is in use nowhere.
    private static func offset(_ text: Substring) -> Int64? {
        if text == "Z" || text == "z" { return 0 }
        guard let match = text.wholeMatch(of: /[+-]([0-9]{2}):?([0-9]{2})/) else { return nil }
        guard let hours = Int64(match.1), let minutes = Int64(match.2), hours <= 14, minutes < 60 else { return nil }
        return (text.first == "-" ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}

/// A time of the day as exactly as it was written: `09:30`, `09:30:15`, `09:30:15.250`.
private struct FilterTimeOfDay {
    /// Since the beginning of the day.
    let minute: Int
    /// Behind the minute.
    let milliseconds: Int64
    /// The precision of the written time, in milliseconds.
    let length: Int64

    init?(_ text: Substring) {
        let form = /([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,3})[0-9]*)?)?/
        guard let match = text.wholeMatch(of: form), let hour = Int(match.1), let minute = Int(match.2) else {
            return nil
        }
        let second = match.3.flatMap { Int64($0) }
        guard hour < 24, minute < 60, second ?? 0 < 60 else { return nil }
        let parts = match.4.flatMap { Int64($0 + String(repeating: "0", count: 3 - $0.count)) }
        self.minute = hour * 60 + minute
        milliseconds = (second ?? 0) * 1000 + (parts ?? 0)
        length = parts != nil ? 1 : second != nil ? 1000 : 60_000
    }
}
