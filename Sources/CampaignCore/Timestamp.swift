/// A point in time: whole milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
///
/// Times are stored and compared as this number; they become dates only when they are printed. Waits are never computed
/// from them, since a wall clock can be set.
package struct Timestamp: Hashable, Comparable, Sendable, Codable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    package let milliseconds: Int64

    package init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    /// The earliest time, used for “due now”: 1970-01-01T00:00:00Z.
    package static let epoch = Timestamp(milliseconds: 0)

    /// The time `duration` later, rounded up to a whole millisecond, so that a wait is never cut short.
    package func advanced(by duration: Duration) -> Timestamp {
        Timestamp(milliseconds: milliseconds + duration.millisecondsRoundedUp)
    }

    /// The time from this moment to `other`; negative when `other` is earlier.
    package func duration(to other: Timestamp) -> Duration {
        .milliseconds(other.milliseconds - milliseconds)
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// Coded as the bare number of milliseconds.
    package init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Coded as the bare number of milliseconds.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }
}

extension Timestamp {
    private static let secondsInDay: Int64 = 86_400

    /// ISO 8601 with the offset, such as `2026-11-23T09:00:00.250-03:00`; UTC is written as `Z`.
    ///
    /// - Parameters:
    ///   - utcOffset: the seconds that the clock which is read is east of UTC at this moment.
    ///   - withMilliseconds: whether the fraction of the second is written; without it, it is cut off.
    package func iso8601(utcOffset: Int, withMilliseconds: Bool = false) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        append(toISO8601: &bytes, utcOffset: utcOffset, withMilliseconds: withMilliseconds)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes the same after what is there.
    package func append(toISO8601 bytes: inout [UInt8], utcOffset: Int, withMilliseconds: Bool = false) {
        let seconds = milliseconds.floored(by: 1000)
        let shown = seconds + Int64(utcOffset)
        let day = shown.floored(by: Self.secondsInDay)
        let second = Int(shown - day * Self.secondsInDay)
        let date = CallingWindow.Date(dayNumber: Int(day))
        bytes.append(date.year, digits: 4)
        bytes.append(date.month, after: "-")
        bytes.append(date.day, after: "-")
        bytes.append(second / 3600, after: "T")
        bytes.append(second / 60 % 60, after: ":")
        bytes.append(second % 60, after: ":")
        if withMilliseconds { bytes.append(Int(milliseconds - seconds * 1000), after: ".", digits: 3) }
        bytes.append(utcOffset: utcOffset)
    }
}

extension [UInt8] {
    /// `Z`, `-03:00` or `+05:45`; seconds only where a clock of old was off by some.
    fileprivate mutating func append(utcOffset: Int) {
        guard utcOffset != 0 else { return append(UInt8(ascii: "Z")) }
        let offset = abs(utcOffset)
        append(offset / 3600, after: utcOffset < 0 ? "-" : "+")
        append(offset / 60 % 60, after: ":")
        if offset % 60 != 0 { append(offset % 60, after: ":") }
    }

    fileprivate mutating func append(_ number: Int, after separator: Unicode.Scalar, digits: Int = 2) {
        append(UInt8(ascii: separator))
        append(number, digits: digits)
    }

    /// A number that is not negative, with zeros before it.
    fileprivate mutating func append(_ number: Int, digits: Int) {
        let number = number.magnitude
        if digits == 2, number < 100 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
            return
        }
        // As text it would cost a tenth of all that a report's row costs.
        var (divisor, places): (UInt, Int) = (1, 1)
        while places < digits || number / divisor >= 10 { (divisor, places) = (divisor * 10, places + 1) }
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
            divisor /= 10
        }
    }
}

extension Duration {
    /// This duration in milliseconds, rounded up.
    package var millisecondsRoundedUp: Int64 {
        let parts = components
        let whole = parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
        return parts.attoseconds % 1_000_000_000_000_000 > 0 ? whole + 1 : whole
    }

    /// This duration in seconds, as a floating-point number.
    package var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
