/// A sequence of decimal digits, including leading zeros, in two machine words: removing digits at either end is
/// arithmetic.
struct PhoneDigits: Hashable, Sendable {
    /// Further digits are counted, but not kept.
    static let capacity = 18

    private(set) var value: Int64 = 0
    /// Includes leading zeros.
    private(set) var count = 0
    /// Where something separates two digits: bit 2 for a gap between the second digit and the third. Only the first 31
    /// positions.
    private(set) var gaps: UInt32 = 0
    /// The cell has a sign where the carrier's code would be, as in `0xx11 …`: the digits after it are not a carrier's
    /// code.
    var isCarrierLeftOut = false

    init() {}

    init(value: Int64, count: Int) {
        self.value = value
        self.count = count
    }

    private init(value: Int64, count: Int, gaps: UInt32, isCarrierLeftOut: Bool) {
        self.init(value: value, count: count)
        self.gaps = gaps
        self.isCarrierLeftOut = isCarrierLeftOut
    }

    /// The ASCII digits of a text, ignoring everything else.
    init(_ text: Substring) {
        for byte in text.utf8 where 0x30...0x39 ~= byte { append(Int64(byte) - 0x30) }
    }

    /// The digits of a telephone number, including the calling code.
    init(_ number: PhoneNumber) {
        // A number that was forgotten has none.
        guard !number.isForgotten else {
            self.init()
            return
        }
        self.init(value: number.value, count: number.text.utf8.count)
    }

    /// Whether digits were lost because there were more than fit.
    var isTruncated: Bool { count > PhoneDigits.capacity }

    /// The first digit; 0 when there is none.
    var first: Int64 { count == 0 ? 0 : value / PhoneDigits.power(count - 1) }

    mutating func append(_ digit: Int64, afterGap: Bool = false) {
        if afterGap, 1..<32 ~= count { gaps |= 1 << UInt32(count) }
        count += 1
        if count <= PhoneDigits.capacity { value = value * 10 + digit }
    }

    func prefix(_ length: Int) -> PhoneDigits {
        guard length < count else { return self }
        return PhoneDigits(
            value: value / PhoneDigits.power(count - length), count: length, gaps: gaps & (1 << UInt32(length) - 1),
            isCarrierLeftOut: isCarrierLeftOut)
    }

    func dropFirst(_ length: Int) -> PhoneDigits {
        guard length < count else { return PhoneDigits() }
        return PhoneDigits(
            value: value % PhoneDigits.power(count - length), count: count - length, gaps: gaps >> UInt32(length) & ~1,
            isCarrierLeftOut: isCarrierLeftOut)
    }

    /// The last digits.
    func suffix(_ length: Int) -> PhoneDigits { length < count ? dropFirst(count - length) : self }

    /// Without some digits in the middle; gaps around them are forgotten.
    func without(_ places: Range<Int>) -> PhoneDigits {
        let tail = suffix(count - places.upperBound)
        return PhoneDigits(value: tail.preceded(by: prefix(places.lowerBound).value), count: count - places.count)
    }

    /// Whether something separates this digit, counted from 0, from the one before it.
    func hasGap(_ place: Int) -> Bool { gaps >> UInt32(place) & 1 == 1 }

    /// A set of up to four places for gaps, without an array: every cell with a mask asks for some.
    static func places(_ first: Int, _ second: Int = 0, _ third: Int = 0, _ fourth: Int = 0) -> UInt32 {
        (1 << UInt32(first) | 1 << UInt32(second) | 1 << UInt32(third) | 1 << UInt32(fourth)) & ~1
    }

    /// Whether there are gaps in some of these positions, and nowhere else.
    func hasGaps(onlyAt places: UInt32) -> Bool { gaps & ~places == 0 }

    /// Whether there are gaps in all of these positions, and nowhere else.
    func hasGaps(at places: UInt32) -> Bool { gaps == places }

    /// Without its leading zeros.
    var withoutZeros: PhoneDigits {
        var rest = self
        while rest.count > 0, rest.first == 0 { rest = rest.dropFirst(1) }
        return rest
    }

    func starts(with other: PhoneDigits) -> Bool {
        other.count > 0 && other.count <= count && prefix(other.count).value == other.value
    }

    /// The number that `left` followed by these digits forms.
    func preceded(by left: Int64) -> Int64 {
        left * PhoneDigits.power(count) + value
    }

    /// These digits appended to others, with a gap between.
    func behind(_ left: PhoneDigits) -> PhoneDigits {
        let gap: UInt32 = left.count > 0 && left.count < 32 ? 1 << UInt32(left.count) : 0
        return PhoneDigits(
            value: preceded(by: left.value), count: left.count + count, gaps: gaps << UInt32(left.count) | gap,
            isCarrierLeftOut: false)
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
