/// The health checks of a dispatcher: when hundreds of campaigns join, or windows open, thousands of instances are to be
/// checked at once, each of which would need a connection of its own.
struct HealthChecks {
    /// Maximum number of checks under way at the same time. Those that get no answer hold up the others for 15 s, so
    /// there are more than a handful.
    private static let maxUnderWay = 64

    /// The instances to be checked, in the order in which that became due.
    var due: [Int] = []
    private var underWay = 0

    /// The instances to check now; their checks count as under way until ``noteEnd()``.
    mutating func next() -> [Int] {
        let count = min(due.count, Self.maxUnderWay - underWay)
        defer { due.removeFirst(count) }
        underWay += count
        return Array(due.prefix(count))
    }

    /// A check has ended.
    mutating func noteEnd() { underWay -= 1 }
}
