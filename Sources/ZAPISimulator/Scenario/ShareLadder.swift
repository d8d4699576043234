/// Chooses among values by their shares of 0…1; what they leave over chooses nothing.
struct ShareLadder<Value: Hashable & CaseIterable & Sendable>: Sendable {
    /// Values with the upper end of their share, in the order of `Value.allCases`.
    private let steps: [(limit: Double, value: Value)]

    init(_ shares: [Value: Double]) {
        var limit = 0.0
        var steps: [(limit: Double, value: Value)] = []
        for value in Value.allCases {
            guard let share = shares[value], share > 0 else { continue }
            limit += share
            steps.append((limit: limit, value: value))
        }
        self.steps = steps
    }

    var isEmpty: Bool { steps.isEmpty }

    /// - Parameter share: at least 0, less than 1.
    func value(at share: Double) -> Value? { steps.first { share < $0.limit }?.value }
}

extension SplitMix64 {
    /// A share that is always the same for a seed, a text and a number.
    static func share(seed: UInt64, _ text: String, _ number: Int) -> Double {
        var hash = mix(seed &+ UInt64(truncatingIfNeeded: number) &* increment)
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        return share(mix(hash))
    }
}
