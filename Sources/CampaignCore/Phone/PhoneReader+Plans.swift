/// Which numbering plan a row of digits belongs to.
extension PhoneReader {
    func number(_ digits: PhoneDigits, hasPlus: Bool) -> Result<PhoneNumber, PhoneProblem> {
        switch value(digits, hasPlus: hasPlus) {
        case .success(let value):
            guard let number = PhoneNumber(value: value) else { return .failure(.tooShort) }
            // Brazil's plan has looked already.
            return isBrazilian || !digits.isFiller ? .success(number) : .failure(.filler)
        case .failure(let problem): return .failure(look(of: digits) ?? problem)
        }
    }

    /// What refused digits are, where they are plainly something else than a phone.
    private func look(of digits: PhoneDigits) -> PhoneProblem? {
        if digits.isFiller { return .filler }
        if digits.isBareDate { return .date }
        if isBrazilian, digits.isDocumentByCheck { return .document }
        return country?.hasAreaTwice(digits.first == 0 ? digits.dropFirst(1) : digits) == true ? .dddTwice : nil
    }

    private func value(_ digits: PhoneDigits, hasPlus: Bool) -> Result<Int64, PhoneProblem> {
        if hasPlus { return isNationalBehindPlus(digits) ? .failure(.ambiguous) : international(digits) }
        if PhoneReader.hasInternationalPrefix(digits) {
            // `0044 33 1234 5678` is Britain's, or Mexico's `044 33 1234 5678` with a zero too many.
            let mayBeMexican = country?.code == MexicanPlan.code && !digits.hasGap(2)
            if mayBeMexican, MexicanPlan.isWholeBehindPrefix(digits.dropFirst(1)) { return .failure(.ambiguous) }
            return digits.hasGap(1) ? .failure(.ambiguous) : behindTwoZeros(digits.dropFirst(2))
        }
        guard let country else { return international(digits) }
        return isBrazilian ? brazilian(digits) : national(digits, country)
    }

    /// `+27 96203-6892`: a number of the reader's country with a `+` typed before its area code. It is another
    /// country's only where it is cut like one of that country and begins like one.
    private func isNationalBehindPlus(_ digits: PhoneDigits) -> Bool {
        if isBrazilian, BrazilianPlan.isCutAsMobile(digits) || BrazilianPlan.isWithoutArea(digits) { return true }
        guard let country, country.hasFewLengths, country.isNational(digits),
            let found = CallingCode.beginning(digits), found.code != country.code, !found.cutsCode(of: digits)
        else { return false }
        let rest = digits.dropFirst(found.digits)
        guard found.begins(rest, found.firstDigits) else { return true }
        guard digits.gaps != 0 else {
            // `+31987654321` is a mobile number of area 31, or a number of the Netherlands, where mobile ones begin
            // with 6.
            return isBrazilian && digits.count == 11 && !found.looksMobile(rest)
        }
        guard digits.hasGap(found.digits) else { return true }
        // `+45 3333-4444` may be a fixed line of area 45, or a number of Denmark.
        if isBrazilian, BrazilianPlan.isCutAsFixedLine(digits) { return true }
        let isCutAlike = digits.hasGaps(onlyAt: PhoneDigits.places(found.digits, digits.count - 4))
        return isCutAlike && !found.looksMobile(rest)
    }

    var isBrazilian: Bool { country?.code == BrazilianPlan.code }

    /// `00` before a calling code.
    static func hasInternationalPrefix(_ digits: PhoneDigits) -> Bool {
        digits.count >= 10 && digits.value < PhoneDigits.power(digits.count - 2)
    }

    private func behindTwoZeros(_ rest: PhoneDigits) -> Result<Int64, PhoneProblem> {
        // A third zero is a field filled up to its width. Not so where numbers may begin with 0, as in Italy.
        if rest.first == 0, isBrazilian { return filled(rest.withoutZeros) }
        // Two zeros may fill a field too, or be typed for the area code; `0(011) …` has one too many.
        if let country, country.hasFewLengths, country.isNational(rest) { return .failure(.ambiguous) }
        guard isBrazilian, 8...9 ~= rest.count else { return international(rest) }
        if rest.count == 9, rest.first == 9 { return .failure(.unknownDDD) }
        return international(rest).mapError { _ in .unknownDDD }
    }

    private func brazilian(_ digits: PhoneDigits) -> Result<Int64, PhoneProblem> {
        guard digits.count >= 12, digits.first != 0 else {
            if digits.gaps != 0, BrazilianPlan.hasCountryCutOff(digits) { return .failure(.tooShort) }
            return BrazilianPlan.read(digits, allowsLandlines: allowsLandlines)
        }
        let known = filled(digits)
        guard digits.prefix(2).value != BrazilianPlan.code, known == .failure(.tooLong) else { return known }
        return abroad(digits) ?? known
    }

    /// A Brazilian number where no other country's can be.
    private func filled(_ digits: PhoneDigits) -> Result<Int64, PhoneProblem> {
        guard digits.count >= 12 else { return BrazilianPlan.national(digits, allowsLandlines) }
        if digits.prefix(2).value == BrazilianPlan.code {
            if let problem = BrazilianPlan.problem(withCountry: digits) { return .failure(problem) }
            return BrazilianPlan.read(digits.dropFirst(2), allowsLandlines: allowsLandlines)
        }
        if let whole = BrazilianPlan.withoutCollectCall(digits) {
            return BrazilianPlan.national(whole, allowsLandlines)
        }
        return .failure(BrazilianPlan.localCollectCall(digits) == nil ? .tooLong : .noDDD)
    }

    /// A number with its calling code in front.
    private func international(_ digits: PhoneDigits) -> Result<Int64, PhoneProblem> {
        guard let found = CallingCode.beginning(digits) else {
            return .failure(digits.count < 7 && digits.first != 0 ? .tooShort : .unknownCountry)
        }
        // `+5 (11) 3500-9574` has lost a 5: it is not cut like a number of Peru, 51.
        if found.cutsCode(of: digits) { return .failure(.unknownCountry) }
        // `003987540-71` is a document that begins with zeros.
        if digits.hasTailApart, digits.gaps.nonzeroBitCount == 1 { return .failure(.tooLong) }
        // `+31 31 98765-4321`: a whole Brazilian number after a code other than 55.
        let rest = digits.dropFirst(found.digits)
        if isBrazilian, found.code != BrazilianPlan.code, rest.count == 11, BrazilianPlan.isWhole(rest),
            !found.looksMobile(rest)
        {
            return .failure(.ambiguous)
        }
        if isCountryCertain, found.code != country?.code { return .failure(.contradiction) }
        return found.read(rest, allowsLandlines: allowsLandlines)
    }

    /// A number of a country other than Brazil as it is written there.
    private func national(_ digits: PhoneDigits, _ country: CallingCode) -> Result<Int64, PhoneProblem> {
        let hasCode = digits.starts(with: PhoneDigits(value: country.code, count: country.digits))
        let rest = digits.dropFirst(country.digits)
        if hasCode, country.hasMobileLength(rest) { return country.read(rest, allowsLandlines: allowsLandlines) }
        // 1 415 555 2671 is a Mexican mobile number as it was dialed from abroad, or one of the United States.
        if country.code == MexicanPlan.code, MexicanPlan.isOldMobile(digits) { return .failure(.ambiguous) }
        let plain = country.read(digits, allowsLandlines: allowsLandlines)
        if case .success = plain { return plain }
        if hasCode, case .success(let value) = country.read(rest, allowsLandlines: allowsLandlines) {
            return .success(value)
        }
        if digits.first != 0, plain == .failure(.tooLong), let found = abroad(digits) { return found }
        return plain
    }

    /// A number of another country without `+`; nil when it looks like none, and where the country is certain.
    private func abroad(_ digits: PhoneDigits) -> Result<Int64, PhoneProblem>? {
        guard !isCountryCertain, let found = CallingCode.beginning(digits) else { return nil }
        let rest = digits.dropFirst(found.digits)
        // `(951) 30234-9601` is not cut like a number of Myanmar, 95.
        guard digits.gaps == 0 || digits.hasGap(found.digits), !found.cutsCode(of: digits) else { return nil }
        guard found.looksMobile(rest), country?.isInside(digits) != true else { return nil }
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
