/// Reads phone numbers the way people write them, and refuses what it would have to guess.
///
/// Accepted: digits with spaces (also no-break ones), dots, dashes, parentheses, slashes; `+` or `00` before a country
/// code; trunk `0` and a Brazilian carrier code (`0 15 11 …`, `0xx11 …`, `0**11 …`), a collect call's `9090`; three
/// zeros and more in front of a Brazilian number, as fields of a fixed width have them; Mexico's `01`, `044` and `045`;
/// no country code (then it is `country`'s); full-width digits; a trailing `.0`; an apostrophe in front or `="…"`
/// around, as spreadsheets have them; a label in front (`Cel. (11) …`) and WhatsApp's stars around; `tel:` and `wa.me/`
/// links; `…@lid`, `…@c.us` and `…@s.whatsapp.net`; the same number several times.
///
/// A number is accepted only if it can be read in exactly one way. A complete number of `country` with additional
/// digits before, after or within it is rejected, and so are document numbers, dates, amounts and fillers.
///
/// Brazil also has an area code 55 (Santa Maria), so without a `+` the length decides: ten or eleven digits that begin
/// with 55 are area code 55, twelve or thirteen are country 55. If twelve digits may also be a mobile number of area 55
/// with an extra digit, the grouping must show it.
///
/// A number of another country should have its `+` or `00`. Without one it is accepted only if it is longer than a
/// number of `country` can be, looks like a mobile number of an existing country, and contains no complete number of
/// `country`.
package struct PhoneReader: Sendable {
    let country: CallingCode?
    let allowsLandlines: Bool
    /// Whether the row itself names its country: then a number that looks like another country's is a contradiction.
    let isCountryCertain: Bool

    /// A reader for Brazil.
    ///
    /// - Parameter allowsLandlines: whether Brazilian landlines are accepted; some have WhatsApp Business.
    package init(allowsLandlines: Bool = true) {
        self.init(CallingCode.named(BrazilianPlan.code), allowsLandlines)
    }

    /// A reader for numbers of one country. Nil when there is no such calling code.
    ///
    /// - Parameters:
    ///   - country: calling code for numbers written without one: `55`, `+55` or `0055`.
    ///   - allowsLandlines: whether fixed lines are accepted. In Brazil the first digit tells them apart; elsewhere
    ///     only a length that no mobile number of the country has. What cannot be told apart (Portugal: nine digits
    ///     both) is taken.
    package init?(country: String, allowsLandlines: Bool = true) {
        guard let code = Int64(country.drop { $0 == "+" || $0 == "0" }), let found = CallingCode.named(code) else {
            return nil
        }
        self.init(found, allowsLandlines)
    }

    /// A reader for the country in a cell of a list's own DDI column. Nil when the cell is empty or there is no such
    /// calling code.
    ///
    /// - Parameters:
    ///   - bytes: the cell: `55`, `+351`, `0055`, `(44)` or `1.0`; UTF-8 or Windows-1252.
    ///   - allowsLandlines: as for a reader of one country.
    package init?(ddi bytes: ArraySlice<UInt8>, allowsLandlines: Bool = true) {
        guard case .digits(let digits) = PhoneCode(bytes) else { return nil }
        guard let found = CallingCode.named(digits.value) else { return nil }
        self.init(found, allowsLandlines, isCountryCertain: true)
    }

    init(_ country: CallingCode?, _ allowsLandlines: Bool, isCountryCertain: Bool = false) {
        self.country = country
        self.allowsLandlines = allowsLandlines
        self.isCountryCertain = isCountryCertain
    }

    /// The number in a text.
    package func read(_ text: String) -> Result<PhoneNumber, PhoneProblem> {
        read(Array(text.utf8)[...])
    }

    /// The number in the bytes of a text: UTF-8, or a cell of a Windows-1252 file.
    package func read(_ bytes: ArraySlice<UInt8>) -> Result<PhoneNumber, PhoneProblem> {
        let single = readSingle(bytes)
        guard case .failure(.twoNumbers) = single else { return single }
        return repeated(in: bytes, area: []) ?? single
    }

    /// The number in a text that contains it once.
    func readSingle(_ bytes: ArraySlice<UInt8>) -> Result<PhoneNumber, PhoneProblem> {
        if let digits = PhoneReader.plainDigits(bytes) { return number(digits, hasPlus: false) }
        switch content(bytes) {
        case .digits(let digits, let hasPlus): return number(digits, hasPlus: hasPlus)
        case .lid(let number): return .success(number)
        case .refused(let problem): return .failure(problem)
        }
    }

    /// The content of a cell, before any numbering plan is consulted.
    enum Content {
        case digits(PhoneDigits, hasPlus: Bool)
        case lid(PhoneNumber)
        case refused(PhoneProblem)
    }

    func content(_ bytes: ArraySlice<UInt8>) -> Content {
        if let digits = PhoneReader.plainDigits(bytes) { return .digits(digits, hasPlus: false) }
        var text = PhoneText.unwrapped(PhoneText.narrowed(bytes))
        if let link = PhoneLink(text) {
            guard case .digits(let digits, let hasPlus) = content(link.number) else { return content(link.number) }
            return link.isInternational && !hasPlus ? withCode(digits) : .digits(digits, hasPlus: hasPlus)
        }
        if let at = text.firstIndex(of: 0x40) { return address(text[..<at], domain: text[at...]) }
        text = PhoneText.undressed(text)
        switch PhoneText.exactDigits(text) {
        case .number(let digits): return .digits(digits, hasPlus: text.first == 0x2B)
        case .lost: return .refused(.digitsLost)
        case .decimals: return .refused(.decimals)
        case .other: break
        }
        var written = PhoneText(text)
        if let look = written.look(isBrazilian: isBrazilian) { return .refused(look) }
        switch PhoneText.gluedDecimals(text) {
        case .none: break
        case .zero(let whole): written = PhoneText(whole)
        case .other where written.problem == nil: return .refused(.decimals)
        case .other: break
        }
        if let problem = written.problem { return .refused(problem) }
        return written.digits.isTruncated ? long(written) : .digits(written.digits, hasPlus: written.hasPlus)
    }

    /// More digits than any number has: zeros that fill a field up to its width, two numbers, or something else.
    private func long(_ written: PhoneText) -> Content {
        let digits = written.allDigits
        if isBrazilian, !written.hasPlus, let rest = PhoneReader.plainDigits(digits.drop { $0 == 0x30 }) {
            return .digits(rest, hasPlus: false)
        }
        return .refused(holdsTwo(digits) ? .twoNumbers : .tooLong)
    }

    /// Digits from a link or an address of WhatsApp, which always has the country code and never a `+`. The code may
    /// have been omitted: then the number reaches nobody, or a stranger.
    private func withCode(_ digits: PhoneDigits) -> Content {
        guard let country else { return .digits(digits, hasPlus: true) }
        let lacksArea = country.hasPlan && digits.count < CallingCode.planned
        return lacksArea || country.isWhole(digits) ? .refused(.ambiguous) : .digits(digits, hasPlus: true)
    }

    /// WhatsApp's own addresses; every other one belongs to a different column.
    private func address(_ name: ArraySlice<UInt8>, domain: ArraySlice<UInt8>) -> Content {
        switch String(decoding: domain, as: UTF8.self).lowercased() {
        case "@lid":
            let number = PhoneNumber(text: String(decoding: name, as: UTF8.self) + "@lid")
            return number.map(Content.lid) ?? .refused(.malformedLid)
        case "@c.us", "@s.whatsapp.net":
            // `5511999990001:12` is the twelfth device of one person.
            let parts = name.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, parts.dropFirst().allSatisfy({ PhoneReader.plainDigits($0) != nil }) else {
                return .refused(.letters)
            }
            let hasPlus = first.first == UInt8(ascii: "+")
            guard let digits = PhoneReader.plainDigits(hasPlus ? first.dropFirst() : first) else {
                return .refused(.letters)
            }
            return hasPlus ? .digits(digits, hasPlus: true) : withCode(digits)
        default:
            return .refused(.letters)
        }
    }

    /// Nothing but 1 to 15 digits, as in most cells of most files.
    static func plainDigits(_ bytes: ArraySlice<UInt8>) -> PhoneDigits? {
        guard 1...15 ~= bytes.count else { return nil }
        var value: Int64 = 0
        for byte in bytes {
            guard 0x30...0x39 ~= byte else { return nil }
            value = value &* 10 &+ Int64(byte &- 0x30)
        }
        return PhoneDigits(value: value, count: bytes.count)
    }
}
