import Testing

@testable import CampaignCore

@Suite struct `Patterns that are looked for together` {
    /// Few letters, of every quarter of the byte values, so that patterns often begin alike and contain each other.
    private static let letters: [UInt8] = [0, 63, 64, 97, 98, 128, 191, 255]

    @Test(arguments: 0..<200)
    func `are found wherever they are, and nothing else is`(seed: Int) {
        var random = seed
        func next(_ bound: Int) -> Int {
            random = (random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407)
            return Int(UInt(bitPattern: random) >> 33) % bound
        }
        func word(_ longest: Int) -> [UInt8] {
            (0..<next(longest + 1)).map { _ in Self.letters[next(Self.letters.count)] }
        }
        let patterns = (0..<next(12)).map { _ in word(3) }
        let text = word(60)
        var expected: Set<Range<Int>> = []
        for pattern in patterns where !pattern.isEmpty {
            for start in text.indices where text[start...].starts(with: pattern) {
                expected.insert(start..<start + pattern.count)
            }
        }
        let set = PatternSet(patterns)
        let places = set.places(in: text)
        #expect(Set(places) == expected && places.count == expected.count)
        #expect(places.map(\.lowerBound) == places.map(\.lowerBound).sorted())
        #expect(set.isAny(in: text) == !expected.isEmpty)
    }
}
