/// One instance in a forecast: when it is free, and what is left of its limits today. Times are microseconds since
/// 1970, so that gaps of a third of a second add up correctly over years.
struct InstanceForecast {
    /// The time from one call to the next; 0 means no gap.
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

    /// Maximum number of calls on a day that follows this many days of use.
    private var cap: Int { max(0, limits.cap(daysOfUseBefore: daysOfUseBefore) ?? .max) }

    /// What is left of today's cap.
    var left: Int {
        max(0, cap - callsToday)
    }

    /// Whether it can place a call today or on another day. A day without a call is not a day of use, so what a cap of
    /// 0 forbids today, it forbids forever.
    var isUsable: Bool {
        cap > 0
    }

    /// Calls were placed, the last of them at `moment`.
    mutating func place(calls: Int, lastAt moment: Int) {
        callsToday += calls
        opensAt = moment + gap
    }

    /// Begins another day.
    mutating func endDay() {
        if callsToday > 0 { daysOfUseBefore += 1 }
        callsToday = 0
    }
}

extension Timestamp {
    /// Microseconds since 1970; a time later than any planned for counts as the latest of those.
    var microseconds: Int {
        let furthest: Int64 = 1 << 48
        return Int(min(max(milliseconds, -furthest), furthest)) * 1000
    }
}

extension Duration {
    /// Whole microseconds, rounded up; at most a century.
    var microsecondsRoundedUp: Int {
        let century = Duration.seconds(36_525 * 86_400)
        let nanoseconds = min(max(self, .zero), century).attoseconds / 1_000_000_000
        return Int((nanoseconds + 999) / 1000)
    }
}
