/// Mexico: ten digits, and none begins with 0 or 1. Until 3 August 2019 a mobile number was dialed from abroad as 52 1
/// and ten digits; WhatsApp still knows many so. Inside the country `01` stood before a number from elsewhere, `044`
/// and `045` before a mobile one (IFT, Plan Técnico Fundamental de Numeración, 2018): lists still have them.
enum MexicanPlan {
    static let code: Int64 = 52

    /// The E.164 digits of what follows 52, or of a number written inside the country.
    static func read(_ number: PhoneDigits) -> Result<Int64, PhoneProblem> {
        if isOldMobile(number) { return .success(number.preceded(by: code)) }
        let national = number.first == 0 ? number.dropFirst(prefixLength(number)) : number
        guard national.count == 10 else { return .failure(national.count < 10 ? .tooShort : .tooLong) }
        // `(5) 5 1234-5678` is cut like no number of Mexico.
        guard isWhole(national), !national.hasGap(1) else { return .failure(.unknownDDD) }
        return .success(national.preceded(by: code))
    }

    /// Area codes begin with 2 to 9, and none with 52.
    static func isWhole(_ national: PhoneDigits) -> Bool {
        national.count == 10 && national.first >= 2 && national.prefix(2).value != code
    }

    static func isOldMobile(_ national: PhoneDigits) -> Bool {
        national.count == 11 && national.first == 1 && national.dropFirst(1).first > 1
    }

    /// `044 33 1234 5678`: a whole number after the prefix once dialed inside the country.
    static func isWholeBehindPrefix(_ number: PhoneDigits) -> Bool {
        let length = number.first == 0 ? prefixLength(number) : 0
        return length > 0 && isWhole(number.dropFirst(length))
    }

    private static func prefixLength(_ number: PhoneDigits) -> Int {
        switch number.prefix(3).value {
        case 44, 45: 3
        case 10...19: 2
        default: 0
        }
    }

    /// The form of today of an old Mexican mobile number; nil for every other value.
    static func shortened(_ value: Int64) -> Int64? {
        guard 5_212_000_000_000...5_219_999_999_999 ~= value else { return nil }
        return code * 10_000_000_000 + value % 10_000_000_000
    }
}
