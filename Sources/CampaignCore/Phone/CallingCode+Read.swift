extension CallingCode {
    /// The E.164 digits of a number of this country, `rest` being what follows the calling code.
    func read(_ rest: PhoneDigits) -> Result<Int64, PhoneProblem> {
        var national = rest
        // Where the trunk prefix is 0 no number begins with 0; other trunk prefixes are also first digits of numbers.
        let startsWithTrunk = national.starts(with: trunk)
        if startsWithTrunk, trunk.value == 0 || !hasLength(national) { national = national.dropFirst(trunk.count) }
        guard hasLength(national) else {
            return .failure(lengths >> UInt32(min(national.count, 31)) == 0 ? .tooLong : .tooShort)
        }
        if code == 1, !CallingCode.isNorthAmerican(national) { return .failure(.unknownDDD) }
        return .success(national.preceded(by: code))
    }

    func hasMobileLength(_ national: PhoneDigits) -> Bool {
        mobileLengths >> UInt32(min(national.count, 31)) & 1 == 1 || isOldMexican(national)
    }

    private func hasLength(_ national: PhoneDigits) -> Bool {
        lengths >> UInt32(min(national.count, 31)) & 1 == 1 || isOldMexican(national)
    }

    private func isOldMexican(_ national: PhoneDigits) -> Bool {
        code == MexicanPlan.code && MexicanPlan.isOldMobile(national)
    }

    /// Area code and exchange begin with 2 to 9 (North American Numbering Plan, nanpa.com, "NANP format NXX-NXX-XXXX").
    private static func isNorthAmerican(_ national: PhoneDigits) -> Bool {
        national.first >= 2 && national.dropFirst(3).first >= 2
    }
}
