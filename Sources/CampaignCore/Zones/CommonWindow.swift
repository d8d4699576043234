/// A calling window that must be open in several time zones at once: for numbers that do not tell which one they are in.
package struct CommonWindow: Sendable {
    private let calendars: [WindowCalendar]

    /// A window from its calendars, one for each zone.
    package init(_ calendars: [WindowCalendar]) {
        self.calendars = calendars
    }

    /// The first moment, from `moment` on, from which all stay open for `time`: when a call may be started that needs so
    /// long. Nil when there is none within ``WindowCalendar/horizonDays``: nine hours of the day are never the same nine
    /// hours at both ends of Russia.
    package func nextStart(atOrAfter moment: Timestamp, needing time: Duration) -> Timestamp? {
        let horizon = moment.advanced(by: WindowCalendar.horizon)
        var start = moment
        while start <= horizon {
            var latest = start
            for calendar in calendars {
                guard let next = calendar.nextStart(atOrAfter: latest, needing: time) else { return nil }
                latest = next
            }
            if latest == start { return start }
            start = latest
        }
        return nil
    }

    /// Up to when calls that need `time` may be started, one after another, from a `start` that `nextStart` gave.
    package func lastStart(from start: Timestamp, needing time: Duration) -> Timestamp {
        let closings = calendars.compactMap { $0.closing(ofOpenAt: start) }
        guard let closing = closings.min() else { return start.advanced(by: WindowCalendar.horizon) }
        return max(start, closing.advanced(by: .zero - time))
    }
}

extension WindowCalendar {
    /// ``horizonDays`` as a time.
    package static let horizon = Duration.seconds(horizonDays * 86_400)
}
