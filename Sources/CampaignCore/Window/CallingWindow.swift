/// When calls may ring: days and hours, in whose time zone, and days that are exempt.
package struct CallingWindow: Hashable, Sendable {
    /// A day of the week.
    package enum Day: String, CaseIterable, Sendable {
        /// Monday to Sunday, as the campaign file writes them.
        case mon, tue, wed, thu, fri, sat, sun
    }

    /// A calendar day without a time zone.
    package struct Date: Hashable, Sendable {
        /// The Gregorian year.
        package var year: Int
        /// 1…12.
        package var month: Int
        /// 1…31.
        package var day: Int

        /// A day; the caller must have checked that it exists.
        package init(year: Int, month: Int, day: Int) {
            self.year = year
            self.month = month
            self.day = day
        }
    }

    /// Whose clock applies.
    package enum Zone: Hashable, Sendable {
        /// The clock of one time zone, by its IANA name, such as `America/Sao_Paulo`.
        case fixed(String)
        /// The contact's local time, as far as its number shows it (``ContactZones``).
        case contact
    }

    package var zone: Zone
    /// The days on which calls may ring.
    package var days: Set<Day>
    /// The first minute of the day in which a call may ring, 0…1439.
    package var fromMinute: Int
    /// The minute of the day from which no call may ring, 1…1440; if it is not after `fromMinute`, the window crosses
    /// midnight.
    package var toMinute: Int
    /// Days without calls.
    package var holidays: Set<Date>

    /// The default when the file has no window: Monday to Saturday, 09:00 to 20:00, in the contact's local time.
    package static let usual = CallingWindow(
        zone: .contact, days: [.mon, .tue, .wed, .thu, .fri, .sat], fromMinute: 9 * 60, toMinute: 20 * 60, holidays: [])

    /// The IANA name of the time zone, such as `America/Sao_Paulo`; nil when each contact has its own.
    package var timeZone: String? {
        switch zone {
        case .fixed(let name): name
        case .contact: nil
        }
    }

    /// A window in one time zone; the caller must have checked the zone and the hours.
    package init(timeZone: String, days: Set<Day>, fromMinute: Int, toMinute: Int, holidays: Set<Date>) {
        self.init(zone: .fixed(timeZone), days: days, fromMinute: fromMinute, toMinute: toMinute, holidays: holidays)
    }

    /// A window; the caller must have checked the zone and the hours.
    package init(zone: Zone, days: Set<Day>, fromMinute: Int, toMinute: Int, holidays: Set<Date>) {
        self.zone = zone
        self.days = days
        self.fromMinute = fromMinute
        self.toMinute = toMinute
        self.holidays = holidays
    }
}
