/// Patterns that are looked for together, in one pass.
///
/// Small, since every client has some, and a process may have a client for each of hundreds of campaigns.
package struct PatternSet: Sendable {
    /// The patterns one behind the other, in order: those with the same first byte are neighbors.
    private var text: [UInt8] = []
    /// Where each of them ends in the text.
    private var ends: [UInt32] = []
    /// For each byte the number of its group, the patterns that begin with it, from 1; 0 when none does.
    private var groups: [UInt16] = []
    /// Where each group ends in ``ends``, the first being an empty one.
    private var groupEnds: [UInt32] = [0]

    package init(_ patterns: [[UInt8]] = []) {
        let patterns = Set(patterns).filter { !$0.isEmpty }.sorted { $0.lexicographicallyPrecedes($1) }
        guard !patterns.isEmpty else { return }
        text.reserveCapacity(patterns.reduce(0) { $0 + $1.count })
        ends.reserveCapacity(patterns.count)
        groups = Array(repeating: 0, count: 256)
        for pattern in patterns {
            text += pattern
            ends.append(UInt32(text.count))
            let first = Int(pattern[0])
            if groups[first] == 0 {
                groups[first] = UInt16(groupEnds.count)
                groupEnds.append(0)
            }
            groupEnds[groupEnds.count - 1] = UInt32(ends.count)
        }
    }

    /// Where any of them is, by where it begins.
    package func places(in bytes: [UInt8]) -> [Range<Int>] {
        guard !ends.isEmpty else { return [] }
        var places: [Range<Int>] = []
        for start in bytes.indices {
            let group = Int(groups[Int(bytes[start])])
            guard group > 0 else { continue }
            for pattern in groupEnds[group - 1]..<groupEnds[group] {
                if let count = match(Int(pattern), at: start, of: bytes) { places.append(start..<start + count) }
            }
        }
        return places
    }

    /// Whether any of them is there at all.
    package func isAny(in bytes: [UInt8]) -> Bool {
        guard !ends.isEmpty else { return false }
        return bytes.indices.contains { start in
            let group = Int(groups[Int(bytes[start])])
            return group > 0
                && (groupEnds[group - 1]..<groupEnds[group]).contains { match(Int($0), at: start, of: bytes) != nil }
        }
    }

    /// The length of a pattern, if it is at `start`.
    private func match(_ pattern: Int, at start: Int, of bytes: [UInt8]) -> Int? {
        let begin = pattern > 0 ? Int(ends[pattern - 1]) : 0
        let count = Int(ends[pattern]) - begin
        guard start + count <= bytes.count else { return nil }
        // The first byte is known to be there.
        for place in 1..<count where bytes[start + place] != text[begin + place] { return nil }
        return count
    }
}
