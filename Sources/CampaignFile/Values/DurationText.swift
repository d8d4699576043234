package import CampaignCore

/// How durations are written, in the campaign file and on the command line: `250ms`, `30s`, `5m`, `2h`, `7d`.
package enum DurationText {
    /// Why a text is not a valid duration.
    package enum Fault: Error, Hashable, CaseIterable, Sendable {
        /// It is not a whole number followed by one of the five units.
        case unreadable
        /// It is zero.
        case zero
        /// It is longer than ``DurationText/longest``.
        case tooLong

        /// What is wrong, to follow the text in quotes: `"1x" is not a valid duration`.
        package var complaint: Phrase {
            switch self {
            case .unreadable: Phrase("is not a valid duration", "não é uma duração válida")
            case .zero: Phrase("is zero", "é zero")
            case .tooLong: Phrase("is too long", "é longa demais")
            }
        }

        /// What to do about it.
        package var remedy: Phrase {
            switch self {
            case .unreadable:
                Phrase(
                    "write a number and ms, s, m, h or d, such as 30s", "escreva um número e ms, s, m, h ou d, como 30s"
                )
            case .zero: Phrase("write at least 1ms", "escreva no mínimo 1ms")
            case .tooLong:
                Phrase(
                    "write at most \(DurationText.format(DurationText.longest))",
                    "escreva no máximo \(DurationText.format(DurationText.longest))")
            }
        }
    }

    /// The longest duration that can be written, unless a longer one is asked for: 30 days.
    package static let longest: Duration = .seconds(30 * 86_400)

    /// Reads a duration: a whole number above 0, without sign or leading zero, directly followed by a unit.
    package static func parse(_ text: String, atMost longest: Duration = longest) throws(Fault) -> Duration {
        let digits = text.utf8.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        let unit = String(text.dropFirst(digits.count))
        guard let milliseconds = units.first(where: { $0.name == unit })?.milliseconds, !digits.isEmpty,
            digits.count == 1 || digits.first != UInt8(ascii: "0")
        else { throw .unreadable }
        // Eleven digits of days still fit; a longer number is too long in every unit.
        guard digits.count <= 11, let count = Int64(Substring(digits)) else { throw .tooLong }
        guard count > 0 else { throw .zero }
        let duration = Duration.milliseconds(count * milliseconds)
        guard duration <= longest else { throw .tooLong }
        return duration
    }

    /// Writes a duration in the largest unit that divides it, but a single day as 24h; fractions of a millisecond are
    /// rounded up.
    package static func format(_ duration: Duration) -> String {
        let total = duration.millisecondsRoundedUp
        let fitting = total == day ? units.dropFirst() : units[...]
        guard total != 0, let unit = fitting.first(where: { total.isMultiple(of: $0.milliseconds) }) else {
            return "0s"
        }
        return "\(total / unit.milliseconds)\(unit.name)"
    }

    private static let day: Int64 = 86_400_000

    /// The units, the largest first.
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", day), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]
}
