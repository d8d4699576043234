/// Reads phone numbers the way people write them, and refuses what it would have to guess.
///
/// Accepted: digits with spaces (also no-break ones), dots, dashes, parentheses, slashes; `+` or `00` before a country code; trunk
/// `0` and a Brazilian carrier code (`0 15 11 …`, `0xx11 …`); no country code (then it is `country`'s); a trailing `.0`; an apostrophe
/// in front or `="…"` around, as spreadsheets have them; `…@lid`, `…@c.us` and `…@s.whatsapp.net`.
///
/// Brazil has an area code 55 as well (Santa Maria), so without a `+` the length decides: ten or eleven digits that begin with 55
/// are area code 55, twelve or thirteen are country 55.
///
/// A number of another country should have its `+` or `00`. Without one it is taken only if it is longer than a number of
/// `country` can be and has a calling code with the length of a mobile number there; and not if it could be a Brazilian mobile number with
/// one digit too many.
public struct PhoneReader: Sendable {
    private let country: CallingCode?
    private let allowsLandlines: Bool

    /// A reader for Brazil.
    ///
    /// - Parameter allowsLandlines: whether Brazilian fixed lines are accepted; some have WhatsApp Business.
    public init(allowsLandlines: Bool = true) {
        country = CallingCode.named(BrazilianPlan.code)
        self.allowsLandlines = allowsLandlines
    }

    /// A reader for numbers of one country. Nil when nobody has that calling code.
    ///
    /// - Parameters:
    ///   - country: calling code for numbers written without one: `55`, `+55` or `0055`.
    ///   - allowsLandlines: whether Brazilian fixed lines are accepted; those of other countries cannot be told and are.
    public init?(country: String, allowsLandlines: Bool = true) {
        guard let code = Int64(country.drop { $0 == "+" || $0 == "0" }), let found = CallingCode.named(code) else {
            return nil
        }
        self.country = found
        self.allowsLandlines = allowsLandlines
    }

    /// The number in a text.
    public func read(_ text: String) -> Result<PhoneNumber, PhoneProblem> {
        read(Array(text.utf8)[...])
    }

    /// The number in the bytes of a text: UTF-8, or a cell of a Windows-1252 file.
    public func read(_ bytes: ArraySlice<UInt8>) -> Result<PhoneNumber, PhoneProblem> {
        if let digits = PhoneReader.plainDigits(bytes) { return number(digits, hasPlus: false) }
        let text = PhoneText.unwrapped(bytes)
        if let at = text.firstIndex(of: 0x40) {
            let domain = String(decoding: text[at...], as: UTF8.self).lowercased()
            if domain == "@lid" { return PhoneReader.lid(text[..<at]) }
            guard domain == "@c.us" || domain == "@s.whatsapp.net" else { return .failure(.letters) }
            guard let digits = PhoneReader.plainDigits(text[..<at]) else { return .failure(.letters) }
            return number(digits, hasPlus: true)
        }
        switch PhoneText.exactDigits(text) {
        case .number(let digits): return number(digits, hasPlus: text.first == 0x2B)
        case .lost: return .failure(.digitsLost)
        case .other: break
        }
        let written = PhoneText(text)
        if let problem = written.problem { return .failure(problem) }
        if written.digits.isTruncated { return .failure(holdsTwo(written.allDigits) ? .twoNumbers : .tooLong) }
        return number(written.digits, hasPlus: written.hasPlus)
    }

    /// Nothing but 1 to 15 digits: most cells of most files.
    private static func plainDigits(_ bytes: ArraySlice<UInt8>) -> PhoneDigits? {
        guard 1...15 ~= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes {
            guard 0x30...0x39 ~= byte else { return nil }
            value = value &* 10 &+ Int64(byte &- 0x30)
        }
        return PhoneDigits(value: value, count: bytes.count)
    }

    private static func lid(_ bytes: ArraySlice<UInt8>) -> Result<PhoneNumber, PhoneProblem> {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let number = PhoneNumber(text: text + "@lid") else { return .failure(.malformedLid) }
        return .success(number)
    }

    private func number(_ digits: PhoneDigits, hasPlus: Bool) -> Result<PhoneNumber, PhoneProblem> {
        value(digits, hasPlus: hasPlus).flatMap { value in
            guard let number = PhoneNumber(value: value) else { return .failure(.tooShort) }
            return .success(number)
        }
    }

    private func value(_ digits: PhoneDigits, hasPlus: Bool) -> Result<Int64, PhoneProblem> {
        if hasPlus { return international(digits) }
        if digits.count >= 10, digits.prefix(2) == PhoneDigits(value: 0, count: 2) {
            return international(digits.dropFirst(2))
        }
        guard let country else { return international(digits) }
        return country.code == BrazilianPlan.code ? brazilian(digits) : national(digits, country)
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
        let rest = digits.dropFirst(found.digits)
        if found.code == BrazilianPlan.code { return BrazilianPlan.read(rest, allowsLandlines: allowsLandlines) }
        return found.read(rest)
    }

    /// A number of a country other than Brazil as it is written there.
    private func national(_ digits: PhoneDigits, _ country: CallingCode) -> Result<Int64, PhoneProblem> {
        let code = PhoneDigits(value: country.code, count: country.digits)
        let rest = digits.dropFirst(country.digits)
        if digits.starts(with: code), country.hasMobileLength(rest) { return country.read(rest) }
        let plain = country.read(digits)
        if case .success = plain { return plain }
        if digits.starts(with: code), case .success(let value) = country.read(rest) { return .success(value) }
        if digits.first != 0, plain == .failure(.tooLong), let found = abroad(digits) { return found }
        return plain
    }

    /// A number of another country without `+`; nil when it looks like none.
    private func abroad(_ digits: PhoneDigits) -> Result<Int64, PhoneProblem>? {
        guard let found = CallingCode.beginning(digits) else { return nil }
        let rest = digits.dropFirst(found.digits)
        guard found.hasMobileLength(rest), case .success(let value) = found.read(rest) else { return nil }
        return .success(value)
    }

    /// Twenty digits and more that fall into two good numbers.
    private func holdsTwo(_ digits: [UInt8]) -> Bool {
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
