/// Reads dates and times as lists write them.
///
/// ISO 8601 (`2026-12-01`, `2026-12-01T14:30-03:00`) and the way people write in most of the world (`01/12/2026 14:30`).
/// What could be read in two ways is refused: it would let somebody be called on another day.
struct LocalTimeReader: Sendable {
    /// Why a text is not a date.
    enum Fault: Error, Hashable, CaseIterable {
        /// It is not a date, or one that does not exist.
        case invalid
        /// Its year has two digits, so any part of it may be the year.
        case shortYear
        /// Its second number is no month, but the first would be one.
        case monthFirst
        /// In this country the month may come first.
        case dayOrMonthFirst

        /// The stable code of the reason.
        var code: String {
            switch self {
            case .invalid: "not_before_invalid"
            case .shortYear, .monthFirst, .dayOrMonthFirst: "not_before_ambiguous"
            }
        }

        /// One sentence with the remedy.
        var remedy: Phrase {
            switch self {
            case .invalid:
                Phrase(
                    "Write a date such as 2026-12-01 or 01/12/2026, with a time such as 14:30 if it matters, or leave the "
                        + "cell empty.",
                    "Escreva uma data como 2026-12-01 ou 01/12/2026, com a hora como 14:30 se ela importa, ou deixe a "
                        + "célula vazia.")
            case .shortYear:
                Phrase("Write the year with four digits.", "Escreva o ano com quatro dígitos.")
            case .monthFirst:
                Phrase(
                    "Dates with slashes are read with the day first; if this list has the month first, write all its dates "
                        + "as 2026-12-31.",
                    "Datas com barras são lidas com o dia primeiro; se esta lista tem o mês primeiro, escreva todas as "
                        + "datas como 2026-12-31.")
            case .dayOrMonthFirst:
                Phrase(
                    "Write the date as 2026-12-31, so that it is clear which number is the month.",
                    "Escreva a data como 2026-12-31, para que fique claro qual número é o mês.")
            }
        }
    }

    /// Countries where the month is written first: those of the North American plan.
    private static let monthFirstCountries: Set<String> = ["1"]

    private let monthMayBeFirst: Bool

    /// - Parameter country: the campaign's calling code.
    init(country: String) {
        monthMayBeFirst = Self.monthFirstCountries.contains(country)
    }

    /// Reads a text without spaces around it. A date alone is the beginning of that day.
    func read(_ text: String) throws(Fault) -> LocalTime {
        var scanner = TimeScanner(text)
        let (day, isISO) = try date(&scanner)
        guard !scanner.isAtEnd else { return LocalTime(day: day, minute: 0) }
        guard scanner.skipTimeMark(), let minute = scanner.time() else { throw .invalid }
        let offset = isISO ? scanner.offset() : nil
        guard scanner.isAtEnd else { throw .invalid }
        return LocalTime(day: day, minute: minute, offset: offset)
    }

    private func date(_ scanner: inout TimeScanner) throws(Fault) -> (day: Int, isISO: Bool) {
        guard let first = scanner.number(), let separator = scanner.dateSeparator(), let second = scanner.number(),
            scanner.dateSeparator() == separator, let third = scanner.number()
        else { throw .invalid }
        if first.digits == 4 {
            guard separator != UInt8(ascii: "."), second.digits <= 2, third.digits <= 2 else { throw .invalid }
            return (try Self.day(year: first.value, month: second.value, day: third.value), true)
        }
        guard [first, second, third].allSatisfy({ $0.digits <= 2 }) || third.digits == 4,
            first.digits <= 2, second.digits <= 2
        else { throw .invalid }
        guard third.digits == 4 else { throw .shortYear }
        let (day, month) = (first.value, second.value)
        if month > 12, (1...12).contains(day), day <= 31 { throw .monthFirst }
        if monthMayBeFirst, day <= 12, day != month { throw .dayOrMonthFirst }
        return (try Self.day(year: third.value, month: month, day: day), false)
    }

    /// A day that exists. Years range from 2000 to 2199: anything else is probably a typo.
    private static func day(year: Int, month: Int, day: Int) throws(Fault) -> Int {
        guard (2000...2199).contains(year), (1...12).contains(month), day >= 1 else { throw .invalid }
        let date = CallingWindow.Date(year: year, month: month, day: day)
        // A day past the end of its month would come back as one of the next.
        guard CallingWindow.Date(dayNumber: date.dayNumber) == date else { throw .invalid }
        return date.dayNumber
    }
}

/// Goes through a date and time from left to right; each step takes what it reads, or nothing.
private struct TimeScanner {
    private var rest: ArraySlice<UInt8>

    /// The no-break spaces of web pages and spreadsheets are read as spaces.
    init(_ text: String) {
        let plain = text.unicodeScalars.map { $0 == "\u{A0}" || $0 == "\u{202F}" ? " " : $0 }
        rest = Array(String(String.UnicodeScalarView(plain)).utf8)[...]
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// Up to four digits.
    mutating func number() -> (value: Int, digits: Int)? {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard (1...4).contains(digits.count) else { return nil }
        rest = rest.dropFirst(digits.count)
        return (digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }, digits.count)
    }

    mutating func dateSeparator() -> UInt8? {
        guard let byte = rest.first, "-/.".utf8.contains(byte) else { return nil }
        rest = rest.dropFirst()
        return byte
    }

    /// What stands between a date and a time: `T`, a comma, spaces, `às`.
    mutating func skipTimeMark() -> Bool {
        if take("T") || take("t") { return true }
        let length = rest.count
        _ = take(",")
        skipSpaces()
        for word in ["às ", "as ", "ÀS ", "AS "] where take(word) { break }
        skipSpaces()
        return rest.count < length
    }

    /// The minute of the day: `14:30`, `14:30:00.000`, `14h30`, `14h`. Seconds are rounded up.
    mutating func time() -> Int? {
        guard let hour = number(), hour.digits <= 2, hour.value < 24 else { return nil }
        let isWord = take("h") || take("H")
        guard isWord || take(":") else { return nil }
        if isWord, isAtEnd { return hour.value * 60 }
        guard let minute = number(), minute.digits == 2, minute.value < 60 else { return nil }
        let whole = hour.value * 60 + minute.value
        guard take(":") else { return whole }
        guard let second = number(), second.digits == 2, second.value < 60 else { return nil }
        var hasFraction = false
        if take(".") || take(",") {
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard (1...9).contains(digits.count) else { return nil }
            hasFraction = digits.contains { $0 != UInt8(ascii: "0") }
            rest = rest.dropFirst(digits.count)
        }
        return second.value > 0 || hasFraction ? whole + 1 : whole
    }

    /// Minutes east of UTC, from `Z` or `-03:00`, if it is an offset that is in use somewhere: −12:00 to +14:00.
    mutating func offset() -> Int? {
        let before = rest
        skipSpaces()
        if take("Z") || take("z") { return 0 }
        guard let sign = rest.first, "+-".utf8.contains(sign) else { return nil }
        rest = rest.dropFirst()
        guard var hours = number() else { return nil }
        var minutes = (value: 0, digits: 2)
        if hours.digits == 4 {
            (hours, minutes) = ((hours.value / 100, 2), (hours.value % 100, 2))
        } else if take(":") {
            minutes = number() ?? (60, 2)
        }
        let total = (sign == UInt8(ascii: "-") ? -1 : 1) * (hours.value * 60 + minutes.value)
        guard hours.digits == 2, minutes.digits == 2, minutes.value < 60, (-12 * 60...14 * 60).contains(total) else {
            // What is left makes the text invalid.
            rest = before
            return nil
        }
        return total
    }

    private mutating func skipSpaces() {
        rest = rest.drop { $0 == UInt8(ascii: " ") }
    }

    private mutating func take(_ text: String) -> Bool {
        guard rest.starts(with: text.utf8) else { return false }
        rest = rest.dropFirst(text.utf8.count)
        return true
    }
}
