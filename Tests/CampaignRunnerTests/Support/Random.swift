import CampaignCore

/// The same numbers in every run.
struct Random {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    /// A number in 0..<bound.
    mutating func below(_ bound: Int) -> Int { Int(generator.next() % UInt64(bound)) }
}
