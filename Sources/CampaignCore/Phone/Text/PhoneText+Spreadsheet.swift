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

    enum GluedDecimals {
        case none
        /// `.0` or `,00`, and what comes before them.
        case zero(ArraySlice<UInt8>)
        /// `.5`.
        case other
    }

    /// Decimals at the end of a number that was put together from two cells, as in `12 98596274.0`: one digit after a
    /// dot or a comma is never the end of a phone, two zeros only where the two digits before them are a pair as well,
    /// `33.33.44.00`.
    static func gluedDecimals(_ text: ArraySlice<UInt8>) -> GluedDecimals {
        let behind = text.reversed().prefix { 0x30...0x39 ~= $0 }
        let before = text.dropLast(behind.count)
        guard 1...2 ~= behind.count, let mark = before.last, mark == 0x2E || mark == 0x2C else { return .none }
        let whole = before.dropLast()
        let tail = whole.reversed().prefix { 0x30...0x39 ~= $0 }.count
        guard tail > 0, behind.count == 1 || tail > 2 else { return .none }
        if behind.allSatisfy({ $0 == 0x30 }) { return .zero(whole) }
        return behind.count == 1 ? .other : .none
    }

    /// Without spaces at the ends, `=` or `="…"` around, and the apostrophe that marks text.
    static func unwrapped(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = trimmed(bytes)
        if text.count >= 3, text.starts(with: [0x3D, 0x22]), text.last == 0x22 { text = text.dropFirst(2).dropLast() }
        if text.first == 0x3D, let next = text.dropFirst().first, next == 0x2B || 0x30...0x39 ~= next {
            text = text.dropFirst()
        }
        if text.first == UInt8(ascii: "'") { text = text.dropFirst() }
        return trimmed(text)
    }

    private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var text = bytes
        while let byte = text.first, byte == 0x20 || byte == 0x09 { text = text.dropFirst() }
        while let byte = text.last, byte == 0x20 || byte == 0x09 { text = text.dropLast() }
        return text
    }

    /// `5511999990001.0`, `5,51199E+12`: a number stored as a number. Scientific form is taken only when it shows every
    /// digit (`5.511999990001E+12`): with fewer, there is no telling whether the missing ones were zeros.
    static func exactDigits(_ text: ArraySlice<UInt8>) -> Spreadsheet {
        let isNegative = text.first == UInt8(ascii: "-")
        var rest = text.first == 0x2B || isNegative ? text.dropFirst() : text
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
                // A latitude or a longitude, `-23.550520`.
                if isNegative, whole < fewestBeforeDecimals + 1, decimals > 2 { return .decimals }
                guard !isNegative, 1...2 ~= decimals, !digits.isTruncated else { return .other }
                if decimalsAreZero { return whole >= 8 ? .number(before) : .other }
                return whole >= fewestBeforeDecimals ? .decimals : .other
            }
        }
        guard !isNegative, let letter = rest.first, letter == 0x45 || letter == 0x65 else { return .other }
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
