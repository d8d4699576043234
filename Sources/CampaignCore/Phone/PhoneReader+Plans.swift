/// Which numbering plan a row of digits belongs to.
extension PhoneReader {
    func number(_ digits: PhoneDigits, hasPlus: Bool) -> Result<PhoneNumber, PhoneProblem> {
        PhoneReader.number(value(digits, hasPlus: hasPlus))
    }

    static func number(_ value: Result<Int64, PhoneProblem>) -> Result<PhoneNumber, PhoneProblem> {
        value.flatMap { value in
            guard let number = PhoneNumber(value: value) else { return .failure(.tooShort) }
            return .success(number)
        }
    }

    private func value(_ digits: PhoneDigits, hasPlus: Bool) -> Result<Int64, PhoneProblem> {
        if hasPlus { return international(digits) }
        if PhoneReader.hasInternationalPrefix(digits) {
            let rest = digits.dropFirst(2)
            // A third zero is a field filled up to its width. Not so where numbers may begin with 0, as in Italy.
            guard rest.first == 0, isBrazilian else { return international(rest) }
            return brazilian(rest.withoutZeros)
        }
        guard let country else { return international(digits) }
        return isBrazilian ? brazilian(digits) : national(digits, country)
    }

    var isBrazilian: Bool { country?.code == BrazilianPlan.code }

    /// `00` before a calling code.
    static func hasInternationalPrefix(_ digits: PhoneDigits) -> Bool {
        digits.count >= 10 && digits.value < PhoneDigits.power(digits.count - 2)
    }

    private func brazilian(_ digits: PhoneDigits) -> Result<Int64, PhoneProblem> {
        guard digits.count >= 12, digits.first != 0 else {
            return BrazilianPlan.read(digits, allowsLandlines: allowsLandlines)
        }
        if digits.prefix(2).value == BrazilianPlan.code {
            return BrazilianPlan.read(digits.dropFirst(2), allowsLandlines: allowsLandlines)
        }
        // 41 99999-00011 is a slip in Curitiba, not a call to Switzerland.
        let continuesAsMobile = BrazilianPlan.isArea(digits.prefix(2).value) && digits.dropFirst(2).first == 9
        return digits.count == 12 && continuesAsMobile ? .failure(.tooLong) : abroad(digits) ?? .failure(.tooLong)
    }

    /// A number with its calling code in front.
    private func international(_ digits: PhoneDigits) -> Result<Int64, PhoneProblem> {
        guard let found = CallingCode.beginning(digits) else {
            return .failure(digits.count < 7 && digits.first != 0 ? .tooShort : .unknownCountry)
        }
        return found.read(digits.dropFirst(found.digits), allowsLandlines: allowsLandlines)
    }

    /// A number of a country other than Brazil as it is written there.
    private func national(_ digits: PhoneDigits, _ country: CallingCode) -> Result<Int64, PhoneProblem> {
        let hasCode = digits.starts(with: PhoneDigits(value: country.code, count: country.digits))
        let rest = digits.dropFirst(country.digits)
        if hasCode, country.hasMobileLength(rest) { return country.read(rest, allowsLandlines: allowsLandlines) }
        let plain = country.read(digits, allowsLandlines: allowsLandlines)
        if case .success = plain { return plain }
        if hasCode, case .success(let value) = country.read(rest, allowsLandlines: allowsLandlines) {
            return .success(value)
        }
        if digits.first != 0, plain == .failure(.tooLong), let found = abroad(digits) { return found }
        return plain
    }

    /// A number of another country without `+`; nil when it looks like none.
    private func abroad(_ digits: PhoneDigits) -> Result<Int64, PhoneProblem>? {
        guard let found = CallingCode.beginning(digits) else { return nil }
        let rest = digits.dropFirst(found.digits)
        guard found.hasMobileLength(rest) else { return nil }
        guard case .success(let value) = found.read(rest, allowsLandlines: allowsLandlines) else { return nil }
        return .success(value)
    }

    /// Twenty digits and more that fall into two good numbers.
    func holdsTwo(_ digits: [UInt8]) -> Bool {
        guard 20...30 ~= digits.count else { return false }
        return (10...digits.count - 10).contains { cut in
            guard let left = PhoneReader.plainDigits(digits[..<cut]) else { return false }
            guard let right = PhoneReader.plainDigits(digits[cut...]) else { return false }
            guard case .success = value(left, hasPlus: false), case .success = value(right, hasPlus: false) else {
                return false
            }
            return true
        }
    }
}
