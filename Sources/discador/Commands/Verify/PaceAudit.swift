/// Counts calls that came sooner than a pace allows, over all windows of any length.
///
/// A pace without a burst allows call number j no earlier than (j − i) gaps after call number i, for every earlier i.
/// So each moment, less its own number of gaps, must never be before the latest of those before it: one pass checks all
/// windows.
struct PaceAudit {
    /// The least milliseconds from one call to the next.
    let gap: Int64
    /// Milliseconds by which a call may seem early because of how it was observed.
    let tolerance: Int64

    /// How many of the calls at these moments, in any order, came too soon.
    func tooSoon(among moments: [Int64]) -> Int {
        var count = 0
        var latest = Int64.min
        for (index, moment) in moments.sorted().enumerated() {
            let position = moment - Int64(index) * gap
            if latest != .min, position < latest - tolerance {
                count += 1
                // Start again from here: one early call counts once, not all that follow it too.
                latest = position
            } else {
                latest = max(latest, position)
            }
        }
        return count
    }
}
