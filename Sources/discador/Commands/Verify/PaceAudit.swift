/// Counts calls that came sooner than a pace allows, over all windows of any length.
///
/// A pace without a burst allows call number j not before call number i plus (j − i) gaps, for every earlier i. So each
/// moment, less its own share of gaps, must never fall behind the furthest of those before it: one pass looks at all
/// windows.
struct PaceAudit {
    /// The least milliseconds from one call to the next.
    let gap: Int64
    /// Milliseconds by which a call may seem early because of how it was observed, not of when it was made.
    let tolerance: Int64

    /// How many of the calls at these moments, in any order, came too soon.
    func tooSoon(among moments: [Int64]) -> Int {
        var count = 0
        var furthest = Int64.min
        for (index, moment) in moments.sorted().enumerated() {
            let position = moment - Int64(index) * gap
            if furthest != .min, position < furthest - tolerance {
                count += 1
                // From here on anew: one early call is one, not all that follow it too.
                furthest = position
            } else {
                furthest = max(furthest, position)
            }
        }
        return count
    }
}
