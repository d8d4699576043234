/// The time line that daily limits are counted on: the wall clock, except that setting it gives nobody a new day.
///
/// A wall clock can be set; the time since the machine started cannot. A wall clock that has jumped away from it, forward
/// or back, is not believed until a whole day has really passed since then: what was placed before is a day old by then.
package struct LimitClock: Hashable, Sendable {
    /// Smaller jumps are what a time service corrects.
    private static let tolerance: Int64 = 2000
    private static let day = Duration.seconds(86_400)

    /// Milliseconds that the believed wall clock is ahead of the time since the machine started.
    package private(set) var offset: Int64
    /// Since when, in time since the machine started, the wall clock has shown something else.
    private var doubtedSince: Duration?

    /// A clock that believes the wall clock as it is, or goes on from what was believed earlier since the machine started.
    package init(wall: Timestamp, uptime: Duration, believedOffset: Int64? = nil) {
        offset = believedOffset ?? Self.offset(wall, uptime)
    }

    /// The present moment of the time line.
    ///
    /// - Parameters:
    ///   - wall: what the wall clock says.
    ///   - uptime: the time since the machine started, with the time that it slept.
    package mutating func moment(wall: Timestamp, uptime: Duration) -> Timestamp {
        let shown = Self.offset(wall, uptime)
        let since = doubtedSince ?? uptime
        guard abs(shown - offset) <= Self.tolerance || uptime - since >= Self.day else {
            doubtedSince = since
            return Timestamp(milliseconds: uptime.milliseconds + offset)
        }
        offset = shown
        doubtedSince = nil
        return wall
    }

    private static func offset(_ wall: Timestamp, _ uptime: Duration) -> Int64 {
        wall.milliseconds - uptime.milliseconds
    }
}

extension Duration {
    /// This duration in whole milliseconds, a part of one left away.
    var milliseconds: Int64 {
        let parts = components
        return parts.seconds * 1000 + parts.attoseconds / 1_000_000_000_000_000
    }
}
