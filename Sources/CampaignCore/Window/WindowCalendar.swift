/// When a calling window is open: its days and hours laid out on the time line.
///
/// The rules:
/// - A span belongs to the day on which it begins: `fri`, from 22:00 to 02:00, ends on Saturday at 02:00. A holiday
///   takes away the span that begins on it, not the end of the one from the day before.
/// - The end does not belong to it: at 18:00 sharp a window to 18:00 is shut.
/// - Spans that touch, such as 00:00 to 24:00 on Monday and Tuesday, are one.
/// - When clocks are set forward, an hour that is skipped is the moment of the change: from 00:00, on a day whose
///   clocks jump to 01:00 at midnight, opens at 01:00.
/// - When clocks are set back, an hour that comes twice is the first of the two. For `to` it is the stricter reading:
///   no one is called later than either reading of the rule allows.
/// - Without a window it is always open.
///
/// It knows no time zones: its creator passes in the zone's offset from UTC, which Foundation's `TimeZone`
/// has. Every question costs some tens of look-ups of that offset, and never more than `horizonDays` days of them.
package struct WindowCalendar: Sendable {
    /// An unbroken time in which calls may ring.
    package struct Span: Hashable, Sendable {
        /// The first moment in which a call may ring.
        package var opens: Timestamp
        /// The first moment in which none may ring; nil when it does not close within `horizonDays`.
        package var closes: Timestamp?

        package init(opens: Timestamp, closes: Timestamp?) {
            self.opens = opens
            self.closes = closes
        }
    }

    /// How far ahead an opening or a closing is looked for: a year and some, since rules repeat by the week and only
    /// holidays differ.
    package static let horizonDays = 400

    /// The wall clock of the window's zone.
    let clock: ZoneClock
    private let window: CallingWindow?
    private let holidays: Set<Int>

    /// The calendar of a window.
    ///
    /// - Parameters:
    ///   - window: the rule; nil is always open.
    ///   - utcOffset: the seconds that the window's zone is east of UTC at a moment, as `TimeZone.secondsFromGMT(for:)`
    ///     gives them. Without a window it only says where days begin.
    package init(window: CallingWindow?, utcOffset: @escaping @Sendable (Timestamp) -> Int) {
        self.window = window
        clock = ZoneClock(utcOffset: utcOffset)
        holidays = Set((window?.holidays ?? []).map(\.dayNumber))
    }

    /// Whether a call may ring at a moment.
    package func isOpen(at moment: Timestamp) -> Bool {
        guard window != nil else { return true }
        let today = clock.day(at: moment)
        // Yesterday's hours may reach past midnight; they are 24 at most, so older ones do not.
        return (today - 1...today).contains { hours(beginningOn: $0)?.contains(moment) ?? false }
    }

    /// The first moment, from `moment` on, at which a call may ring; nil when there is none within `horizonDays`.
    package func nextOpening(atOrAfter moment: Timestamp) -> Timestamp? {
        nextStart(atOrAfter: moment, needing: .zero)
    }

    /// The first moment, from `moment` on, from which the window stays open for `time`: when a call may be started that
    /// needs so long to ring. Nil when there is none within `horizonDays`.
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

    /// When the window shuts that is open at `moment`; nil when it is shut then, or does not shut within `horizonDays`.
    package func closing(ofOpenAt moment: Timestamp) -> Timestamp? {
        guard let span = nextSpan(endingAfter: moment), span.opens == moment else { return nil }
        return span.closes
    }

    /// What is left at `moment` of the open span that contains it, or else the next one; nil when there is none within
    /// `horizonDays`. Asked again with the end of its answer, it goes through all spans.
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

    /// How long the window is open in a week without holidays and changes of the clock, 0 to 168 hours.
    package var openPerWeek: Duration {
        guard let window else { return .seconds(7 * 86_400) }
        return .seconds(window.days.count * window.minutesADay * 60)
    }

    /// The day that a moment belongs to in the window's zone: what a daily cap counts by. A day on which clocks are set
    /// back over midnight does not come again.
    package func day(of moment: Timestamp) -> CallingWindow.Date {
        CallingWindow.Date(dayNumber: clock.day(at: moment))
    }

    /// The moment at which a day begins in the window's zone.
    package func start(of day: CallingWindow.Date) -> Timestamp {
        clock.start(ofDay: day.dayNumber)
    }
}

extension WindowCalendar {
    /// The open hours that begin on a day, counted from 1970-01-01; nil when there are none, or a change of the clock
    /// swallows them. Those of a later day begin no sooner than those of an earlier one end.
    func hours(beginningOn day: Int) -> Range<Timestamp>? {
        guard let window else { return clock.start(ofDay: day)..<clock.start(ofDay: day + 1) }
        guard window.days.contains(CallingWindow.Day(dayNumber: day)), !holidays.contains(day) else { return nil }
        let opens = clock.moment(ofMinute: window.fromMinute, onDay: day)
        let closes = clock.moment(ofMinute: window.fromMinute + window.minutesADay, onDay: day)
        return opens < closes ? opens..<closes : nil
    }

    /// The end of the span that some hours are the beginning of, or any moment of it from `enough` on; nil when it goes
    /// on for `horizonDays`.
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
    /// The length of the open hours of one day, 1…1440: `toMinute` at or below `fromMinute` is on the day after.
    fileprivate var minutesADay: Int {
        toMinute > fromMinute ? toMinute - fromMinute : toMinute - fromMinute + 1440
    }
}
