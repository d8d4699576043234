/// A number as a file writes it, in decimal digits: never through binary ones, so that nothing is rounded.
struct DecimalText {
    private var isNegative = false
    /// Without zeros at the start and at the end; empty for 0.
    private var digits: [UInt8] = []
    /// The number is 0.d₁d₂d₃… × 10^exponent.
    private var exponent = 0

    /// Digits that Excel keeps of a number.
    private static let exactDigits = 15
    /// Digits before the point of a number that may be rounded to the digits that Excel keeps, as it shows it: a
    /// computed fraction such as 0.30000000000000004. A longer one could be a phone, of which nothing is rounded.
    private static let roundedDigits = 7

    /// Nil unless the bytes are a number (XML Schema part 2, 3.2.5), without the infinities.
    init?(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        var hasDigit = false
        var isFraction = false
        var marker: UInt8?
        while let byte = rest.popFirst() {
            if byte >= 0x30, byte <= 0x39 {
                hasDigit = true
                if !digits.isEmpty || byte != 0x30 { digits.append(byte) }
                if isFraction ? digits.isEmpty : !digits.isEmpty { exponent += isFraction ? -1 : 1 }
            } else if byte == 0x2E, !isFraction {
                isFraction = true
            } else {
                marker = byte
                break
            }
        }
        guard hasDigit, marker == nil || marker.map({ $0 | 0x20 }) == UInt8(ascii: "e") else { return nil }
        if marker != nil {
            guard let power = DecimalText.power(rest) else { return nil }
            exponent += power
        }
        while digits.last == 0x30 { digits.removeLast() }
        if digits.isEmpty { exponent = 0 }
        // Beyond what a number in Excel can be; also bounds what is written.
        guard abs(exponent) <= 400, bytes.count <= 1024 else { return nil }
    }

    private static func power(_ bytes: ArraySlice<UInt8>) -> Int? {
        let isSigned = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+")
        let digits = isSigned ? bytes.dropFirst() : bytes
        guard !digits.isEmpty, digits.count <= 9, digits.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
        let power = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        return bytes.first == UInt8(ascii: "-") ? -power : power
    }

    /// Rounds a fraction to the digits that Excel keeps.
    ///
    /// - Returns: false when the number has more digits and must not be rounded: its last digits may be lost already.
    mutating func settle() -> Bool {
        if exponent > DecimalText.exactDigits { return false }
        guard digits.count > DecimalText.exactDigits else { return true }
        guard exponent <= DecimalText.roundedDigits else { return false }
        let isUp = digits[DecimalText.exactDigits] >= 0x35
        digits.removeSubrange(DecimalText.exactDigits...)
        if isUp { roundUp() }
        while digits.last == 0x30 { digits.removeLast() }
        return true
    }

    private mutating func roundUp() {
        while let last = digits.popLast() {
            if last < 0x39 {
                digits.append(last + 1)
                return
            }
        }
        digits = [0x31]
        exponent += 1
    }

    /// Writes the number without exponent, and without a point if it is whole.
    ///
    /// - Parameters:
    ///   - bytes: what is written to.
    ///   - width: digits at least, for a whole number that is not negative.
    func append(to bytes: inout [UInt8], width: Int = 0) {
        if isNegative, !digits.isEmpty { bytes.append(UInt8(ascii: "-")) }
        let isWhole = digits.count <= exponent || digits.isEmpty
        let count = max(exponent, 1)
        if isWhole, !isNegative, width > count { bytes.append(contentsOf: repeatElement(0x30, count: width - count)) }
        for place in 0..<count { bytes.append(place < exponent && place < digits.count ? digits[place] : 0x30) }
        guard !isWhole else { return }
        bytes.append(0x2E)
        for place in exponent..<digits.count { bytes.append(place < 0 ? 0x30 : digits[place]) }
    }
}
