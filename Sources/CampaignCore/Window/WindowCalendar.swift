/// When a calling window is open: its days and hours laid out in time.
///
/// The rules:
/// - A span belongs to the day on which it begins: `fri`, from 22:00 to 02:00, ends on Saturday at 02:00. A holiday
///   removes the span that begins on it, but not the end of the one from the day before.
/// - The end is exclusive: at 18:00 sharp a window to 18:00 is closed.
/// - Spans that touch, such as 00:00 to 24:00 on Monday and Tuesday, are one span.
/// - When clocks are set forward, a time that is skipped means the moment of the change: from 00:00, on a day whose
///   clocks jump to 01:00 at midnight, opens at 01:00.
/// - When clocks are set back, a time that occurs twice means the first of the two. For `to` that is the stricter
///   reading: nobody is called later than either reading allows.
/// - Without a window, it is always open.
///
/// It knows no time zones: its creator passes in the zone's offset from UTC, from Foundation's `TimeZone`. Each query
/// looks up that offset a few dozen times, and never for more than `horizonDays` days.
package struct WindowCalendar: Sendable {
    /// A continuous span of time in which calls may ring.
    package struct Span: Hashable, Sendable {
        /// The first moment in which a call may ring.
        package var opens: Timestamp
        /// The first moment in which none may ring; nil when the window does not close within `horizonDays`.
        package var closes: Timestamp?

        package init(opens: Timestamp, closes: Timestamp?) {
            self.opens = opens
            self.closes = closes
        }
    }

    /// How far ahead an opening or a closing is searched for: a little more than a year, since rules repeat weekly and
    /// only holidays differ.
    package static let horizonDays = 400

    /// The wall clock of the window's zone.
    let clock: ZoneClock
    private let window: CallingWindow?
    private let holidays: Set<Int>

    /// The calendar of a window.
    ///
    /// - Parameters:
    ///   - window: the rule; nil means always open.
    ///   - utcOffset: how many seconds the window's zone is east of UTC at a given time, as
    ///     `TimeZone.secondsFromGMT(for:)` returns it. Without a window it only determines where days begin.
    package init(window: CallingWindow?, utcOffset: @escaping @Sendable (Timestamp) -> Int) {
        self.window = window
        clock = ZoneClock(utcOffset: utcOffset)
        holidays = Set((window?.holidays ?? []).map(\.dayNumber))
    }

    /// Whether a call may ring at a moment.
    package func isOpen(at moment: Timestamp) -> Bool {
        guard window != nil else { return true }
        let today = clock.day(at: moment)
        // Yesterday's hours may extend past midnight; older ones cannot, since they are 24 at most.
        return (today - 1...today).contains { hours(beginningOn: $0)?.contains(moment) ?? false }
    }

    /// The first time, at or after `moment`, at which a call may ring; nil when there is none within `horizonDays`.
    package func nextOpening(atOrAfter moment: Timestamp) -> Timestamp? {
        nextStart(atOrAfter: moment, needing: .zero)
    }

    /// The first time, at or after `moment`, from which the window stays open for `time`, so that a call that needs so
    /// long may start. Nil when there is none within `horizonDays`.
    package func nextStart(atOrAfter moment: Timestamp, needing time: Duration) -> Timestamp? {
        guard window != nil else { return moment }
        let today = clock.day(at: moment)
        for day in today - 1...today + Self.horizonDays {
            guard let hours = hours(beginningOn: day), hours.upperBound > moment else { continue }
            let start = max(moment, hours.lowerBound)
            let enough = start.advanced(by: time)
            guard let end = end(of: hours, beginningOn: day, orPast: enough), end < enough else { return start }
        }
        return nil
    }

    /// When the window that is open at `moment` closes; nil when it is closed then, or does not close within
    /// `horizonDays`.
    package func closing(ofOpenAt moment: Timestamp) -> Timestamp? {
        guard let span = nextSpan(endingAfter: moment), span.opens == moment else { return nil }
        return span.closes
    }

    /// The rest, at `moment`, of the open span that contains it, or else the next span; nil when there is none within
    /// `horizonDays`. Calling it again with the end of its answer iterates over all spans.
    package func nextSpan(endingAfter moment: Timestamp) -> Span? {
        guard window != nil else { return Span(opens: moment, closes: nil) }
        let today = clock.day(at: moment)
        for day in today - 1...today + Self.horizonDays {
            guard let hours = hours(beginningOn: day), hours.upperBound > moment else { continue }
            return Span(
                opens: max(moment, hours.lowerBound),
                closes: end(of: hours, beginningOn: day, orPast: nil)
            )
        }
        return nil
    }

    /// How long the window is open in a week without holidays or clock changes, 0 to 168 hours.
    package var openPerWeek: Duration {
        guard let window else { return .seconds(7 * 86_400) }
        return .seconds(window.days.count * window.minutesADay * 60)
    }

    /// The day of a given time in the window's zone, by which daily caps count. When clocks are set back over midnight,
    /// the earlier day does not come again.
    package func day(of moment: Timestamp) -> CallingWindow.Date {
        CallingWindow.Date(dayNumber: clock.day(at: moment))
    }

    /// The moment at which a day begins in the window's zone.
    package func start(of day: CallingWindow.Date) -> Timestamp {
        clock.start(ofDay: day.dayNumber)
    }
}

extension WindowCalendar {
    /// The open hours that begin on a day, counted from 1970-01-01; nil when there are none, or a clock change swallows
    /// them. Those of a later day never begin before those of an earlier day end.
    func hours(beginningOn day: Int) -> Range<Timestamp>? {
        guard let window else { return clock.start(ofDay: day)..<clock.start(ofDay: day + 1) }
        guard window.days.contains(CallingWindow.Day(dayNumber: day)), !holidays.contains(day) else { return nil }
        let opens = clock.moment(ofMinute: window.fromMinute, onDay: day)
        let closes = clock.moment(ofMinute: window.fromMinute + window.minutesADay, onDay: day)
        return opens < closes ? opens..<closes : nil
    }

    /// The end of the span that begins with the given hours, or any time in it after `enough`; nil when it continues
    /// beyond `horizonDays`.
    private func end(of hours: Range<Timestamp>, beginningOn day: Int, orPast enough: Timestamp?) -> Timestamp? {
        var end = hours.upperBound
        for next in day + 1...day + Self.horizonDays {
            if let enough, end >= enough { return end }
            guard let more = self.hours(beginningOn: next), more.lowerBound == end else { return end }
            end = more.upperBound
        }
        return nil
    }
}

extension CallingWindow {
    /// The length of the open hours of one day in minutes, 1…1440: `toMinute`, if not after `fromMinute`, is on the
    /// next day.
    fileprivate var minutesADay: Int {
        toMinute > fromMinute ? toMinute - fromMinute : toMinute - fromMinute + 1440
    }
}
