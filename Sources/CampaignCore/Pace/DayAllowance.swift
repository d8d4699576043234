/// How many calls an instance may still place today: its daily cap or its warm-up, whichever is less, minus what it has
/// already placed for any campaign.
///
/// Days are those of the calendar's time zone. Calls counted in the future, because the clock has been set back since,
/// count as today's: setting the clock can make a cap apply too early, but never lets it be exceeded.
package struct DayAllowance: Sendable {
    /// How far in the future a counted call can still count as today's: anything further comes from a clock that was
    /// far off.
    private static let furthestAhead = Duration.seconds(36 * 3600)

    private var limits: InstanceLimits
    private let calendar: WindowCalendar
    private var calls: [Int64: Int] = [:]
    private var today: Today?

    private struct Today {
        var begins: Timestamp
        var ends: Timestamp
        var placed: Int
        var cap: Int?
        var daysBefore: Int
    }

    /// The allowance of an instance with this history.
    ///
    /// - Parameters:
    ///   - limits: those of all campaigns that share the instance.
    ///   - uses: every quarter of an hour in which it was used.
    ///   - calendar: determines where days begin.
    package init(limits: InstanceLimits, uses: [QuarterHourUse], calendar: WindowCalendar) {
        self.limits = limits
        self.calendar = calendar
        for use in uses { calls[use.quarter, default: 0] += use.calls }
    }

    /// Whether it has any cap at all.
    package var isBounded: Bool { limits.dailyCap != nil || !limits.warmups.isEmpty }

    /// What has been used of the day at a given time: the figures that a run applies.
    package mutating func usage(at moment: Timestamp) -> DayUsage {
        let today = day(at: moment)
        return DayUsage(
            begins: today.begins, placed: today.placed, cap: today.cap, daysOfUseBefore: today.daysBefore)
    }

    /// Calls that may still begin on the day at a given time; nil means no limit.
    package mutating func left(at moment: Timestamp) -> Int? {
        guard isBounded else { return nil }
        return usage(at: moment).left
    }

    /// When the next day begins.
    package mutating func nextDay(after moment: Timestamp) -> Timestamp {
        day(at: moment).ends
    }

    /// Counts a call that began; without a cap as well, since one may come later in the day.
    package mutating func note(at moment: Timestamp) {
        add(1, at: moment)
    }

    /// Reverses the count of a call that certainly was not placed.
    package mutating func takeBack(at moment: Timestamp) {
        guard calls[QuarterHourUse.quarter(of: moment), default: 0] > 0 else { return }
        add(-1, at: moment)
    }

    /// Other limits apply from now on, to the calls counted so far too.
    mutating func apply(_ limits: InstanceLimits) {
        self.limits = limits
        today = nil
    }

    /// The same calls by another calendar.
    ///
    /// - Parameter uses: the calls as stored; where more are stored than were counted here, those are right.
    func with(_ calendar: WindowCalendar, uses: [QuarterHourUse]) -> DayAllowance {
        var other = DayAllowance(limits: limits, uses: uses, calendar: calendar)
        other.calls.merge(calls) { max($0, $1) }
        return other
    }

    private mutating func add(_ number: Int, at moment: Timestamp) {
        let quarter = QuarterHourUse.quarter(of: moment)
        calls[quarter, default: 0] += number
        guard let today, QuarterHourUse(quarter: quarter, calls: 0).beginning >= today.begins else { return }
        self.today?.placed = today.placed + number
    }

    private mutating func day(at moment: Timestamp) -> Today {
        if let today, today.begins <= moment, moment < today.ends { return today }
        let date = calendar.day(of: moment)
        let begins = calendar.start(of: date)
        let used = calls.filter { $0.value > 0 }
        let ahead = moment.advanced(by: Self.furthestAhead)
        let placed = used.reduce(0) { sum, use in
            let beginning = QuarterHourUse(quarter: use.key, calls: 0).beginning
            return beginning >= begins && beginning <= ahead ? sum + use.value : sum
        }
        let daysBefore = Set(
            used.keys.map { QuarterHourUse(quarter: $0, calls: 0).beginning }.filter { $0 < begins }
                .map { calendar.day(of: $0) })
        let today = Today(
            begins: begins, ends: calendar.start(of: calendar.dayAfter(date)), placed: placed,
            cap: limits.cap(daysOfUseBefore: daysBefore.count), daysBefore: daysBefore.count)
        self.today = today
        return today
    }
}

/// How many calls an instance has placed on a day, and how many it may.
package struct DayUsage: Hashable, Sendable {
    /// When the day began.
    package var begins: Timestamp
    /// Calls that count toward the day.
    package var placed: Int
    /// Maximum number of calls; nil means no cap.
    package var cap: Int?
    /// On how many days before this one the instance was used.
    package var daysOfUseBefore: Int

    /// Calls that may still begin; nil means no limit.
    package var left: Int? { cap.map { max(0, $0 - placed) } }
}

extension WindowCalendar {
    func dayAfter(_ day: CallingWindow.Date) -> CallingWindow.Date {
        CallingWindow.Date(dayNumber: day.dayNumber + 1)
    }
}

/// How much an instance was used in a quarter of an hour, for any campaign. Days of all time zones begin on a quarter.
package struct QuarterHourUse: Hashable, Sendable {
    /// The length of a quarter, in milliseconds.
    package static let milliseconds: Int64 = 900_000

    /// Its number: quarters of an hour since 1970-01-01T00:00:00Z.
    package var quarter: Int64
    /// Calls begun in it, without those that certainly were not placed.
    package var calls: Int
    /// Of these, those to recipients that the instance had never called.
    package var newRecipients: Int

    package init(quarter: Int64, calls: Int, newRecipients: Int = 0) {
        self.quarter = quarter
        self.calls = calls
        self.newRecipients = newRecipients
    }

    /// The quarter that contains a time.
    package static func quarter(of moment: Timestamp) -> Int64 {
        moment.milliseconds.floored(by: milliseconds)
    }

    package var beginning: Timestamp { Timestamp(milliseconds: quarter * Self.milliseconds) }
}
