/// A plausible number: area code and line of a country, drawn at random.
struct DrawnNumber: Sendable {
    let country: String
    let area: String
    let line: String
    /// What every correct way of writing it must be read as.
    let expected: String

    var national: String { area + line }

    /// ANATEL's 67 area codes.
    static let brazilianAreas = [
        11...19, 21...22, 24...24, 27...28, 31...35, 37...38, 41...49, 51...51, 53...55, 61...69, 71...71, 73...75,
        77...77,
        79...79, 81...89, 91...99,
    ].flatMap { $0.map { "\($0)" } }

    /// Some of each area code of Brazil: mobile numbers, and fixed lines with any first digit that they have.
    static func brazilian(each count: Int, _ random: inout FixedRandom) -> [DrawnNumber] {
        brazilianAreas.flatMap { area in
            (0..<count).map { index in
                let line =
                    index % 2 == 0
                    ? "9" + digits(8, &random) : "\(2 + random.below(4))" + digits(7, &random)
                return DrawnNumber(country: "55", area: area, line: line, expected: "55" + area + line)
            }
        }
    }

    /// Some of each of a few area codes of North America, Mexico or Argentina. No line begins with 0 or 1.
    static func other(_ country: String, each count: Int, _ random: inout FixedRandom) -> [DrawnNumber] {
        let areas: [String] =
            switch country {
            case "1": ["201", "212", "305", "310", "415", "447", "506", "551", "613", "809", "919"]
            case "52": ["33", "55", "56", "81", "222", "415", "551", "664", "998"]
            default: ["11", "221", "261", "341", "351", "381", "2202", "2966", "3489"]
            }
        return areas.flatMap { area in
            (0..<count).map { _ in
                let line = "\(2 + random.below(8))" + digits(9 - area.count, &random)
                return DrawnNumber(country: country, area: area, line: line, expected: country + area + line)
            }
        }
    }

    private static func digits(_ count: Int, _ random: inout FixedRandom) -> String {
        (0..<count).map { _ in "\(random.below(10))" }.joined()
    }

    /// The line with a sign before its last four digits.
    func cut(_ sign: String = "-") -> String { "\(line.dropLast(4))\(sign)\(line.suffix(4))" }
}
