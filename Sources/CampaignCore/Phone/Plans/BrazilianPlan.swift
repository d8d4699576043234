/// Brazil's numbering plan: ANATEL, Resolução 749/2022 (Regulamento de Numeração) and the table of Códigos Nacionais;
/// the ninth digit by Resolução 553/2010, complete in every area since 6 November 2016.
enum BrazilianPlan {
    static let code: Int64 = 55

    /// The 67 area codes (DDD), one bit for each.
    private static let areas: (low: UInt64, high: UInt64) = {
        let codes = [
            11, 12, 13, 14, 15, 16, 17, 18, 19,  // São Paulo
            21, 22, 24, 27, 28,  // Rio de Janeiro, Espírito Santo
            31, 32, 33, 34, 35, 37, 38,  // Minas Gerais
            41, 42, 43, 44, 45, 46, 47, 48, 49,  // Paraná, Santa Catarina
            51, 53, 54, 55,  // Rio Grande do Sul
            61, 62, 63, 64, 65, 66, 67, 68, 69,  // Centre-West, Tocantins, Acre, Rondônia
            71, 73, 74, 75, 77, 79,  // Bahia, Sergipe
            81, 82, 83, 84, 85, 86, 87, 88, 89,  // the North-East up to Piauí
            91, 92, 93, 94, 95, 96, 97, 98, 99,  // the North, Maranhão
        ]
        var low: UInt64 = 0
        var high: UInt64 = 0
        for code in codes {
            if code < 64 { low |= 1 << UInt64(code) } else { high |= 1 << UInt64(code - 64) }
        }
        return (low, high)
    }()

    static func isArea(_ ddd: Int64) -> Bool {
        guard 11...99 ~= ddd else { return false }
        return ddd < 64 ? areas.low >> UInt64(ddd) & 1 == 1 : areas.high >> UInt64(ddd - 64) & 1 == 1
    }

    /// The area code in its own cell: `11`, `011`, and `5511` with the country.
    static func area(_ code: PhoneDigits) -> PhoneDigits? {
        let ddd = Self.code * 100..<(Self.code + 1) * 100 ~= code.value ? code.value % 100 : code.value
        return isArea(ddd) ? PhoneDigits(value: ddd, count: 2) : nil
    }

    /// The area code of a Brazilian number; nil for every other value.
    static func area(ofNumber value: Int64) -> Int64? {
        switch value {
        case 551_100_000_000...559_999_999_999: value / 100_000_000 % 100
        case 5_511_000_000_000...5_599_999_999_999: value / 1_000_000_000 % 100
        default: nil
        }
    }

    /// Exactly area code and line: eleven digits of a mobile number, ten of a fixed line or of a mobile number of
    /// before the ninth digit.
    static func isWhole(_ national: PhoneDigits) -> Bool {
        guard national.count == 10 || national.count == 11, isArea(national.prefix(2).value) else { return false }
        let first = national.dropFirst(2).first
        return national.count == 11 ? first == 9 : first >= 2
    }

    /// The same without a mobile number that would have to be completed.
    static func isVerbatim(_ national: PhoneDigits) -> Bool {
        isWhole(national) && (national.count == 11 || national.dropFirst(2).first <= 5)
    }

    /// A number as it is written inside Brazil, with or without trunk `0` and the two digits of a carrier.
    static func read(_ number: PhoneDigits, allowsLandlines: Bool) -> Result<Int64, PhoneProblem> {
        guard number.count > 1, number.first == 0 else { return national(number, allowsLandlines) }
        let rest = number.dropFirst(1)
        if isService(rest) { return .failure(.serviceNumber) }
        if rest.first == 0 { return .failure(rest.count < 8 ? .tooShort : .unknownDDD) }
        guard rest.count == 12 || rest.count == 13 else { return national(rest, allowsLandlines) }
        guard let whole = withoutCarrier(rest) else { return .failure(.tooLong) }
        return line(whole, allowsLandlines)
    }

    /// A number without a prefix.
    static func national(_ national: PhoneDigits, _ allowsLandlines: Bool) -> Result<Int64, PhoneProblem> {
        if isService(national) { return .failure(.serviceNumber) }
        switch national.count {
        case ..<8: return .failure(.tooShort)
        case 8 where isSharedCost(national): return .failure(.serviceNumber)
        case 8, 9: return .failure(hasAreaApart(national) ? .tooShort : .noDDD)
        case 10, 11: return line(national, allowsLandlines)
        default: return .failure(.tooLong)
        }
    }

    /// Eight or nine digits of which the first two are an area code, as in `(11) 9876-543`: it is digits that are
    /// missing.
    private static func hasAreaApart(_ national: PhoneDigits) -> Bool {
        guard isArea(national.prefix(2).value) else { return false }
        if national.hasGap(2) { return !national.hasGap(1) && !national.hasGap(4) }
        return national.count == 9 && national.first != 9 && national.gaps == 0
    }

    /// Area code and line: ten or eleven digits.
    private static func line(_ national: PhoneDigits, _ allowsLandlines: Bool) -> Result<Int64, PhoneProblem> {
        let ddd = national.prefix(2).value
        // `(1) 9 8765-4321` lacks a digit of its area code, `(119) 3333-4444` has one too many.
        let isAreaCut = !national.hasGap(1) && (national.hasGap(2) || !national.hasGap(3))
        guard isArea(ddd), isAreaCut else { return .failure(.unknownDDD) }
        if isFiller(national) { return .failure(.filler) }
        let line = national.dropFirst(2)
        if line.hasTailApart { return .failure(isCutLikeNine(line) && line.count == 8 ? .tooShort : .tooLong) }
        if isSharedCostBehindArea(line) { return .failure(.serviceNumber) }
        if line.count == 9 {
            return line.first == 9 ? .success(national.preceded(by: code)) : .failure(.unknownLine)
        }
        switch line.first {
        case 6...9: return isCutLikeNine(line) ? .failure(.tooShort) : .success(withNinthDigit(ddd, line.value))
        // `(11) 33334-444` is a mobile number that lacks its first digit.
        case 2...5 where line.hasGap(5) && !line.hasGap(2): return .failure(.tooShort)
        case 2...5: return allowsLandlines ? .success(national.preceded(by: code)) : .failure(.landline)
        default: return .failure(.unknownLine)
        }
    }

    /// Ten or eleven digits that only fill a field: `99999999999`, `2222222222`, the row of the keyboard there and
    /// back.
    private static func isFiller(_ national: PhoneDigits) -> Bool {
        guard national.count == 10 else { return national.value == 99_999_999_999 }
        return national.value % 1_111_111_111 == 0 || national.value == 1_234_567_890 || national.value == 9_876_543_210
    }

    /// Eight digits that are cut as nine are, `98765-432` or `9 8765-432`: one is missing, and there is no telling
    /// which.
    static func isCutLikeNine(_ line: PhoneDigits) -> Bool {
        line.hasGap(1) || line.hasGap(3) || line.hasGap(5) || line.hasGap(7)
    }

    private static func withNinthDigit(_ ddd: Int64, _ eightDigits: Int64) -> Int64 {
        ((code * 100 + ddd) * 10 + 9) * 100_000_000 + eightDigits
    }

    /// 0800, 0300, 0500 and 0900 with six or seven digits after them, 0303 too. None of them collides with an area
    /// code.
    private static func isService(_ national: PhoneDigits) -> Bool {
        guard national.count == 9 || national.count == 10 else { return false }
        switch national.prefix(3).value {
        case 300, 303, 500, 800, 900: return true
        default: return false
        }
    }

    /// 4004-0001, 3003-0001: dialed without an area code from anywhere.
    private static func isSharedCost(_ number: PhoneDigits) -> Bool {
        let head = number.prefix(3).value
        return head == 400 || head == 300
    }

    /// 11 4004-0001: the same, with the area code of its owner in front. Other lines that begin like this are ordinary
    /// ones.
    private static func isSharedCostBehindArea(_ line: PhoneDigits) -> Bool {
        guard line.count == 8 else { return false }
        switch line.prefix(4).value {
        case 3003, 4003, 4004: return true
        default: return false
        }
    }

    /// The form with the ninth digit of a Brazilian mobile number that lacks it; nil for every other value.
    static func completed(_ value: Int64) -> Int64? {
        guard 551_000_000_000...559_999_999_999 ~= value else { return nil }
        let eightDigits = value % 100_000_000
        guard eightDigits >= 60_000_000 else { return nil }
        let ddd = value / 100_000_000 % 100
        return isArea(ddd) ? withNinthDigit(ddd, eightDigits) : nil
    }
}
