import CampaignCore
import Testing

@Suite struct DayAllowancesTests {
    /// 2027-01-15T08:00:00Z: 05:00 three hours west, 17:00 nine hours east.
    private let morning = Timestamp(milliseconds: 1_800_000_000_000)
    private let westMidnight = Timestamp(milliseconds: 1_800_000_000_000 + 19 * 3_600_000)
    private let eastMidnight = Timestamp(milliseconds: 1_800_000_000_000 + 7 * 3_600_000)

    private func west(cap: Int?, uses: [QuarterHourUse] = []) -> DayAllowances {
        DayAllowances(limits: limits(cap), uses: uses, calendar: .east(-3), zone: "America/Sao_Paulo")
    }

    private func limits(_ cap: Int?, warmup: [Int] = []) -> InstanceLimits {
        InstanceLimits(paces: [.open], dailyCap: cap, warmups: warmup.isEmpty ? [] : [warmup])
    }

    private func use(hoursAgo: Int, _ calls: Int) -> QuarterHourUse {
        let moment = morning.advanced(by: .seconds(-3600 * hoursAgo))
        return QuarterHourUse(quarter: QuarterHourUse.quarter(of: moment), calls: calls)
    }

    @Test func `with one calendar it answers as that one's allowance`() {
        var allowances = west(cap: 2, uses: [use(hoursAgo: 1, 1), use(hoursAgo: 6, 9)])
        #expect(allowances.left(at: morning) == 1)
        allowances.note(at: morning)
        #expect(allowances.left(at: morning) == 0)
        #expect(allowances.nextDay(after: morning) == westMidnight)
        #expect(allowances.left(at: westMidnight) == 2)
        allowances.takeBack(at: morning)
        #expect(allowances.left(at: morning) == 1)
    }

    // The day began at 03:00Z in the west and at 15:00Z the day before in the east.
    @Test(arguments: [(1, 7, 3), (6, 7, 3), (12, 7, 3), (18, 7, 10), (12, 10, 0), (1, 12, 0)] as [(Int, Int, Int)])
    func `the strictest day of all applies`(_ hoursAgo: Int, _ calls: Int, _ left: Int) {
        let uses = [use(hoursAgo: hoursAgo, calls)]
        var allowances = west(cap: 10, uses: uses)
        allowances.add(limits: limits(10), uses: uses, calendar: .east(9), zone: "Asia/Tokyo")
        #expect(allowances.left(at: morning) == left)
    }

    @Test func `calls may be left again when the last of the days that are used up is over`() {
        var onlyEast = west(cap: 10, uses: [use(hoursAgo: 12, 10)])
        onlyEast.add(limits: limits(10), uses: [use(hoursAgo: 12, 10)], calendar: .east(9), zone: "Asia/Tokyo")
        #expect(onlyEast.nextDay(after: morning) == eastMidnight)
        var both = west(cap: 10, uses: [use(hoursAgo: 1, 10)])
        both.add(limits: limits(10), uses: [use(hoursAgo: 1, 10)], calendar: .east(9), zone: "Asia/Tokyo")
        #expect(both.nextDay(after: morning) == westMidnight)
    }

    @Test func `while no day is used up, the next one is that which begins first`() {
        var allowances = west(cap: 10)
        allowances.add(limits: limits(10), uses: [], calendar: .east(9), zone: "Asia/Tokyo")
        #expect(allowances.nextDay(after: morning) == eastMidnight)
    }

    @Test func `limits that come later know of the calls that were made without any`() {
        var allowances = west(cap: nil, uses: [use(hoursAgo: 1, 2)])
        for _ in 0..<3 { allowances.note(at: morning) }
        allowances.takeBack(at: morning)
        #expect(!allowances.isBounded)
        #expect(allowances.left(at: morning) == nil)
        allowances.add(limits: limits(10), uses: [], calendar: .east(-3), zone: "America/Sao_Paulo")
        #expect(allowances.isBounded)
        #expect(allowances.left(at: morning) == 6)
    }

    @Test func `stricter limits apply to the days of all campaigns, and so do warm-ups`() {
        var allowances = west(cap: 10)
        allowances.note(at: morning)
        #expect(allowances.left(at: morning) == 9)
        allowances.add(limits: limits(5), uses: [use(hoursAgo: 0, 1)], calendar: .east(9), zone: "Asia/Tokyo")
        #expect(allowances.left(at: morning) == 4)
        // In the east the next day is the second day of use, in the west it is still the first one.
        allowances.add(
            limits: limits(5, warmup: [2, 4]), uses: [use(hoursAgo: 0, 1)], calendar: .east(9), zone: "Asia/Tokyo")
        #expect(allowances.left(at: morning) == 1)
        #expect(allowances.left(at: eastMidnight) == 1)
        #expect(allowances.left(at: westMidnight) == 4)
    }

    @Test func `calls that are not stored yet count for a calendar that comes later`() {
        var allowances = west(cap: 10)
        // The eastern day that has begun lasts longer than the western one.
        for _ in 0..<4 { allowances.note(at: eastMidnight) }
        allowances.add(limits: limits(10), uses: [], calendar: .east(9), zone: "Asia/Tokyo")
        #expect(allowances.left(at: eastMidnight) == 6)
        #expect(allowances.left(at: westMidnight) == 6)
        for _ in 0..<6 { allowances.note(at: eastMidnight) }
        #expect(allowances.nextDay(after: eastMidnight) == eastMidnight.advanced(by: .seconds(86_400)))
    }

    @Test func `a zone that is there already keeps its counts`() {
        var allowances = west(cap: 10, uses: [use(hoursAgo: 0, 3)])
        allowances.note(at: morning)
        allowances.add(limits: limits(9), uses: [use(hoursAgo: 0, 3)], calendar: .east(-3), zone: "America/Sao_Paulo")
        #expect(allowances.left(at: morning) == 5)
    }

    @Test(arguments: 1...60)
    func `no calendar's day ever has more calls than the cap`(_ seed: UInt64) {
        var random = FixedRandom(seed: seed)
        var history = DayHistory(cap: 1 + random.below(12), first: random.below(24) - 11, at: morning)
        for _ in 0..<400 {
            switch random.below(30) {
            case 0: history.join(hoursEast: random.below(24) - 11)
            case 1: history.tighten(to: 1 + random.below(12))
            case 2: history.takeBackLast()
            case 3...6: history.skipToNextDay()
            case 7...9: history.wait(.seconds(60 * random.below(600)))
            default: history.call(after: .seconds(random.below(1800)))
            }
        }
        #expect(history.calls.count > 20)
        #expect(history.overfullDays.isEmpty)
    }
}

/// Calls at random times while campaigns of other time zones join, and what each day had.
private struct DayHistory {
    private var cap: Int
    private var now: Timestamp
    private var zones: [Int]
    private var allowances: DayAllowances
    private(set) var calls: [Timestamp] = []
    private(set) var overfullDays: [String] = []

    init(cap: Int, first: Int, at moment: Timestamp) {
        self.cap = cap
        now = moment
        zones = [first]
        allowances = DayAllowances(limits: Self.limits(cap), uses: [], calendar: .east(first), zone: "\(first)")
    }

    private static func limits(_ cap: Int) -> InstanceLimits {
        InstanceLimits(paces: [.open], dailyCap: cap, warmups: [])
    }

    /// All calls, as a store would have them.
    private var uses: [QuarterHourUse] {
        Dictionary(grouping: calls, by: QuarterHourUse.quarter).map { QuarterHourUse(quarter: $0, calls: $1.count) }
    }

    mutating func join(hoursEast: Int) {
        if !zones.contains(hoursEast) { zones.append(hoursEast) }
        allowances.add(
            limits: Self.limits(cap), uses: uses, calendar: .east(hoursEast), zone: "\(hoursEast)")
    }

    mutating func tighten(to other: Int) {
        cap = min(cap, other)
        join(hoursEast: zones[0])
    }

    mutating func takeBackLast() {
        guard let last = calls.popLast() else { return }
        allowances.takeBack(at: last)
    }

    mutating func wait(_ time: Duration) { now = now.advanced(by: time) }

    mutating func skipToNextDay() {
        let isUsedUp = allowances.left(at: now) == 0
        let next = allowances.nextDay(after: now)
        // Not a moment too early: until then nothing is left.
        if isUsedUp {
            for part in 0..<8 {
                let between = now.milliseconds + (next.milliseconds - now.milliseconds) * Int64(part) / 8
                if allowances.left(at: Timestamp(milliseconds: between)) != 0 { overfullDays.append("early") }
            }
        }
        now = next
    }

    mutating func call(after time: Duration) {
        wait(time)
        guard let left = allowances.left(at: now), left > 0 else { return }
        allowances.note(at: now)
        calls.append(now)
        for zone in zones {
            let placed = calls.count { day(of: $0, zone) == day(of: now, zone) }
            if placed > cap { overfullDays.append("\(placed) of \(cap) on \(day(of: now, zone)) in \(zone)") }
        }
    }

    private func day(of moment: Timestamp, _ hoursEast: Int) -> Int64 {
        (moment.milliseconds + Int64(hoursEast) * 3_600_000) / 86_400_000
    }
}

extension WindowCalendar {
    fileprivate static func east(_ hours: Int) -> WindowCalendar {
        WindowCalendar(window: nil) { _ in hours * 3600 }
    }
}
