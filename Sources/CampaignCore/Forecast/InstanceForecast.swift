/// One instance in a forecast: when it is free, and what is left of the day. Times are microseconds since 1970, so that
/// a gap of a third of a second adds up right over years.
struct InstanceForecast {
    /// From one call to the next; 0 is none.
    let gap: Int
    private let limits: InstanceLimits
    private var daysOfUseBefore: Int
    private var callsToday: Int
    /// When its pace lets the next call pass.
    private(set) var opensAt: Int

    init(_ limits: InstanceLimits, gap: Int, baseline: ForecastBaseline.InstanceBaseline) {
        self.gap = gap
        self.limits = limits
        daysOfUseBefore = max(0, baseline.daysOfUseBefore)
        callsToday = max(0, baseline.callsToday)
        opensAt = baseline.opensAt.microseconds
    }

    /// The most calls on a day that comes after this many days of use.
    private var cap: Int { max(0, limits.cap(daysOfUseBefore: daysOfUseBefore) ?? .max) }

    /// What is left of today's cap.
    var left: Int {
        max(0, cap - callsToday)
    }

    /// Whether it can place a call today or on another day. A day without a call is not a day of use, so what it may
    /// not do today, with a cap of 0, it never may.
    var isUsable: Bool {
        cap > 0
    }

    /// Calls were placed, the last of them at `moment`.
    mutating func place(calls: Int, lastAt moment: Int) {
        callsToday += calls
        opensAt = moment + gap
    }

    /// Another day begins.
    mutating func endDay() {
        if callsToday > 0 { daysOfUseBefore += 1 }
        callsToday = 0
    }
}

extension Timestamp {
    /// Microseconds since 1970; a moment further off than anything is planned for counts as the last of those.
    var microseconds: Int {
        let furthest: Int64 = 1 << 48
        return Int(min(max(milliseconds, -furthest), furthest)) * 1000
    }
}

extension Duration {
    /// Whole microseconds, a part of one counted as a whole; at most a century.
    var microsecondsRoundedUp: Int {
        let century = Duration.seconds(36_525 * 86_400)
        let nanoseconds = min(max(self, .zero), century).attoseconds / 1_000_000_000
        return Int((nanoseconds + 999) / 1000)
    }
}
