/// Lists whose area code (DDD) stands in a column of its own.
extension PhoneReader {
    /// The number in a cell, with the area code of another cell where the number lacks it.
    ///
    /// Brazil: the area code goes in front of eight or nine digits; a whole number, or one with a `+`, stays as it is, and so does
    /// a company's number (4004-0001), which has no area code. Other countries: it goes in front of a number that is too short
    /// without it, or that is an Argentine `15 …`.
    ///
    /// - Parameters:
    ///   - bytes: the phone's cell, UTF-8 or Windows-1252.
    ///   - area: the area code's cell: `11`, `011`, `(11)`, `11.0`; where it is empty this is a plain `read`.
    /// - Returns: ``PhoneProblem/unknownDDD`` when the number needs its area code and the cell holds something else.
    public func read(_ bytes: ArraySlice<UInt8>, area: ArraySlice<UInt8>) -> Result<PhoneNumber, PhoneProblem> {
        let plain = read(bytes)
        guard case .failure(let problem) = plain, let local = local(bytes, problem) else { return plain }
        switch PhoneCode(area) {
        case .none: return plain
        case .other: return .failure(.unknownDDD)
        case .digits(let code): return PhoneReader.number(joined(code, local))
        }
    }

    /// The digits of a number that lacks its area code, by what was found wrong with it; nil for every other one.
    func local(_ bytes: ArraySlice<UInt8>, _ problem: PhoneProblem) -> PhoneDigits? {
        guard problem == .noDDD || problem == .tooShort && !isBrazilian else { return nil }
        guard case .digits(let digits, hasPlus: false) = content(bytes) else { return nil }
        if isBrazilian {
            let local = digits.withoutZeros
            return 8...9 ~= local.count ? local : nil
        }
        return PhoneReader.hasInternationalPrefix(digits) ? nil : digits
    }

    private func joined(_ code: PhoneDigits, _ local: PhoneDigits) -> Result<Int64, PhoneProblem> {
        guard let country else { return .failure(.unknownDDD) }
        // Reading the whole takes a trunk prefix off again. The longest area codes, in Germany and Britain, have five digits.
        let area = isBrazilian ? BrazilianPlan.area(code) : code
        guard let area, 1...7 ~= area.count else { return .failure(.unknownDDD) }
        let whole = PhoneDigits(value: local.preceded(by: area.value), count: area.count + local.count)
        return country.read(whole, allowsLandlines: allowsLandlines)
    }
}
