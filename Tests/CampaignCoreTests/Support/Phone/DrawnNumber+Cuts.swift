/// Slips that show only in the way a number is grouped.
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

    /// One or two digits after a number of ten digits, such as an extension or a document's check digits.
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

    /// A `+` or `00` before half a calling code, or before no calling code.
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
