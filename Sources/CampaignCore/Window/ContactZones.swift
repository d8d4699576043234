/// The time zones that a contact may live in, as far as its number shows.
///
/// A Brazilian number shows it by its area code, any other by its calling code. If that leaves several zones, all of
/// them are returned: nobody is called at an hour that is wrong in one of them. A number shows where it was assigned,
/// not where its owner lives now.
package enum ContactZones {
    /// Used when not even a country is known.
    private static let nowhere = ["UTC"]

    /// The zones that a number may be in, by their IANA names; never empty.
    ///
    /// - Parameters:
    ///   - phone: the number. An `@lid` or a satellite phone has no country, and is treated as one of the campaign's
    ///     country.
    ///   - country: the campaign's calling code, such as `55`.
    package static func zones(of phone: PhoneNumber, country: String) -> [String] {
        guard !phone.isLid else { return zones(ofCountry: country) }
        if let area = BrazilianPlan.area(ofNumber: phone.value), let zones = BrazilianZones.zones(ofArea: area) {
            return zones
        }
        return CountryZones.zones(ofNumberBeginning: phone.value) ?? zones(ofCountry: country)
    }

    /// Whether a calling code belongs to a country whose zones are known.
    package static func knows(country: String) -> Bool {
        Int64(country).flatMap(CountryZones.zones(ofNumberBeginning:)) != nil
    }

    /// All zones of a country, that of most of its people first; never empty, and UTC for a code without a country.
    ///
    /// - Parameter country: a calling code, such as `55`.
    package static func zones(ofCountry country: String) -> [String] {
        Int64(country).flatMap(CountryZones.zones(ofNumberBeginning:)) ?? nowhere
    }
}

/// A calling window that must be open in several time zones at the same time: for numbers that do not show which one
/// they are in.
package struct CommonWindow: Sendable {
    private let calendars: [WindowCalendar]

    /// Combines calendars of the same window, one for each zone.
    package init(_ calendars: [WindowCalendar]) {
        self.calendars = calendars
    }

    /// The first time, at or after `moment`, from which all stay open for `time`, so that a call of that length may
    /// start. Nil when there is none within ``WindowCalendar/horizonDays``: nine hours of the day are never the same
    /// nine hours at both ends of Russia.
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

    /// Until when calls that need `time` may be started, one after another, beginning at a `start` from `nextStart`.
    package func lastStart(from start: Timestamp, needing time: Duration) -> Timestamp {
        let closings = calendars.compactMap { $0.closing(ofOpenAt: start) }
        guard let closing = closings.min() else { return start.advanced(by: WindowCalendar.horizon) }
        return max(start, closing.advanced(by: .zero - time))
    }
}

extension WindowCalendar {
    /// ``horizonDays`` as a duration.
    package static let horizon = Duration.seconds(horizonDays * 86_400)
}
