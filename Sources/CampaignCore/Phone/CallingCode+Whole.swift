/// What is a whole number of a country by itself, and what has one in it: a slip of the keyboard, which must not become
/// somebody else's number.
extension CallingCode {
    /// The most digits in front of a whole number that are taken for a slip: an area code written twice, a code from elsewhere.
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

    /// A whole number of this country with something more behind it, in front of it or within.
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

    /// The area code, of two to four digits, stands there two times.
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

    /// Something stands between the digits of the calling code.
    func cutsCode(of number: PhoneDigits) -> Bool { number.prefix(digits).gaps != 0 }

    private var wholeLengths: [Int] {
        if code == ArgentinianPlan.code { return [10] }
        return (1...15).filter { lengths >> UInt32($0) & 1 == 1 }
    }

    func begins(_ national: PhoneDigits, _ digits: UInt16) -> Bool {
        digits >> UInt16(national.first) & 1 == 1
    }
}
