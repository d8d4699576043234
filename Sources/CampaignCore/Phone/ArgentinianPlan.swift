/// Argentina: area code and line are ten digits, and area codes begin with 11, 2 or 3. A mobile number is told by a sign: `15`
/// between area code and line inside the country (011 15 5555-1234), `9` after the country code from abroad (54 9 11 5555-1234).
///
/// Facts from the metadata of Google's libphonenumber for AR (PyPI `phonenumbers` 9.0.43, with its rule for `15`, read
/// 2026-11). WhatsApp knows these numbers with the 9 and without the 15 (faq.whatsapp.com/1294841057948784, "About
/// international phone number format", read 2026-11).
enum ArgentinianPlan {
    static let code: Int64 = 54
    /// 54 and 9, as a mobile number begins when called from abroad.
    private static let mobileCode: Int64 = 549

    /// The E.164 digits of what follows 54, or of a number written inside the country.
    ///
    /// A mobile number's sign, `9` or `15`, becomes the 9. Without one it may be a fixed line or a mobile number, nobody can
    /// tell, and it stays as it is.
    static func read(_ number: PhoneDigits) -> Result<Int64, PhoneProblem> {
        var national = withoutTrunk(number)
        var isMobile = national.first == 9
        if isMobile { national = withoutTrunk(national.dropFirst(1)) }
        if !isMobile, isService(national) { return .failure(.serviceNumber) }
        if let line = withoutFifteen(national) { (national, isMobile) = (line, true) }
        guard national.count == 10 else { return .failure(national.count < 10 ? .tooShort : .tooLong) }
        // `(1) 1 5555-1234` lacks a digit, or has one that is not its own.
        if national.hasGap(1) { return .failure(.unknownDDD) }
        // 15 5555-1234 has ten digits as well, but it is the area code that it lacks.
        if national.prefix(2).value == 15 { return .failure(.noDDD) }
        guard startsWithArea(national) else { return .failure(.unknownDDD) }
        return .success(national.preceded(by: isMobile ? mobileCode : code))
    }

    /// What follows 54 has the length and the sign of a mobile number.
    static func isMobile(_ national: PhoneDigits) -> Bool {
        national.count == 11 && national.first == 9 || withoutFifteen(national) != nil
    }

    /// Exactly area code and line. No line begins with 0 or 1, which is why a 15 shows.
    static func isWhole(_ national: PhoneDigits) -> Bool {
        guard national.count == 10, startsWithArea(national) else { return false }
        return national.dropFirst(areaLength(national)).first >= 2
    }

    /// The ten digits of a number with its 15; nil when it has none between an area code that exists and a line.
    static func withoutFifteen(_ national: PhoneDigits) -> PhoneDigits? {
        guard national.count == 12, hasKnownArea(national) else { return nil }
        let area = areaLength(national)
        let line = national.dropFirst(area + 2)
        // `29 341 545-2915` is not area 2934 and a 15.
        guard national.prefix(area).gaps == 0, !national.hasGap(area + 1) else { return nil }
        guard national.dropFirst(area).prefix(2).value == 15, line.first >= 2 else { return nil }
        return PhoneDigits(value: line.preceded(by: national.prefix(area).value), count: 10)
    }

    private static func withoutTrunk(_ number: PhoneDigits) -> PhoneDigits {
        number.count > 1 && number.first == 0 ? number.dropFirst(1) : number
    }

    private static func startsWithArea(_ national: PhoneDigits) -> Bool {
        national.first == 2 || national.first == 3 || national.prefix(2).value == 11
    }

    /// 0800, 0810 and 060x with seven digits, 0800 with eight too: a company's numbers.
    private static func isService(_ national: PhoneDigits) -> Bool {
        let head = national.prefix(3).value
        switch national.count {
        case 10: return head == 800 || head == 810 || 600...609 ~= head
        case 11: return head == 800
        default: return false
        }
    }

    /// The form without the 9 of an Argentine mobile number: area code and line are nobody else's. Nil for every other value.
    static func withoutNine(_ value: Int64) -> Int64? {
        guard 5_491_000_000_000...5_493_999_999_999 ~= value else { return nil }
        return code * 10_000_000_000 + value % 10_000_000_000
    }
}
