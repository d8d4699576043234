/// Eight bytes of a text in a word, the first one lowest: what a scanner compares at a time.
enum EightBytes {
    static let lineFeeds: UInt64 = 0x0A0A_0A0A_0A0A_0A0A
    static let carriageReturns: UInt64 = 0x0D0D_0D0D_0D0D_0D0D

    /// The same byte eight times.
    static func all(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }

    /// The highest bit of every byte that is zero, and no other bit. Seven bits plus 0x7F carry into the eighth unless all
    /// of them are zero (Henry S. Warren, "Hacker's Delight", section 6-1).
    static func zeros(_ word: UInt64) -> UInt64 {
        let sevens: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~(((word & sevens) &+ sevens) | word | sevens)
    }
}
