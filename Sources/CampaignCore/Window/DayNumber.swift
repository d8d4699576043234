/// Days of the Gregorian calendar, counted from 1970-01-01 as day 0, in integer arithmetic.
///
/// The method is that of "chrono-Compatible Low-Level Date Algorithms" (H. Hinnant,
/// howardhinnant.github.io/date_algorithms.html): years begin in March, so that the leap day is the last day of its
/// year, and the calendar repeats every 400 years.
extension CallingWindow.Date {
    private static let daysInFourCenturies = 146_097
    /// From 0000-03-01, where the counting of centuries begins, to 1970-01-01.
    private static let daysBeforeEpoch = 719_468

    /// Days from 1970-01-01 to this one; negative for an earlier day.
    var dayNumber: Int {
        let marchYear = month <= 2 ? year - 1 : year
        let era = marchYear.floored(by: 400)
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.daysInFourCenturies + dayOfEra - Self.daysBeforeEpoch
    }

    /// The day `dayNumber` days after 1970-01-01.
    init(dayNumber: Int) {
        let shifted = dayNumber + Self.daysBeforeEpoch
        let era = shifted.floored(by: Self.daysInFourCenturies)
        let dayOfEra = shifted - era * Self.daysInFourCenturies
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * marchMonth + 2) / 5 + 1
        )
    }
}

extension CallingWindow.Day {
    /// The weekday of a day counted from 1970-01-01, a Thursday.
    init(dayNumber: Int) {
        let sinceMonday = dayNumber + 3
        self = Self.allCases[sinceMonday - sinceMonday.floored(by: 7) * 7]
    }
}

extension BinaryInteger {
    /// The quotient rounded down, for negative numbers too.
    package func floored(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
