/// What spreadsheets do to numbers.
extension PhoneText {
    enum Spreadsheet {
        /// A number in a spreadsheet's form, every digit of it there.
        case number(PhoneDigits)
        /// A number in scientific form with fewer digits than it had.
        case lost
        /// A number with decimals that are not zero.
        case decimals
        /// Not a spreadsheet's doing.
        case other
    }

    /// Decimals of fewer digits than this in front of the mark may be an area code: `11.99`.
    private static let fewestBeforeDecimals = 3

    /// Without spaces at the ends, `="…"` around, and the apostrophe that marks text.
    static func unwrapped(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = trimmed(bytes)
        if text.count >= 3, text.starts(with: [0x3D, 0x22]), text.last == 0x22 { text = text.dropFirst(2).dropLast() }
        if text.first == UInt8(ascii: "'") { text = text.dropFirst() }
        return trimmed(text)
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = bytes
        while let byte = text.first, byte == 0x20 || byte == 0x09 { text = text.dropFirst() }
        while let byte = text.last, byte == 0x20 || byte == 0x09 { text = text.dropLast() }
        return text
    }

    /// `5511999990001.0`, `5,51199E+12`: a number stored as a number. Scientific form is taken only when it shows every digit
    /// (`5.511999990001E+12`): with fewer, nobody knows whether the missing ones were zeros.
    static func exactDigits(_ text: ArraySlice<UInt8>) -> Spreadsheet {
        var rest = text.first == 0x2B ? text.dropFirst() : text
        var digits = PhoneDigits()
        let whole = takeDigits(&rest, &digits)
        guard whole > 0 else { return .other }
        var decimals = 0
        var decimalsAreZero = true
        if let mark = rest.first, mark == 0x2E || mark == 0x2C {
            rest = rest.dropFirst()
            let before = digits
            decimals = takeDigits(&rest, &digits)
            decimalsAreZero = digits.dropFirst(before.count).value == 0
            if rest.isEmpty {
                guard 1...2 ~= decimals, !digits.isTruncated else { return .other }
                if decimalsAreZero { return whole >= 8 ? .number(before) : .other }
                return whole >= fewestBeforeDecimals ? .decimals : .other
            }
        }
        guard let letter = rest.first, letter == 0x45 || letter == 0x65 else { return .other }
        rest = rest.dropFirst()
        if let sign = rest.first, sign == 0x2B || sign == 0x2D { rest = rest.dropFirst() }
        var exponent = PhoneDigits()
        guard takeDigits(&rest, &exponent) > 0, rest.isEmpty else { return .other }
        let isExact = whole == 1 && Int64(decimals) == exponent.value && !digits.isTruncated
        return isExact ? .number(digits) : .lost
    }

    /// How many digits were taken off the front.
    private static func takeDigits(_ text: inout ArraySlice<UInt8>, _ digits: inout PhoneDigits) -> Int {
        var taken = 0
        while let byte = text.first, 0x30...0x39 ~= byte {
            digits.append(Int64(byte) - 0x30)
            text = text.dropFirst()
            taken += 1
        }
        return taken
    }
}
