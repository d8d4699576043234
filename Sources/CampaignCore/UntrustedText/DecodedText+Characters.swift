/// Interprets the bytes at the end of the decoded text.
extension DecodedText {
    mutating func isEnd(_ distance: Int, _ marks: String) -> Bool {
        end(distance).map(marks.utf8.contains) ?? false
    }

    /// How many digits there are before a given distance from the end, up to `max`.
    mutating func digits(from start: Int, base: UInt8, max: Int) -> Int {
        var count = 0
        while count < max, let digit = end(start + count).flatMap(Self.digit), digit < base { count += 1 }
        return count
    }

    /// The value of `count` digits, the last of which is at a given distance from the end.
    mutating func number(_ count: Int, base: UInt8, from start: Int) -> UInt32? {
        guard count > 0, digits(from: start, base: base, max: count) == count else { return nil }
        var value: UInt32 = 0
        for distance in (start..<start + count).reversed() {
            value = value &* UInt32(base) &+ UInt32(end(distance).flatMap(Self.digit) ?? 0)
        }
        return value
    }

    static func utf8(_ value: UInt32) -> [UInt8]? {
        Unicode.Scalar(value).map { Array(String(Character($0)).utf8) }
    }

    static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || (0x09...0x0D).contains(byte) }

    static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    /// The smaller base in which a byte is a digit.
    static func base(_ byte: UInt8) -> Int? { digit(byte).map { $0 < 10 ? 10 : 16 } }

    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "a")...UInt8(ascii: "f"):
            (byte | 0x20) - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
