/// How long a campaign's remaining calls take, and when the last of them ends.
///
/// The model walks through time day by day, in the campaign's time zone. While the window is open, each instance places
/// one call every mean gap (the ring and 2 s, or its stated pace if that is slower), until its limit for that day is
/// used up: the daily cap or the warm-up, whichever is less. A day counts as a day of use only if the instance placed a
/// call on it. The campaign's own pace limits the sum. No call starts that could ring, or need spacing, past the
/// closing of the window, nor at or after `expires`. The cost is one step per day, however many contacts there are.
/// Contacts that their list holds back join when the last of their quarter of an hour may be called.
///
/// Accuracy: without a campaign pace, or with equal instances under one, the number of calls and the times are those of
/// a runner whose gaps all equal the mean gap. With unlike instances under a campaign pace it is usually within 1 % of
/// that, and up to about 8 % too optimistic if the instances together are just about as fast as the campaign may be,
/// and get in each other's way. (The tests compare all three with dialing call by call.)
///
/// What it leaves out makes a real campaign slower, not faster: retries, throttling, instances that are down, the time
/// that a request takes, and therefore the number of workers and the speed of an `open` pace. The ring durations of
/// single contacts are ignored too.
package struct CallForecast: Hashable, Sendable {
    /// Why some contacts will not be called.
    package enum Obstacle: Hashable, Sendable {
        /// The campaign ends before their turn comes.
        case expires
        /// The window does not open, or never for long enough for a call.
        case windowNeverOpens
        /// Every instance has a cap of 0, or there is none.
        case noCallsAllowed
        /// Their turn does not come within `longestDays`.
        case moreThanTenYears
    }

    /// How far ahead the forecast goes: ten years and a few days.
    package static let longestDays = 3660

    /// The number of contacts that get their call.
    package private(set) var calls = 0
    /// The number of contacts that do not; with `calls`, these are all.
    package private(set) var leftOut: Int
    /// Why not; nil when `leftOut` is 0.
    package private(set) var obstacle: Obstacle?
    /// When the first call starts; nil when there are none.
    package private(set) var startsAt: Timestamp?
    /// When the last of `calls` has ended ringing; nil when there are none.
    package private(set) var endsAt: Timestamp?
    /// How much of the time from now to `endsAt` passes without calling, because the window is closed, all caps are
    /// used up, or no instance's pace allows the first call yet. Gaps between calls do not count as waiting.
    package private(set) var waiting: Duration = .zero
    /// The days, in the campaign's zone, on which at least one call starts.
    package private(set) var callingDays = 0
    /// The days on which the window is open for longer than the caps of all instances allow to call.
    package private(set) var cappedDays = 0
    /// Calls per hour at full pace.
    package private(set) var rate: CallRate
    /// How long the window is open in a usual week, 0 to 168 hours.
    package private(set) var openPerWeek: Duration

    /// Computes the forecast.
    ///
    /// - Parameters:
    ///   - campaign: its instances, paces, caps, ring duration and end; its window comes with `calendar`.
    ///   - contacts: how many are to be called, once each.
    ///   - baseline: the past use of the instances, and who of the contacts may only be called later.
    ///   - now: the time from which calls may start.
    ///   - calendar: the campaign's window, and the time zone of its days.
    package init(
        of campaign: Campaign, contacts: Int, baseline: ForecastBaseline, now: Timestamp, calendar: WindowCalendar
    ) {
        leftOut = max(0, contacts)
        rate = CallRate(of: campaign, baseline: baseline)
        openPerWeek = calendar.openPerWeek
        guard contacts > 0 else { return }
        let held = HeldBackQueue(baseline.heldBack, atMost: contacts, after: now)
        let dialing = ForecastSimulation(campaign: campaign, contacts: contacts - held.contacts, baseline: baseline)
        if let expires = campaign.expires, expires <= now {
            obstacle = .expires
        } else if !dialing.isUsable {
            obstacle = .noCallsAllowed
        } else if calendar.nextStart(atOrAfter: now, needing: campaign.roomForACall) == nil {
            obstacle = .windowNeverOpens
        } else {
            walk(dialing, held, campaign: campaign, from: now, calendar: calendar)
        }
    }

    /// Walks through the days until everyone has been called or no more days count.
    private mutating func walk(
        _ start: ForecastSimulation, _ waiting: HeldBackQueue, campaign: Campaign, from now: Timestamp,
        calendar: WindowCalendar
    ) {
        var (dialing, held) = (start, waiting)
        var calling = CallingTime(ringing: campaign.ringing.microsecondsRoundedUp)
        let today = calendar.clock.day(at: now)
        obstacle = .moreThanTenYears
        for day in today..<today + Self.longestDays {
            var (hasCalls, isCapped) = (false, false)
            for open in calendar.stretches(onDay: day, from: now) {
                let last = calendar.lastStart(in: open, of: campaign)
                for part in held.parts(of: open) {
                    dialing.add(contacts: held.release(by: part.lowerBound))
                    let stretch = dialing.dial(
                        from: part.lowerBound.microseconds, through: min(last, part.upperBound.microseconds - 1))
                    isCapped = isCapped || (dialing.isCapped && dialing.remaining > 0)
                    guard let stretch else { continue }
                    hasCalls = true
                    let (opens, shuts) = (part.lowerBound.microseconds, part.upperBound.microseconds)
                    calling.add(
                        stretch, from: opens, until: dialing.isCapped || dialing.remaining == 0 ? nil : shuts)
                }
            }
            if hasCalls { callingDays += 1 }
            if isCapped { cappedDays += 1 }
            dialing.endDay()
            let isLeft = dialing.remaining + held.contacts > 0
            if !isLeft { obstacle = nil }
            if let expires = campaign.expires, isLeft, expires <= calendar.clock.start(ofDay: day + 1) {
                obstacle = .expires
            }
            if obstacle != .moreThanTenYears { break }
        }
        let remaining = dialing.remaining + held.contacts
        calls = leftOut - remaining
        leftOut = remaining
        summarize(calling, from: now)
    }

    private mutating func summarize(_ calling: CallingTime, from now: Timestamp) {
        guard let first = calling.first, let end = calling.end else { return }
        startsAt = Timestamp(milliseconds: Int64(first / 1000))
        let ends = Timestamp(milliseconds: Int64((end + 999) / 1000))
        endsAt = ends
        waiting = max(.zero, now.duration(to: ends) - .microseconds(calling.total))
    }
}

/// The time in which calls are placed, summed up. Times are microseconds.
private struct CallingTime {
    let ringing: Int
    private(set) var first: Int?
    /// When the last call has ended.
    private(set) var end: Int?
    private var sum = 0
    /// How far `sum` goes, and how much of it is after the last call: that counts as calling only if more calls follow.
    private var until: Int?
    private var overhang = 0

    init(ringing: Int) {
        self.ringing = ringing
    }

    /// The whole time, up to `end`.
    var total: Int { sum - overhang }

    /// Adds the calls of an open span, which continued until its end, or nil when the caps stopped them.
    mutating func add(_ stretch: ForecastSimulation.Stretch, from opens: Int, until shuts: Int?) {
        let ended = stretch.last + ringing
        let (from, until) = (self.until == opens ? opens : stretch.first, shuts ?? ended)
        first = first ?? stretch.first
        end = ended
        sum += until - from
        overhang = until - ended
        self.until = until
    }
}

extension WindowCalendar {
    /// The open spans of one day, from `now` on: those that began on it, and the rest of those from the day before.
    fileprivate func stretches(onDay day: Int, from now: Timestamp) -> [Range<Timestamp>] {
        let start = max(now, clock.start(ofDay: day))
        let whole = start..<max(start, clock.start(ofDay: day + 1))
        return [day - 1, day].compactMap { hours(beginningOn: $0)?.clamped(to: whole) }.filter { !$0.isEmpty }
    }

    /// The last microsecond of an open span in which a call may start.
    fileprivate func lastStart(in open: Range<Timestamp>, of campaign: Campaign) -> Int {
        // If a day ends within a span, calls continue without a break.
        let room = isOpen(at: open.upperBound) ? 1 : campaign.roomForACall.microsecondsRoundedUp
        let last = open.upperBound.microseconds - room
        guard let expires = campaign.expires else { return last }
        return min(last, expires.microseconds - 1)
    }
}
