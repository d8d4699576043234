/// What goes wrong when numbers are typed, exported and pasted.
extension DrawnNumber {
    enum Slip: CaseIterable, Sendable {
        case extraDigit, twoExtraDigits, droppedDigit, areaTwice, zeroBehindArea, extensionWithoutWord, codeTwice
        case zerosInFront, zerosBehind, twoZerosAndNational, decimals
        case areaCutShort, tail, gluedDecimals, halfCode, gluedCodes, linkWithoutCode
    }

    func slips(_ slip: Slip, _ random: inout FixedRandom) -> [String] {
        switch slip {
        case .extraDigit:
            plainWays.flatMap { way in places(way).map { way.inserting("\(random.below(10))", at: $0) } }
        case .twoExtraDigits:
            // In front, behind the area code, at the end.
            plainWays.flatMap { way in
                let behindArea = way.firstRange(of: area)?.upperBound ?? way.startIndex
                let places = [0, way.distance(from: way.startIndex, to: behindArea), way.count]
                return places.map { way.inserting("\(10 + random.below(90))", at: $0) }
            }
        case .droppedDigit: plainWays.flatMap { way in places(way).compactMap { way.droppingDigit(at: $0) } }
        case .areaTwice:
            [
                "\(area)\(national)", "(\(area)) \(area) \(cut())", "(0\(area)) \(area) \(cut())",
                "\(area) 0\(area) \(cut())",
            ]
        case .zeroBehindArea: ["\(area)0\(line)", "(\(area)) 0\(cut())"]
        case .extensionWithoutWord:
            plainWays.flatMap { way in
                [
                    "\(way) \(10 + random.below(90))", "\(way)-\(10 + random.below(90))",
                    "\(way)\(10 + random.below(90))",
                    "\(way) \(100 + random.below(900))", "\(way)\(100 + random.below(900))",
                    "\(way) \(1000 + random.below(9000))",
                ]
            }
        case .codeTwice:
            [
                "\(country)\(country)\(national)", "\(country) \(country) \(area) \(cut())",
                "+\(country) \(country) \(area) \(cut())",
            ]
        case .zerosInFront:
            (1...9).flatMap { zeros in
                [national, country + national].map { String(repeating: "0", count: zeros) + $0 }
            }
        case .zerosBehind:
            (1...6).flatMap { zeros in
                [national, country + national].map { $0 + String(repeating: "0", count: zeros) }
            }
        case .twoZerosAndNational: ["00\(national)", "00 \(area) \(cut())", "(00\(area)) \(cut())"]
        case .decimals:
            [
                "\(national).\(1 + random.below(9))", "\(national),\(10 + random.below(89))",
                "\(national).\(10 + random.below(89))",
            ]
        case .areaCutShort: areasCutShort
        case .tail: tails(&random)
        case .gluedDecimals: gluedDecimals
        case .halfCode: halfCodes
        case .gluedCodes: gluedCodes
        case .linkWithoutCode: linksWithoutCode
        }
    }

    private func places(_ way: String) -> ClosedRange<Int> { 0...way.count }

    /// The slip makes exactly what another number looks like, as a wrong digit does: it cannot be noticed.
    /// Not so two zeros and twelve digits from 559, which show by the way they are cut, if at all.
    func isFlawless(_ text: String, _ slip: Slip) -> Bool {
        var (digits, gaps) = Self.cut(text)
        if digits.hasPrefix("00") { return slip == .extraDigit || slip == .twoExtraDigits }
        // Area, 15 and line of another Argentine number.
        if country == "54", slip == .twoExtraDigits, digits.hasPrefix("2") || digits.hasPrefix("3"), digits.count == 12
        {
            return digits.dropFirst(3).prefix(3).contains("15")
        }
        if digits.count == 12, digits.hasPrefix("559"), !gaps.contains(4) { return false }
        // Off with the trunk prefix, a carrier that is not the number's own area code, and the calling code.
        let before = [["0"], country == "52" ? ["01"] : [], [country], Self.carriers.map { "0" + $0 }].joined()
        let prefix = before.first { prefix in
            let rest = digits.dropFirst(prefix.count)
            let isCarrier = prefix.count == 3
            return digits.hasPrefix(prefix) && lengths.contains(rest.count)
                && !(isCarrier && digits.dropFirst().hasPrefix(national))
        }
        if let prefix {
            digits = String(digits.dropFirst(prefix.count))
            gaps = Set(gaps.map { $0 - prefix.count }.filter { $0 > 0 })
        }
        let natural: Set<Int> = country == "55" ? [2, 3, digits.count - 4] : [2, 3, 4, 6]
        return lengths.contains(digits.count) && gaps.isSubset(of: natural)
    }

    private static let carriers = ["12", "14", "15", "21", "22", "23", "25", "31", "41", "43", "55", "65", "99"]

    /// How many digits a whole number has.
    private var lengths: [Int] { country == "55" ? [10, 11] : [10] }

    /// The digits, and the places where something separates one of them from the last.
    private static func cut(_ text: String) -> (digits: String, gaps: Set<Int>) {
        var digits = ""
        var gaps: Set<Int> = []
        var isGap = false
        for character in text {
            if character.isNumber {
                if isGap, !digits.isEmpty { gaps.insert(digits.count) }
                digits.append(character)
            }
            isGap = !character.isNumber
        }
        return (digits, gaps)
    }
}

extension String {
    fileprivate func inserting(_ digit: String, at place: Int) -> String {
        String(prefix(place)) + digit + dropFirst(place)
    }

    fileprivate func droppingDigit(at place: Int) -> String? {
        let rest = dropFirst(place)
        guard let first = rest.first, first.isNumber else { return nil }
        return String(prefix(place)) + rest.dropFirst()
    }
}

/// Slips that show in nothing but the way a number is cut.
extension DrawnNumber {
    /// A number with one digit of the area code lost and the ninth digit apart.
    var areasCutShort: [String] {
        [area.dropFirst(), area.dropLast()].flatMap { rest in
            let ways = [
                "(\(rest)) \(cut())", "\(rest) \(cut())", "(0\(rest)) \(cut())", "+\(country) (\(rest)) \(cut())",
            ]
            guard country == "55", line.count == 9 else { return ways }
            let apart = "\(cut().dropFirst())"
            return ways + [
                "(\(rest)) 9 \(apart)", "\(rest) 9 \(apart)", "(\(rest)) 9.\(apart)", "(0\(rest)) 9 \(apart)",
                "0 \(rest) 9 \(apart)", "+55 (\(rest)) 9 \(apart)", "55 \(rest) 9 \(apart)",
            ]
        }
    }

    /// A digit or two behind a number of ten digits, as an extension or the check digits of a document.
    func tails(_ random: inout FixedRandom) -> [String] {
        let line = oldLine ?? line
        let masked = "(\(area)) \(line.dropLast(4))-\(line.suffix(4))"
        let ways = [masked, area + line].flatMap { way in
            let (one, two) = (random.below(10), 10 + random.below(90))
            return [
                "\(way) \(one)", "\(way)-\(one)", "\(way) (\(one))", "\(way).\(one)", "\(way)/\(one)", "\(way) \(two)",
                "\(way)-\(two)", "\(way) (\(two))",
            ]
        }
        // The same with a digit or two missing in front of it.
        let bare = area + line
        return ways + ["\(bare.dropLast()) \(random.below(10))", "\(bare.dropLast(2))-\(10 + random.below(90))"]
    }

    /// Decimals of a column of numbers, glued to the area code, with every digit and with the last one missing.
    var gluedDecimals: [String] {
        // A mobile number of Brazil without its last digit is one of before the ninth digit.
        let other = country == "55" && line.count == 9 ? oldLine : "\(line.dropLast())"
        return [line, other].compactMap(\.self).flatMap { line in
            ["\(area) \(line)", "(\(area)) \(line)", "\(area)-\(line)", "+\(country) \(area) \(line)"].flatMap {
                ["\($0).0", "\($0),0", "\($0).00"]
            }
        }
    }

    /// The line of a Brazilian mobile number as it was before the ninth digit.
    private var oldLine: String? {
        let rest = "\(line.dropFirst())"
        return country == "55" && line.count == 9 && rest >= "6" ? rest : nil
    }

    /// A `+` or `00` before half a calling code, or before none.
    var halfCodes: [String] {
        let halves = [country.dropFirst(), country.dropLast()].filter { !$0.isEmpty }
        let ways = halves.flatMap { half in
            ["+\(half) (\(area)) \(cut())", "+\(half) \(area) \(cut())", "+\(half)-\(area)-\(cut())"]
                + ["+\(half)(\(area))\(line)", "00 \(half) \(area) \(cut())", "00\(half) \(area) \(cut())"]
        }
        return ways + ["+(\(area)) \(cut())", "+\(area) \(cut())"]
    }

    /// The calling code and the area code in one, a digit of the line missing.
    var gluedCodes: [String] {
        line.indices.flatMap { place in
            var rest = line
            rest.remove(at: place)
            let cut = "\(rest.dropLast(3))-\(rest.suffix(3))"
            return ["\(country)\(area) \(cut)", "0\(country)\(area) \(cut)", "\(country) \(area) \(cut)"]
        }
    }

    /// A link or an address of WhatsApp that has no calling code, or no area code either.
    var linksWithoutCode: [String] {
        [line, national].flatMap { ["wa.me/\($0)", "https://wa.me/\($0)", "\($0)@c.us", "\($0)@s.whatsapp.net"] }
    }
}
