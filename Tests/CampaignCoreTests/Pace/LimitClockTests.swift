import CampaignCore
import Testing

@Suite struct LimitClockTests {
    private let start = Timestamp(milliseconds: 1_800_000_000_000)
    private let up = Duration.seconds(1000)

    private func clock() -> LimitClock { LimitClock(wall: start, uptime: up) }

    @Test func `it goes with the wall clock, and small corrections are believed`() {
        var clock = clock()
        #expect(clock.moment(wall: start, uptime: up) == start)
        let later = start.advanced(by: .milliseconds(61_500))
        #expect(clock.moment(wall: later, uptime: up + .seconds(60)) == later)
    }

    @Test func `a wall clock that is set forward gives no new day until a day has really passed`() {
        var clock = clock()
        let day = Duration.seconds(86_400)
        #expect(clock.moment(wall: start.advanced(by: day), uptime: up) == start)
        let almost = day - .seconds(1)
        let shown = start.advanced(by: day + almost)
        #expect(clock.moment(wall: shown, uptime: up + almost) == start.advanced(by: almost))
        #expect(clock.moment(wall: start.advanced(by: day + day), uptime: up + day) == start.advanced(by: day + day))
    }

    @Test func `a wall clock that is set back does not bring an old day again`() {
        var clock = clock()
        let back = start.advanced(by: .seconds(-7200))
        #expect(clock.moment(wall: back, uptime: up) == start)
        #expect(
            clock.moment(wall: back.advanced(by: .seconds(60)), uptime: up + .seconds(60))
                == start.advanced(by: .seconds(60)))
        let aDay = Duration.seconds(86_400)
        #expect(clock.moment(wall: back.advanced(by: aDay), uptime: up + aDay) == back.advanced(by: aDay))
    }

    @Test func `a forward step that is taken back leaves no trace`() {
        var clock = clock()
        _ = clock.moment(wall: start.advanced(by: .seconds(7200)), uptime: up)
        let later = start.advanced(by: .seconds(10))
        #expect(clock.moment(wall: later, uptime: up + .seconds(10)) == later)
    }

    @Test func `what was believed earlier holds for a run that begins after the step`() {
        let before = clock()
        var after = LimitClock(
            wall: start.advanced(by: .seconds(86_400)), uptime: up + .seconds(5), believedOffset: before.offset)
        let shown = after.moment(wall: start.advanced(by: .seconds(86_400)), uptime: up + .seconds(5))
        #expect(shown == start.advanced(by: .seconds(5)))
    }
}
