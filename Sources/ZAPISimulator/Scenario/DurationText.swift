/// Durations as people write them: `250ms`, `30s`, `5m`, `2h`.
struct DurationText: Codable, Sendable {
    var duration: Duration

    init(_ duration: Duration) {
        self.duration = duration
    }

    /// Nil when `text` is not a whole number with a unit, or longer than a year.
    init?(_ text: String) {
        let units: [(suffix: String, milliseconds: Int64)] = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)]
        guard let unit = units.first(where: { text.hasSuffix($0.suffix) }) else { return nil }
        let digits = text.dropLast(unit.suffix.count)
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int64(digits),
            count <= 366 * 24 * 3_600_000 / unit.milliseconds
        else { return nil }
        duration = .milliseconds(count * unit.milliseconds)
    }

    var text: String {
        let milliseconds = duration.milliseconds
        return milliseconds.isMultiple(of: 1_000) ? "\(milliseconds / 1_000)s" : "\(milliseconds)ms"
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let parsed = DurationText(text) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "'\(text)' is not a valid duration; write 250ms, 30s, 5m or 2h"
            )
        }
        self = parsed
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var milliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }
}
