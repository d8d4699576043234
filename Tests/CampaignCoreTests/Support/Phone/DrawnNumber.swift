import CampaignCore

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

/// How people and programs write a number.
extension DrawnNumber {
    var goodWays: [String] {
        switch country {
        case "55": brazilianWays
        case "1":
            [
                national, "(\(area)) \(cut())", "\(area)-\(cut())", "\(area).\(cut("."))", "1\(national)",
                "1-\(area)-\(cut())", "+1 \(area) \(cut())", "001\(national)", "00 1 \(area) \(cut())", "\(national).0",
            ]
        case "52":
            [
                national, "\(area) \(cut(" "))", "(\(area)) \(cut())", "52\(national)", "52 \(area) \(cut(" "))",
                "+52 \(area) \(cut(" "))", "0052\(national)", "01 \(area) \(cut(" "))", "01\(national)",
                "044 \(area) \(cut(" "))", "045\(national)", "521\(national)", "+52 1 \(area) \(cut(" "))",
            ]
        default:
            [
                national, "(\(area)) \(cut())", "0\(area) \(cut())", "0\(national)", "54\(national)",
                "+54 \(area) \(cut())", "0054\(national)", "549\(national)", "+54 9 \(area) \(cut())",
                "\(area) 15 \(cut())", "0\(area) 15-\(cut())", "9 \(area) \(cut())",
            ]
        }
    }

    private var brazilianWays: [String] {
        var ways = [
            national, "\(area) \(cut())", "(\(area)) \(cut())", "(\(area))\(cut())", "(\(area)) \(cut(" "))",
            "[\(area)] \(cut())", "\(area).\(cut("."))", "\(area)-\(cut())", "\(area)/\(cut())", "\(area) \(line)",
            "\(area) - \(cut())", "\(area)\u{A0}\(cut("\u{A0}"))", "\(area) \(cut("–"))", "\(area)_\(cut("_"))",
            "+55\(national)", "+55 \(area) \(cut())", "+55 (\(area)) \(cut())", "(+55) \(area) \(cut())",
            "0055\(national)", "0055 \(area) \(cut())", "55 \(area) \(cut())", "55\(area) \(cut())",
            "55-\(area)-\(cut())", "55|\(area)|\(cut("|"))", "+55 0 \(area) \(cut())", "+55 (0\(area)) \(cut())",
            "0\(national)", "0\(area) \(cut())", "(0\(area)) \(cut())", "0 \(area) \(cut())", "0xx\(area) \(cut())",
            "(0XX\(area)) \(cut())", "(0xx)\(area) \(cut())", "(0**\(area)) \(cut())", "+55 (0xx\(area)) \(cut())",
            "0 15 \(area) \(cut())", "0 21 \(area) \(cut())", "015 (\(area)) \(cut())", "+55 0 15 \(area) \(cut())",
            "055 \(area) \(cut())", "000\(national)", "0000000\(national)",
            "9090 \(area) \(cut())", "90 15 \(area) \(cut())", "\(national).0", "+55\(national),00", "'\(national)",
            "=\"\(national)\"", "tel:+55\(national)", "https://wa.me/55\(national)", "55\(national)@c.us",
        ]
        ways += [
            "\(area) \(line).0", "(\(area)) \(cut()).0", "\(area)-\(line),00", "+55 \(area) \(line).00",
            "Cel. (\(area)) \(cut())", "Tel: \(area) \(cut())", "DDD \(area) \(cut())", "WhatsApp: +55\(national)",
            "*\(national)*", "=\(national)", "=+55\(national)", "(xx\(area)) \(cut())", "xx\(area) \(cut())",
            "\(area) \(cut()) ::: \(area) \(cut())", "+55\(national),\(national)",
            "(\(area)) \(cut()) / 0\(national)",
            "+55\(national)@s.whatsapp.net", "55\(national):12@s.whatsapp.net",
            "\(area) \(line.dropLast(4))-\(line.suffix(4).prefix(2))-\(line.suffix(2))",
            "\(area) \(line.dropLast(4)).\(line.suffix(4).prefix(2)).\(line.suffix(2))",
        ]
        if line.count == 9 {
            ways += [
                "\(area) \(line.prefix(4))-\(line.suffix(5))",
                "\(area) \(line.prefix(3)) \(line.dropFirst(3).prefix(3)) \(line.suffix(3))",
            ]
        }
        // 55 9… of twelve digits may be one digit too many in area 55.
        if line.count == 9 || !area.hasPrefix("9") { ways += ["55\(national)", "00055\(national)", "55 \(national)"] }
        if line.count == 9 { ways += ["\(area) 9 \(cut().dropFirst())", "\(area) 9.\(cut(".").dropFirst())"] }
        return ways
    }

    /// Ways that a slip is made in: bare, masked, with a trunk prefix, with the calling code.
    var plainWays: [String] {
        switch country {
        case "55":
            [
                national, "(\(area)) \(cut())", "0\(national)", "(0\(area)) \(cut())", "55\(national)",
                "55 \(area) \(cut())",
            ]
        case "1": [national, "(\(area)) \(cut())", "1\(national)", "1 \(area) \(cut())"]
        case "52": [national, "\(area) \(cut(" "))", "01\(national)", "52\(national)", "52 \(area) \(cut(" "))"]
        default: [national, "(\(area)) \(cut())", "0\(national)", "0\(area) \(cut())", "54\(national)"]
        }
    }
}

/// The same numbers in every run.
struct FixedRandom {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func below(_ bound: Int) -> Int {
        let number = generator.next()
        return bound > 0 ? Int(number % UInt64(bound)) : 0
    }
}
