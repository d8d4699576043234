/// The wall clock of a time zone, read as if it were never set back: during an hour that occurs twice it stands still
/// at the latest time it has shown, until the real clock has caught up.
///
/// So every wall time occurs exactly once, in order. A time that occurs twice means the first of the two; a skipped
/// time means the moment at which the clock jumps over it.
struct ZoneClock: Sendable {
    private static let secondsInDay: Int64 = 86_400

    /// Seconds east of UTC at a given time.
    private let utcOffset: @Sendable (Timestamp) -> Int

    init(utcOffset: @escaping @Sendable (Timestamp) -> Int) {
        self.utcOffset = utcOffset
    }

    /// The first moment at which the clock shows `minute` of a day, or a later time.
    ///
    /// - Parameters:
    ///   - minute: of that day; 1440 is its end, more is on the next day.
    ///   - day: counted from 1970-01-01.
    func moment(ofMinute minute: Int, onDay day: Int) -> Timestamp {
        let wall = Int64(day) * Self.secondsInDay + Int64(minute) * 60
        // Offsets are less than a day, and no zone changes its clocks twice in two days: so these are the offsets on
        // both sides of the one change that can matter.
        let (early, late) = (wall - Self.secondsInDay, wall + Self.secondsInDay)
        let (before, after) = (offset(early), offset(late))
        guard before != after else { return .at(seconds: wall - before) }
        let change = self.change(after: early, by: late)
        return .at(seconds: wall - before < change ? wall - before : max(change, wall - after))
    }

    /// The moment at which a day begins.
    func start(ofDay day: Int) -> Timestamp {
        moment(ofMinute: 0, onDay: day)
    }

    /// The day that the clock shows, counted from 1970-01-01.
    func day(at moment: Timestamp) -> Int {
        let seconds = moment.milliseconds.floored(by: 1000)
        let shown = Int((seconds + offset(seconds)).floored(by: Self.secondsInDay))
        // A real clock that was set back over midnight shows the previous day again.
        return start(ofDay: shown + 1) <= moment ? shown + 1 : shown
    }

    /// The second at which the offset changes, if it changes once after `early` and not after `late`.
    private func change(after early: Int64, by late: Int64) -> Int64 {
        let before = offset(early)
        var (same, other) = (early, late)
        while other - same > 1 {
            let middle = same + (other - same) / 2
            if offset(middle) == before { same = middle } else { other = middle }
        }
        return other
    }

    private func offset(_ seconds: Int64) -> Int64 {
        Int64(utcOffset(.at(seconds: seconds)))
    }
}

extension Timestamp {
    /// The moment that lies whole seconds after 1970-01-01T00:00:00Z.
    static func at(seconds: Int64) -> Timestamp {
        Timestamp(milliseconds: seconds * 1000)
    }
}
