/// Patterns that are searched for together, in one pass.
struct PatternSet: Sendable {
    /// By their first byte.
    private var patterns = [[[UInt8]]](repeating: [], count: 256)

    init(_ patterns: [[UInt8]] = []) {
        for pattern in Set(patterns) {
            guard let first = pattern.first else { continue }
            self.patterns[Int(first)].append(pattern)
        }
    }

    /// The ranges of all matches, in the order of their beginnings.
    func places(in bytes: [UInt8]) -> [Range<Int>] {
        var places: [Range<Int>] = []
        for start in bytes.indices {
            for pattern in patterns[Int(bytes[start])] where Self.matches(pattern, at: start, of: bytes) {
                places.append(start..<start + pattern.count)
            }
        }
        return places
    }

    private static func matches(_ pattern: [UInt8], at start: Int, of bytes: [UInt8]) -> Bool {
        guard start + pattern.count <= bytes.count else { return false }
        return pattern.indices.allSatisfy { bytes[start + $0] == pattern[$0] }
    }
}
