/// A row of decimal digits, leading zeros and all, in two machine words: taking digits off either end is arithmetic.
struct PhoneDigits: Hashable, Sendable {
    /// More digits than this are counted but no longer kept.
    static let capacity = 18

    private(set) var value: Int64 = 0
    /// Leading zeros count too.
    private(set) var count = 0

    init() {}

    init(value: Int64, count: Int) {
        self.value = value
        self.count = count
    }

    /// The ASCII digits of a text; everything else is left out.
    init(_ text: Substring) {
        for byte in text.utf8 where 0x30...0x39 ~= byte { append(Int64(byte) - 0x30) }
    }

    /// The digits of a telephone number, calling code and all.
    init(_ number: PhoneNumber) {
        self.init(value: number.value, count: number.text.utf8.count)
    }

    /// Some digits got lost because there were more than fit.
    var isTruncated: Bool { count > PhoneDigits.capacity }

    /// The first digit; 0 when there is none.
    var first: Int64 { count == 0 ? 0 : prefix(1).value }

    mutating func append(_ digit: Int64) {
        count += 1
        if count <= PhoneDigits.capacity { value = value * 10 + digit }
    }

    func prefix(_ length: Int) -> PhoneDigits {
        guard length < count else { return self }
        return PhoneDigits(value: value / PhoneDigits.power(count - length), count: length)
    }

    func dropFirst(_ length: Int) -> PhoneDigits {
        guard length < count else { return PhoneDigits() }
        return PhoneDigits(value: value % PhoneDigits.power(count - length), count: count - length)
    }

    /// Without its leading zeros.
    var withoutZeros: PhoneDigits {
        var rest = self
        while rest.count > 0, rest.first == 0 { rest = rest.dropFirst(1) }
        return rest
    }

    func starts(with other: PhoneDigits) -> Bool {
        other.count > 0 && other.count <= count && prefix(other.count) == other
    }

    /// The digits of `left` before these.
    func preceded(by left: Int64) -> Int64 {
        left * PhoneDigits.power(count) + value
    }

    private static let powers: [Int64] = {
        var powers: [Int64] = [1]
        for _ in 0..<capacity { powers.append((powers.last ?? 1) * 10) }
        return powers
    }()

    static func power(_ exponent: Int) -> Int64 {
        powers[min(exponent, capacity)]
    }
}
