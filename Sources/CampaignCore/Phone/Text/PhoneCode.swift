/// A cell beside the phone that holds part of the number: an area code (DDD) or a calling code (DDI).
enum PhoneCode {
    /// `11`, `011`, `(11)`, `0xx11`, `+55` or `11.0`, without what is around the digits.
    case digits(PhoneDigits)
    /// Nothing in the cell, or nothing but punctuation.
    case none
    /// Anything else: a name, a remark, a rounded number.
    case other

    init(_ bytes: ArraySlice<UInt8>) {
        // Most cells of such a column are nothing else.
        if let digits = PhoneReader.plainDigits(bytes) {
            self = .digits(digits)
            return
        }
        let text = PhoneCode.withoutDecimals(PhoneText.unwrapped(bytes))
        switch PhoneText.exactDigits(text) {
        case .number(let digits): self = .digits(digits)
        case .lost, .decimals: self = .other
        case .other:
            let written = PhoneText(text)
            switch written.problem {
            case nil: self = written.digits.isTruncated ? .other : .digits(written.digits)
            case .empty: self = .none
            case .some: self = .other
            }
        }
    }

    /// `11.0` and `11,00` are codes in a column of numbers.
    private static func withoutDecimals(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let zeros = text.reversed().prefix { $0 == UInt8(ascii: "0") }.count
        let whole = text.dropLast(zeros)
        guard 1...2 ~= zeros, let mark = whole.last, mark == UInt8(ascii: ".") || mark == UInt8(ascii: ",") else {
            return text
        }
        return whole.dropLast()
    }
}
