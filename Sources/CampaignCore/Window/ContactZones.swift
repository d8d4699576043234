/// Which time zones a contact may live in, as far as its number tells.
///
/// A number of Brazil tells by its area code, one of another country by its calling code. Where that leaves several
/// zones, all of them are returned: no one is called at an hour that is wrong in one of them. A number says where it
/// was assigned, not where its owner lives now.
package enum ContactZones {
    /// What holds where not even a country is known.
    private static let nowhere = ["UTC"]

    /// The zones that a number may be in, by their IANA names; never empty.
    ///
    /// - Parameters:
    ///   - phone: the number. An `@lid` has no country, nor has a satellite phone: they count as the campaign's.
    ///   - country: the campaign's calling code, such as `55`.
    package static func zones(of phone: PhoneNumber, country: String) -> [String] {
        guard !phone.isLid else { return zones(ofCountry: country) }
        if let area = BrazilianPlan.area(ofNumber: phone.value), let zones = BrazilianZones.zones(ofArea: area) {
            return zones
        }
        return CountryZones.zones(ofNumberBeginning: phone.value) ?? zones(ofCountry: country)
    }

    /// Whether a calling code is that of a country whose zones are known.
    package static func knows(country: String) -> Bool {
        Int64(country).flatMap(CountryZones.zones(ofNumberBeginning:)) != nil
    }

    /// All zones of a country, that of most of its people first; never empty, and UTC for a code of no country.
    ///
    /// - Parameter country: a calling code, such as `55`.
    package static func zones(ofCountry country: String) -> [String] {
        Int64(country).flatMap(CountryZones.zones(ofNumberBeginning:)) ?? nowhere
    }
}

/// A calling window that must be open in several time zones at the same time: for numbers that do not tell which one
/// they are in.
package struct CommonWindow: Sendable {
    private let calendars: [WindowCalendar]

    /// A window from its calendars, one for each zone.
    package init(_ calendars: [WindowCalendar]) {
        self.calendars = calendars
    }

    /// The first moment, from `moment` on, from which all stay open for `time`: when a call may be started that needs
    /// so long. Nil when there is none within ``WindowCalendar/horizonDays``: nine hours of the day are never the same
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
