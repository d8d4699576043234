/// Brazil's numbering plan: ANATEL, Resolução 749/2022 (Regulamento de Numeração) and the table of Códigos Nacionais; the ninth
/// digit by Resolução 553/2010, complete in every area since 6 November 2016.
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

    /// The area code in a cell of its own: `11`, `011`, and `5511` with the country.
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

    /// A number as it is written inside Brazil, with or without trunk `0` and the two digits of a carrier.
    static func read(_ number: PhoneDigits, allowsLandlines: Bool) -> Result<Int64, PhoneProblem> {
        var national = number
        if national.count > 1, national.first == 0 {
            national = national.dropFirst(1)
            if isService(national) { return .failure(.serviceNumber) }
            // 0 + carrier + area + line, as in 0 15 11 99999-0001.
            if national.count == 12 || national.count == 13 { national = national.dropFirst(2) }
        }
        if isService(national) { return .failure(.serviceNumber) }
        switch national.count {
        case ..<8: return .failure(.tooShort)
        case 8: return .failure(isSharedCost(national) ? .serviceNumber : .noDDD)
        case 9: return .failure(.noDDD)
        case 10, 11: return line(national, allowsLandlines)
        default: return .failure(.tooLong)
        }
    }

    /// Area code and line: ten or eleven digits.
    private static func line(_ national: PhoneDigits, _ allowsLandlines: Bool) -> Result<Int64, PhoneProblem> {
        let ddd = national.prefix(2).value
        guard isArea(ddd) else { return .failure(.unknownDDD) }
        let line = national.dropFirst(2)
        if line.count == 9 {
            guard line.first == 9 else { return .failure(.unknownLine) }
            return .success(national.preceded(by: code))
        }
        switch line.first {
        case 6...9: return .success(withNinthDigit(ddd, line.value))
        case 2...5: return allowsLandlines ? .success(national.preceded(by: code)) : .failure(.landline)
        default: return .failure(.unknownLine)
        }
    }

    private static func withNinthDigit(_ ddd: Int64, _ eightDigits: Int64) -> Int64 {
        ((code * 100 + ddd) * 10 + 9) * 100_000_000 + eightDigits
    }

    /// 0800, 0300, 0500 and 0900 with six or seven digits after them, 0303 too. None of them collides with an area code.
    private static func isService(_ national: PhoneDigits) -> Bool {
        guard national.count == 9 || national.count == 10 else { return false }
        switch national.prefix(3).value {
        case 300, 303, 500, 800, 900: return true
        default: return false
        }
    }

    /// 4004-0001, 3003-0001: dialled without an area code from anywhere.
    private static func isSharedCost(_ number: PhoneDigits) -> Bool {
        let head = number.prefix(3).value
        return head == 400 || head == 300
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
