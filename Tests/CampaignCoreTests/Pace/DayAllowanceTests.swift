import CampaignCore
import Testing

@Suite struct DayAllowanceTests {
    /// 2027-01-15T08:00:00Z, which is 05:00 in a zone three hours west.
    private let morning = Timestamp(milliseconds: 1_800_000_000_000)
    private let west = WindowCalendar(window: nil) { _ in -3 * 3600 }

    private func allowance(
        cap: Int? = nil, warmup: [Int] = [], uses: [(Duration, Int)] = [], _ calendar: WindowCalendar? = nil
    ) -> DayAllowance {
        let limits = InstanceLimits(paces: [.open], dailyCap: cap, warmups: warmup.isEmpty ? [] : [warmup])
        let quarters = uses.map { ago, calls in
            QuarterHourUse(quarter: QuarterHourUse.quarter(of: morning.advanced(by: .zero - ago)), calls: calls)
        }
        return DayAllowance(limits: limits, uses: quarters, calendar: calendar ?? west)
    }

    @Test func `without a cap nothing is bounded`() {
        var allowance = allowance(uses: [(.zero, 1_000_000)])
        allowance.note(at: morning)
        #expect(allowance.left(at: morning) == nil)
        #expect(!allowance.isBounded)
    }

    @Test func `without a cap calls are counted too, for a cap that comes later`() {
        var allowance = allowance(uses: [(.zero, 4)])
        allowance.note(at: morning)
        allowance.note(at: morning)
        allowance.takeBack(at: morning)
        #expect(allowance.usage(at: morning).placed == 5)
    }

    @Test func `a cap is used up call by call, and the next day brings a new one`() {
        var allowance = allowance(cap: 3)
        for left in [2, 1, 0] {
            allowance.note(at: morning)
            #expect(allowance.left(at: morning) == left)
        }
        let midnight = allowance.nextDay(after: morning)
        #expect(midnight == morning.advanced(by: .seconds(19 * 3600)))
        #expect(allowance.left(at: Timestamp(milliseconds: midnight.milliseconds - 1)) == 0)
        #expect(allowance.left(at: midnight) == 3)
    }

    @Test func `the count of a call that was not placed is reversed, but not of one that was never made`() {
        var allowance = allowance(cap: 3)
        allowance.takeBack(at: morning)
        #expect(allowance.left(at: morning) == 3)
        allowance.note(at: morning)
        allowance.takeBack(at: morning)
        #expect(allowance.left(at: morning) == 3)
    }

    @Test func `calls of earlier runs and of other campaigns count, from midnight of the campaign's zone on`() {
        // 05:00 there: what was placed six hours ago was yesterday's.
        var allowance = allowance(cap: 10, uses: [(.seconds(6 * 3600), 7), (.seconds(3600), 4)])
        #expect(allowance.left(at: morning) == 6)
        var eastern = self.allowance(
            cap: 20, uses: [(.seconds(6 * 3600), 7), (.seconds(3600), 4)], WindowCalendar(window: nil) { _ in 5 * 3600 }
        )
        #expect(eastern.left(at: morning) == 9)
    }

    @Test func `a cap lowered below the calls already placed leaves none`() {
        var allowance = allowance(cap: 2, uses: [(.zero, 5)])
        #expect(allowance.left(at: morning) == 0)
    }

    @Test func `calls counted ahead of a clock that was set back are today's, but for a clock that was far wrong`() {
        var near = allowance(cap: 10, uses: [(.seconds(-20 * 3600), 4)])
        #expect(near.left(at: morning) == 6)
        var far = allowance(cap: 10, uses: [(.seconds(-400 * 86_400), 4)])
        #expect(far.left(at: morning) == 10)
    }

    @Test(arguments: [(0, 20), (1, 50), (2, 100), (3, 200), (30, 200)])
    func `a warm-up goes up by days of use, and its last number stays`(daysBefore: Int, cap: Int) {
        // Every second day was without calls, and does not count as a day of use.
        let uses = (0..<daysBefore).map { (Duration.seconds(86_400 * (1 + 2 * $0)), 5) }
        var allowance = allowance(cap: 1000, warmup: [20, 50, 100, 200], uses: uses)
        #expect(allowance.left(at: morning) == cap)
    }

    @Test func `the warm-up moves up a day only after a day of use`() {
        var allowance = allowance(warmup: [2, 5])
        allowance.note(at: morning)
        #expect(allowance.left(at: morning) == 1)
        let tomorrow = allowance.nextDay(after: morning)
        #expect(allowance.left(at: tomorrow) == 5)
        #expect(allowance.left(at: morning) == 1)
    }
}
