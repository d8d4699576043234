/// Counts calls that came too soon for a pace, over all windows of any length.
///
/// A pace without a burst allows call number j no earlier than (j − i) gaps after call number i, for every earlier i.
/// So each call's time minus its own number of gaps must never be before the latest such value of the calls before it:
/// one pass checks all windows.
struct PaceAudit {
    /// The minimum time from one call to the next, in milliseconds.
    let gap: Int64
    /// How many milliseconds too early a call may seem because of how it was observed.
    let tolerance: Int64

    /// How many of the calls at these times, in any order, came too soon.
    func tooSoon(among moments: [Int64]) -> Int {
        var count = 0
        var latest = Int64.min
        for (index, moment) in moments.sorted().enumerated() {
            let position = moment - Int64(index) * gap
            if latest != .min, position < latest - tolerance {
                count += 1
                // Continue from here: one early call counts once, without all the calls that follow it.
                latest = position
            } else {
                latest = max(latest, position)
            }
        }
        return count
    }
}
