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
        // A code without mobile lengths (878, 883) has no fixed lines either.
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

    /// A mobile number with a marker that makes it longer: Mexico's 1, Argentina's 15.
    private func isMarkedMobile(_ national: PhoneDigits) -> Bool {
        switch code {
        case MexicanPlan.code: MexicanPlan.isOldMobile(national)
        case ArgentinianPlan.code: ArgentinianPlan.isMobile(national)
        default: false
        }
    }

    /// Area code and exchange begin with 2 to 9 (North American Numbering Plan, nanpa.com, "NANP format NXX-NXX-XXXX").
    /// A gap within the area code, as in `(21) 3333-4444`, is another country's way of writing.
    static func isNorthAmerican(_ national: PhoneDigits) -> Bool {
        guard national.hasGap(3) || !national.hasGap(1) && !national.hasGap(2) else { return false }
        return national.first >= 2 && national.dropFirst(3).first >= 2
    }
}

/// What is exactly a whole number of a country, and what contains one: a slip of the keyboard, which must not become
/// someone else's number.
extension CallingCode {
    /// The most digits in front of a whole number that are taken for a slip: an area code written twice, a code from
    /// elsewhere.
    private static let maxBefore = 3
    /// The most digits within a whole number.
    private static let maxWithin = 2

    /// Exactly a number of this country, area code and all, with nothing in front of it.
    func isWhole(_ national: PhoneDigits) -> Bool {
        switch code {
        case BrazilianPlan.code: return BrazilianPlan.isWhole(national)
        case ArgentinianPlan.code: return ArgentinianPlan.isWhole(national)
        case MexicanPlan.code: return MexicanPlan.isWhole(national)
        case CallingCode.northAmerica: return national.count == 10 && CallingCode.isNorthAmerican(national)
        default: return lengths >> UInt32(min(national.count, 31)) & 1 == 1 && begins(national, firstDigits)
        }
    }

    /// The same, or an Argentine mobile number with its 15.
    func isNational(_ digits: PhoneDigits) -> Bool {
        isWhole(digits) || code == ArgentinianPlan.code && ArgentinianPlan.withoutFifteen(digits) != nil
    }

    /// Its numbers have one length or two, so that a digit too many shows.
    var hasFewLengths: Bool { lengths.nonzeroBitCount <= 2 }

    /// A whole number of this country with extra digits after, before or inside it.
    func isInside(_ digits: PhoneDigits) -> Bool {
        guard hasFewLengths else { return true }
        return wholeLengths.contains { length in
            let extra = digits.count - length
            guard extra > 0 else { return false }
            if isWhole(digits.prefix(length)) { return true }
            if extra <= CallingCode.maxBefore, isWhole(digits.suffix(length)) { return true }
            return extra <= CallingCode.maxWithin
                && (1..<length).contains { isWhole(digits.without($0..<$0 + extra)) }
        }
    }

    /// The area code, of two to four digits, is written twice.
    func hasAreaTwice(_ digits: PhoneDigits) -> Bool {
        guard hasPlan else { return false }
        return (2...4).contains { length in
            let rest = digits.dropFirst(length)
            let again = rest.first == 0 ? rest.dropFirst(1) : rest
            return digits.prefix(length).value == again.prefix(length).value && isWhole(again)
        }
    }

    /// Its plan is known here, area codes and all.
    var hasPlan: Bool {
        switch code {
        case CallingCode.northAmerica, MexicanPlan.code, ArgentinianPlan.code, BrazilianPlan.code: true
        default: false
        }
    }

    /// Something separates the digits of the calling code.
    func cutsCode(of number: PhoneDigits) -> Bool { number.prefix(digits).gaps != 0 }

    private var wholeLengths: [Int] {
        if code == ArgentinianPlan.code { return [10] }
        return (1...15).filter { lengths >> UInt32($0) & 1 == 1 }
    }

    func begins(_ national: PhoneDigits, _ digits: UInt16) -> Bool {
        digits >> UInt16(national.first) & 1 == 1
    }
}
