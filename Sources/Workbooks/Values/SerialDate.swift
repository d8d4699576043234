import Glibc

/// Days since a workbook's first day, and the part of the day that has passed, as ISO 8601 text (ECMA-376 part 1,
/// 18.17.4).
struct SerialDate {
    private let days: Int
    private let milliseconds: Int

    private static let millisecondsPerDay = 86_400_000
    /// 9999-12-31, the last day in Excel, counted from 1900.
    private static let lastDay = 2_958_465
    /// From 1899-12-30, day 0 since March 1900, to 1904-01-01.
    private static let daysFrom1900To1904 = 1462

    /// Nil for what Excel does not show as a date either: negative, or after the year 9999.
    init?(_ value: Double) {
        guard value >= 0, value < Double(SerialDate.lastDay + 1) else { return nil }
        let whole = value.rounded(.down)
        let part = Int(((value - whole) * Double(SerialDate.millisecondsPerDay)).rounded())
        // A time of day does not become the first day.
        let isNextDay = part == SerialDate.millisecondsPerDay && whole > 0
        days = Int(whole) + (isNextDay ? 1 : 0)
        milliseconds = isNextDay ? 0 : min(part, SerialDate.millisecondsPerDay - 1)
    }

    /// Writes what the number means.
    ///
    /// - Parameters:
    ///   - format: one of the formats for dates and times.
    ///   - startsIn1904: whether day 0 is 1904-01-01.
    /// - Returns: false for a day that never was, such as Excel's 1900-02-29, and 1900-01-00, which it shows for an
    ///   empty cell that a formula refers to.
    func append(to bytes: inout [UInt8], format: CellFormat, startsIn1904: Bool) -> Bool {
        switch format {
        case .elapsed:
            appendTime(to: &bytes, hours: days * 24)
            return true
        case .time, .date(showsTime: true):
            // Without a day it is a time of day; 1904 has a day 0, which only a date can mean.
            if days == 0, format == .time || !startsIn1904 {
                appendTime(to: &bytes)
                return true
            }
        case .date(showsTime: false), .number, .zeros:
            if days == 0, milliseconds > 0, !startsIn1904 {
                appendTime(to: &bytes)
                return true
            }
        }
        guard let day = dayFrom1899(startsIn1904: startsIn1904) else { return false }
        appendDay(day, to: &bytes)
        if milliseconds > 0 || format != .date(showsTime: false) {
            bytes.append(UInt8(ascii: "T"))
            appendTime(to: &bytes)
        }
        return true
    }

    /// Days since 1899-12-30. Excel believes, for the sake of Lotus 1-2-3, that 1900 was a leap year: its day 60 never
    /// was, and those before it are one off.
    private func dayFrom1899(startsIn1904: Bool) -> Int? {
        if startsIn1904 {
            let day = days + SerialDate.daysFrom1900To1904
            return day <= SerialDate.lastDay ? day : nil
        }
        switch days {
        case 0, 60: return nil
        case 1..<60: return days + 1
        default: return days
        }
    }

    /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days` (2021-09-01).
    private func appendDay(_ day: Int, to bytes: inout [UInt8]) {
        // 1899-12-30 is 693 899 days after 0000-03-01.
        let shifted = day + 693_899
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let isAfterYearEnd = month >= 10
        appendDigits(yearOfEra + era * 400 + (isAfterYearEnd ? 1 : 0), count: 4, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendDigits(isAfterYearEnd ? month - 9 : month + 3, count: 2, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        appendDigits(dayOfYear - (153 * month + 2) / 5 + 1, count: 2, to: &bytes)
    }

    private func appendTime(to bytes: inout [UInt8], hours: Int = 0) {
        let seconds = milliseconds / 1000
        let hour = hours + seconds / 3600
        appendDigits(hour, count: hour < 100 ? 2 : String(hour).utf8.count, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        appendDigits(seconds / 60 % 60, count: 2, to: &bytes)
        guard milliseconds % 60_000 > 0 else { return }
        bytes.append(UInt8(ascii: ":"))
        appendDigits(seconds % 60, count: 2, to: &bytes)
        guard milliseconds % 1000 > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        appendDigits(milliseconds % 1000, count: 3, to: &bytes)
    }

    private func appendDigits(_ number: Int, count: Int, to bytes: inout [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0x30, count: count))
        var (rest, place) = (number, start + count - 1)
        while place >= start {
            bytes[place] += UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            place -= 1
        }
    }
}
