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
