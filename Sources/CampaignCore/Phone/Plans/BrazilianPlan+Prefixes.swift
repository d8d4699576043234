/// What is dialed before a Brazilian number: a carrier's code, a collect call, the country's own code without a `+`.
/// Each of them can also be the area code of a number with extra digits after it, so each is accepted only where it can
/// be nothing else.
extension BrazilianPlan {
    /// Carriers (Código de Seleção de Prestadora), by the metadata of Google's libphonenumber for BR (PyPI
    /// `phonenumbers` 9.0.43). All other pairs of digits are unassigned.
    private static let carriers: Set<Int64> = [12, 14, 15, 21, 22, 23, 25, 31, 41, 43, 55, 65, 99]
    private static let collectCall: Int64 = 90
    private static let localCollectCall: Int64 = 9090

    /// Carrier and number after the trunk `0`: the number, or nil where it would be a guess.
    ///
    /// `021 2222-3333 12` is a number of Rio de Janeiro with an extension, not one of Campos by carrier 21. Where both
    /// are possible, `0 21 22 2222-3333` is taken by the way it is cut.
    static func withoutCarrier(_ digits: PhoneDigits) -> PhoneDigits? {
        let whole = digits.dropFirst(2)
        // 0 and the country's code is written too; 55 is a carrier as well.
        guard !digits.isCarrierLeftOut, carriers.contains(digits.prefix(2).value), isVerbatim(whole) else { return nil }
        let line = whole.dropFirst(2)
        guard digits.gaps != 0 else { return hasWholeInFront(digits) ? nil : whole }
        guard line.isCutLikeLine, !digits.hasGap(1), !digits.hasGap(3) else { return nil }
        if digits.hasGap(2), !whole.hasGap(2), line.gaps != 0 { return nil }
        return digits.hasGap(2) && whole.hasGap(2) || !hasWholeInFront(digits) ? whole : nil
    }

    /// The number after the prefix of a collect call: `9090` and the number, `90`, a carrier and the number.
    static func withoutCollectCall(_ digits: PhoneDigits) -> PhoneDigits? {
        guard digits.count >= 14, digits.prefix(2).value == collectCall else { return nil }
        let isLocal = digits.prefix(4).value == localCollectCall
        guard isLocal || carriers.contains(digits.dropFirst(2).prefix(2).value) else { return nil }
        let rest = digits.dropFirst(4)
        let whole = rest.first == 0 ? rest.dropFirst(1) : rest
        return isVerbatim(whole) ? whole : nil
    }

    /// `9090 3333-4444`: a collect call to a number without its area code. The eight or nine digits.
    static func localCollectCall(_ digits: PhoneDigits) -> PhoneDigits? {
        guard 12...13 ~= digits.count, digits.prefix(4).value == localCollectCall else { return nil }
        return digits.dropFirst(4)
    }

    /// The country's code and a whole number, twelve or thirteen digits, may be a number of area 55 with digits too
    /// many.
    ///
    /// - Returns: nil where it is the country's code and nothing else, or no whole number.
    static func problem(withCountry digits: PhoneDigits) -> PhoneProblem? {
        // 55 9…: one digit more than a mobile number of Santa Maria, or country 55 and an area from 91 to 99.
        let mayBeMobile = digits.dropFirst(2).first == 9
        // Most cells have nothing between their digits.
        guard digits.gaps != 0 || digits.count == 12 && mayBeMobile else { return nil }
        guard isWhole(digits.dropFirst(2)) else { return nil }
        let isCutAsCountry =
            digits.count == 12
            ? digits.hasGaps(onlyAt: PhoneDigits.places(2, 4, 8))
            : digits.hasGaps(onlyAt: PhoneDigits.places(2, 4, 5, 9))
                || digits.hasGaps(onlyAt: PhoneDigits.places(2, 4, 7, 10))
        if digits.count == 12, mayBeMobile { return isCutAsCountry && digits.hasGap(4) ? nil : .ambiguous }
        guard !isCutAsCountry, hasWholeInFront(digits) else { return nil }
        let isLongAndCut = digits.count == 13 && digits.hasGap(4) && !digits.hasGap(1) && !digits.hasGap(3)
        return isLongAndCut && !mayBeMobile ? nil : .tooLong
    }

    /// `55 98 275-1009` and `5598 275-1009` are a number of area 55, or country 55 and area 98, cut so, with a digit
    /// missing.
    static func hasCountryCutOff(_ number: PhoneDigits) -> Bool {
        let digits = number.withoutZeros
        guard 10...11 ~= digits.count, digits.prefix(2).value == code else { return false }
        return digits.hasGap(4) && !digits.hasGap(6) && isArea(digits.dropFirst(2).prefix(2).value)
    }

    /// `51 99999-0001`: a whole mobile number, cut as one. Behind a `+` it may be a number of Peru, 51, or lack its 55.
    static func isCutAsMobile(_ digits: PhoneDigits) -> Bool {
        guard digits.count == 11, digits.hasGap(2), digits.hasGap(7), digits.prefix(2).value != code else {
            return false
        }
        return digits.hasGaps(onlyAt: PhoneDigits.places(2, 3, 7)) && isWhole(digits)
    }

    /// `45 3333-4444`: the same of a fixed line.
    static func isCutAsFixedLine(_ digits: PhoneDigits) -> Bool {
        digits.count == 10 && digits.hasGaps(at: PhoneDigits.places(2, 6)) && isVerbatim(digits)
    }

    /// Eight digits, or nine that begin with 9, after a `+` or in a link: no mobile number of any country is so short.
    static func isWithoutArea(_ digits: PhoneDigits) -> Bool {
        digits.count == 8 || digits.count == 9 && digits.first == 9
    }

    /// A whole number with more after it, or with one extra digit inside.
    private static func hasWholeInFront(_ digits: PhoneDigits) -> Bool {
        if isWhole(digits.prefix(10)) || isWhole(digits.prefix(11)) { return true }
        return digits.count == 12 && (0..<12).contains { isWhole(digits.without($0..<$0 + 1)) }
    }
}

extension PhoneDigits {
    /// Eight or nine digits cut as a line is, or not at all: `3333-4444`, `99999-0001`, `9 9999-0001`.
    fileprivate var isCutLikeLine: Bool {
        hasGaps(onlyAt: count == 8 ? PhoneDigits.places(4) : PhoneDigits.places(1, 5))
    }
}
