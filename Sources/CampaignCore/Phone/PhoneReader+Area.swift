/// For lists whose area code (DDD) has its own column.
extension PhoneReader {
    /// The number in a cell, completed by the area code in another cell if it lacks one.
    ///
    /// Brazil: the area code goes before eight or nine digits, also after a `+55`; a company's number (4004-0001) has
    /// none. Other countries: it goes before a number that is too short without it, or that is an Argentine `15 …`. A
    /// complete number is unchanged, and is rejected if the other cell has a different area code: one of them is wrong,
    /// or the 55 at the beginning is the country and not the area. A number with the `+` of another country ignores the
    /// other cell.
    ///
    /// - Parameters:
    ///   - bytes: the phone's cell, UTF-8 or Windows-1252.
    ///   - area: the area code's cell: `11`, `011`, `(11)`, `11.0`; if it is empty, this is a plain `read`.
    /// - Returns: ``PhoneProblem/unknownDDD`` when the number needs its area code and the cell contains something else.
    package func read(_ bytes: ArraySlice<UInt8>, area: ArraySlice<UInt8>) -> Result<PhoneNumber, PhoneProblem> {
        read(bytes, area: area, stated: area)
    }

    /// - Parameters:
    ///   - area: the area code for a number that lacks one.
    ///   - stated: the area code's cell, which no complete number may contradict.
    func read(
        _ bytes: ArraySlice<UInt8>, area: ArraySlice<UInt8>, stated: ArraySlice<UInt8>
    ) -> Result<PhoneNumber, PhoneProblem> {
        let plain = area.isEmpty ? read(bytes) : readSingle(bytes)
        switch plain {
        case .success(let number):
            return contradicts(number, bytes, stated) ? .failure(.contradiction) : plain
        case .failure(.twoNumbers): return repeated(in: bytes, area: area) ?? plain
        case .failure(let problem):
            guard let local = local(bytes, problem) else { return plain }
            if isBrazilian, local.count == 8, BrazilianPlan.isCutLikeNine(local) { return .failure(.tooShort) }
            switch PhoneCode(area) {
            case .none: return plain
            case .other: return .failure(.unknownDDD)
            case .digits(let code):
                return joined(code, local).flatMap { value in
                    PhoneNumber(value: value).map { .success($0) } ?? .failure(.tooShort)
                }
            }
        }
    }

    /// The digits of a number that lacks its area code, judging by the problem found; nil for all others.
    func local(_ bytes: ArraySlice<UInt8>, _ problem: PhoneProblem) -> PhoneDigits? {
        guard problem == .noDDD || problem == .tooShort && !isBrazilian else { return nil }
        guard case .digits(let digits, let hasPlus) = content(bytes) else { return nil }
        guard isBrazilian else {
            return hasPlus || PhoneReader.hasInternationalPrefix(digits) ? nil : digits
        }
        let isMarked = hasPlus && digits.prefix(2).value == BrazilianPlan.code
        guard !hasPlus || isMarked else { return nil }
        let local = isMarked ? digits.dropFirst(2) : BrazilianPlan.localCollectCall(digits) ?? digits.withoutZeros
        return 8...9 ~= local.count && local.first != 0 ? local : nil
    }

    /// Whether the number lacks its area code.
    func lacksArea(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard case .failure(let problem) = read(bytes) else { return false }
        return local(bytes, problem) != nil
    }

    /// `55 98765-0001` beside a cell with another area code: 55 may be the country, and the area code in the other
    /// cell.
    func mayLackArea(_ bytes: ArraySlice<UInt8>, beside area: ArraySlice<UInt8>) -> Bool {
        guard isBrazilian, case .success(let number) = read(bytes), !isMarkedInternational(bytes) else { return false }
        guard BrazilianPlan.area(ofNumber: number.value) == BrazilianPlan.code else { return false }
        guard case .digits(let code) = PhoneCode(area), let other = BrazilianPlan.area(code)?.value else {
            return false
        }
        return other != BrazilianPlan.code
    }

    private func joined(_ code: PhoneDigits, _ local: PhoneDigits) -> Result<Int64, PhoneProblem> {
        guard let country else { return .failure(.unknownDDD) }
        // Reading the whole takes a trunk prefix off again. The longest area codes, in Germany and Britain, have five
        // digits.
        let area = isBrazilian ? BrazilianPlan.area(code) : code
        guard let area, 1...7 ~= area.count else { return .failure(.unknownDDD) }
        return country.read(local.behind(area), allowsLandlines: allowsLandlines)
    }

    /// Whether a complete number has another area code than the cell for it.
    private func contradicts(_ number: PhoneNumber, _ bytes: ArraySlice<UInt8>, _ stated: ArraySlice<UInt8>) -> Bool {
        guard let country, !number.isLid, case .digits(let code) = PhoneCode(stated), code.value > 0 else {
            return false
        }
        if isBrazilian, let area = BrazilianPlan.area(ofNumber: number.value) {
            return BrazilianPlan.area(code)?.value != area
        }
        let digits = PhoneDigits(number)
        guard CallingCode.beginning(digits)?.code == country.code else { return !isMarkedInternational(bytes) }
        return !country.agrees(digits.dropFirst(country.digits), withArea: code)
    }

    /// A row names another country for what is a whole number of this reader's country, and does not look like one of a
    /// person there: `11987654321` with 31, which is an area code in Brazil and the Netherlands else.
    func isOwn(_ bytes: ArraySlice<UInt8>, ratherThan number: PhoneNumber, by other: PhoneReader) -> Bool {
        guard let country, let there = other.country, there.code != country.code, country.hasPlan, !number.isLid,
            case .digits(let digits, false) = content(bytes), country.isWhole(digits)
        else { return false }
        let rest = PhoneDigits(number).dropFirst(there.digits)
        return !there.looksMobile(rest) && !(there.hasPlan && there.isWhole(rest))
    }

    private func isMarkedInternational(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard case .digits(let digits, let hasPlus) = content(bytes) else { return false }
        return hasPlus || PhoneReader.hasInternationalPrefix(digits)
    }
}

extension CallingCode {
    /// Whether a national number begins with the area code of another cell, as far as the country's plan can tell.
    fileprivate func agrees(_ national: PhoneDigits, withArea code: PhoneDigits) -> Bool {
        guard hasPlan else { return true }
        let area = code.withoutZeros
        // Mexico's 1 and Argentina's 9 in front of a mobile number.
        let line = national.count == 11 ? national.dropFirst(1) : national
        return line.starts(with: area)
            || area.starts(with: PhoneDigits(value: self.code, count: digits))
                && line.starts(with: area.dropFirst(digits))
    }
}
