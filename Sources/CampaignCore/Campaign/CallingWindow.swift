/// When calls may ring: days, hours, an IANA time zone, and the days that are exempt.
public struct CallingWindow: Hashable, Sendable {
    /// A day of the week.
    public enum Day: String, CaseIterable, Sendable {
        /// Monday to Sunday, as the campaign file writes them.
        case mon, tue, wed, thu, fri, sat, sun
    }

    /// A calendar day without a time zone.
    public struct Date: Hashable, Sendable {
        /// The Gregorian year.
        public var year: Int
        /// 1…12.
        public var month: Int
        /// 1…31.
        public var day: Int

        /// A day that the caller has checked to exist.
        public init(year: Int, month: Int, day: Int) {
            self.year = year
            self.month = month
            self.day = day
        }
    }

    /// The IANA name of the time zone, such as `America/Sao_Paulo`.
    public var timeZone: String
    /// The days on which calls may ring.
    public var days: Set<Day>
    /// The first minute of the day in which a call may ring, 0…1439.
    public var fromMinute: Int
    /// The minute of the day from which no call may ring, 1…1440; at or below `fromMinute` the window crosses midnight.
    public var toMinute: Int
    /// Days without calls.
    public var holidays: Set<Date>

    /// A window; the caller has checked the zone and the hours.
    public init(timeZone: String, days: Set<Day>, fromMinute: Int, toMinute: Int, holidays: Set<Date>) {
        self.timeZone = timeZone
        self.days = days
        self.fromMinute = fromMinute
        self.toMinute = toMinute
        self.holidays = holidays
    }
}
