import CampaignCore

/// The same numbers in every run.
struct FixedRandom {
    private var generator: SplitMix64

    init(seed: UInt64) { generator = SplitMix64(seed: seed) }

    mutating func below(_ bound: Int) -> Int {
        let number = generator.next()
        return bound > 0 ? Int(number % UInt64(bound)) : 0
    }
}
