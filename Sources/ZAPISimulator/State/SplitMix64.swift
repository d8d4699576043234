/// The SplitMix64 generator (Steele, Lea, Flood 2014): output number n is a pure function of the seed, and the first
/// 2⁶⁴ outputs of a seed are all different, which makes the ids unique. A copy, since this module imports none of ours.
struct SplitMix64: Sendable {
    static let increment: UInt64 = 0x9e37_79b9_7f4a_7c15

    private var state: UInt64

    /// `skipping` skips that many outputs.
    init(seed: UInt64, skipping: UInt64 = 0) {
        state = seed &+ skipping &* Self.increment
    }

    mutating func next() -> UInt64 {
        state &+= Self.increment
        return Self.mix(state)
    }

    /// Spreads every bit of `value` over the whole result; one-to-one.
    static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// Turns random bits into a share: at least 0, less than 1.
    static func share(_ bits: UInt64) -> Double {
        Double(bits >> 11) / Double(UInt64(1) << 53)
    }
}
