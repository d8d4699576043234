extension PhoneNumber {
    /// What kind of line a number belongs to, as far as its digits tell.
    package enum Kind: String, Sendable {
        case mobile, fixed
        /// An `@lid`, or a number of a country where mobile and fixed ones look alike.
        case unknown
    }

    /// Exact in Brazil; elsewhere by the length and the first digit, where those tell the two apart.
    package var kind: Kind {
        switch value {
        case ..<0: return .unknown
        // The ninth digit.
        case 5_511_000_000_000...5_599_999_999_999: return value / 100_000_000 % 10 == 9 ? .mobile : .unknown
        case 551_100_000_000...559_999_999_999: return value / 10_000_000 % 10 < 6 ? .fixed : .mobile
        default: break
        }
        let digits = PhoneDigits(self)
        guard let country = CallingCode.beginning(digits) else { return .unknown }
        let national = digits.dropFirst(country.digits)
        if !country.hasMobileLength(national) { return country.mobileLengths == 0 ? .unknown : .fixed }
        guard country.mobileFirstDigits != country.firstDigits else { return .unknown }
        return country.looksMobile(national) ? .mobile : .fixed
    }
}

/// How many numbers there are of each kind.
package struct KindCounts: Hashable, Sendable, Codable {
    package var mobile = 0
    package var fixed = 0
    package var unknown = 0

    package init() {}

    package var all: Int { mobile + fixed + unknown }

    package mutating func note(_ kind: PhoneNumber.Kind) {
        switch kind {
        case .mobile: mobile += 1
        case .fixed: fixed += 1
        case .unknown: unknown += 1
        }
    }
}
