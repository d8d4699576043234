/// How many calls an instance may still place today, when campaigns that share it have days that begin at other hours:
/// as many as the strictest of these days leaves.
///
/// The limits are those of all campaigns, and apply to the days of each: a call counts toward every day that it falls on.
package struct DayAllowances: Sendable {
    /// The allowance by each calendar, with the name of its time zone; nil is the machine's own. Never empty.
    private var allowances: [(zone: String?, allowance: DayAllowance)]

    /// The allowance of an instance by the days of the first campaign that uses it.
    ///
    /// - Parameters:
    ///   - limits: those of all campaigns that share the instance.
    ///   - uses: every quarter of an hour in which it was used, as stored.
    ///   - calendar: determines where days begin.
    ///   - zone: the IANA name of the calendar's time zone; nil means the machine's own.
    package init(limits: InstanceLimits, uses: [QuarterHourUse], calendar: WindowCalendar, zone: String?) {
        allowances = [(zone, DayAllowance(limits: limits, uses: uses, calendar: calendar))]
    }

    /// The days of another campaign count too from now on, and the limits may have become stricter.
    ///
    /// Days of a zone that is there already keep their counts, which are at least as new as what is stored.
    ///
    /// - Parameters:
    ///   - limits: those of all campaigns that share the instance; they replace the earlier ones.
    ///   - uses: every quarter of an hour in which it was used, as stored.
    ///   - calendar: determines where days begin.
    ///   - zone: the IANA name of the calendar's time zone; nil means the machine's own.
    package mutating func add(
        limits: InstanceLimits, uses: [QuarterHourUse], calendar: WindowCalendar, zone: String?
    ) {
        if !allowances.contains(where: { $0.zone == zone }) {
            allowances.append((zone, allowances[0].allowance.with(calendar, uses: uses)))
        }
        for index in allowances.indices { allowances[index].allowance.apply(limits) }
    }

    /// Whether there is any cap at all.
    package var isBounded: Bool { allowances.contains { $0.allowance.isBounded } }

    /// Calls that may still begin at a given time, by the days of all campaigns; nil means no limit.
    package mutating func left(at moment: Timestamp) -> Int? {
        var least: Int?
        for index in allowances.indices {
            guard let left = allowances[index].allowance.left(at: moment) else { continue }
            least = min(least ?? left, left)
        }
        return least
    }

    /// When calls may be left again: when the last of the days that are used up is over. While none is, when the first
    /// day ends.
    package mutating func nextDay(after moment: Timestamp) -> Timestamp {
        var first = allowances[0].allowance.nextDay(after: moment)
        var lastUsedUp: Timestamp?
        for index in allowances.indices {
            let ends = allowances[index].allowance.nextDay(after: moment)
            first = min(first, ends)
            if allowances[index].allowance.left(at: moment) == 0 { lastUsedUp = max(lastUsedUp ?? ends, ends) }
        }
        return lastUsedUp ?? first
    }

    /// Counts a call that began.
    package mutating func note(at moment: Timestamp) {
        for index in allowances.indices { allowances[index].allowance.note(at: moment) }
    }

    /// Reverses the count of a call that certainly was not placed.
    package mutating func takeBack(at moment: Timestamp) {
        for index in allowances.indices { allowances[index].allowance.takeBack(at: moment) }
    }
}
