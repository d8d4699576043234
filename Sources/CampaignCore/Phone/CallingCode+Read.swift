extension CallingCode {
    /// The United States, Canada and the others of the North American Numbering Plan.
    static let northAmerica: Int64 = 1
    private static let germany: Int64 = 49
    private static let netherlands: Int64 = 31
    /// The fewest digits of an area code and a line in every plan that is known here.
    static let planned = 10

    /// The E.164 digits of a number of this country, `rest` being what follows the calling code.
    func read(_ rest: PhoneDigits, allowsLandlines: Bool) -> Result<Int64, PhoneProblem> {
        switch code {
        case BrazilianPlan.code: BrazilianPlan.read(rest, allowsLandlines: allowsLandlines)
        case _ where hasPlan && rest.hasTailApart && rest.count >= CallingCode.planned: .failure(.tooLong)
        case ArgentinianPlan.code: ArgentinianPlan.read(rest)
        case MexicanPlan.code: MexicanPlan.read(rest)
        default: read(byLength: rest, allowsLandlines)
        }
    }

    /// Where no plan is known, the lengths decide.
    private func read(byLength rest: PhoneDigits, _ allowsLandlines: Bool) -> Result<Int64, PhoneProblem> {
        let national = withoutTrunk(rest)
        guard hasLength(national) else {
            return .failure(lengths >> UInt32(min(national.count, 31)) == 0 ? .tooLong : .tooShort)
        }
        if startsWithZeroTrunk(national) { return .failure(.unknownDDD) }
        if code == CallingCode.northAmerica, !CallingCode.isNorthAmerican(national) { return .failure(.unknownDDD) }
        // A code without mobile lengths (878, 883) is nobody's fixed line either.
        if !allowsLandlines, mobileLengths != 0, !hasMobileLength(national) { return .failure(.landline) }
        return .success(national.preceded(by: code))
    }

    /// Where the trunk prefix begins with 0 no number does; other trunk prefixes are also first digits of numbers.
    private func withoutTrunk(_ number: PhoneDigits) -> PhoneDigits {
        guard number.starts(with: trunk), trunk.first == 0 || !hasLength(number) else { return number }
        let rest = number.dropFirst(trunk.count)
        // Belarus dials 8 and 0.
        return trunk.value == 8 && rest.first == 0 && !hasLength(rest) ? rest.dropFirst(1) : rest
    }

    private func startsWithZeroTrunk(_ national: PhoneDigits) -> Bool {
        trunk.count > 0 && trunk.first == 0 && national.first == 0
    }

    /// What follows the calling code is as long as a mobile number of this country.
    func hasMobileLength(_ national: PhoneDigits) -> Bool {
        mobileLengths >> UInt32(min(national.count, 31)) & 1 == 1 || isMarkedMobile(national)
    }

    /// It is as long as a mobile number of this country and begins like one.
    func looksMobile(_ national: PhoneDigits) -> Bool {
        // The first digits alone do not tell Germany's mobile numbers, 15, 16 and 17 (Bundesnetzagentur, Nummernplan).
        if code == CallingCode.germany, !(15...17 ~= national.prefix(2).value) { return false }
        // Of the Dutch ones those with eleven digits, and 97, are for machines (ACM, nummerplan).
        if code == CallingCode.netherlands, national.first != 6 || national.count != 9 { return false }
        return isMarkedMobile(national) || hasMobileLength(national) && begins(national, mobileFirstDigits)
    }

    private func hasLength(_ national: PhoneDigits) -> Bool {
        lengths >> UInt32(min(national.count, 31)) & 1 == 1 || isMarkedMobile(national)
    }

    /// A mobile number with a sign of its own, which makes it longer: Mexico's 1, Argentina's 15.
    private func isMarkedMobile(_ national: PhoneDigits) -> Bool {
        switch code {
        case MexicanPlan.code: MexicanPlan.isOldMobile(national)
        case ArgentinianPlan.code: ArgentinianPlan.isMobile(national)
        default: false
        }
    }

    /// Area code and exchange begin with 2 to 9 (North American Numbering Plan, nanpa.com, "NANP format NXX-NXX-XXXX"). A gap
    /// within the area code, as in `(21) 3333-4444`, is another country's way of writing.
    static func isNorthAmerican(_ national: PhoneDigits) -> Bool {
        guard national.hasGap(3) || !national.hasGap(1) && !national.hasGap(2) else { return false }
        return national.first >= 2 && national.dropFirst(3).first >= 2
    }
}
