import CampaignCore
import Testing

@Suite("The backlog of a phone") struct PhoneBacklogTests {
    private static let now = Timestamp(milliseconds: 1_800_000_000_000)

    private static func backlog(_ paces: [InstancePace], uses: [QuarterHourUse] = []) -> PhoneBacklog {
        let limits = InstanceLimits(paces: paces, dailyCap: nil, warmups: [])
        return PhoneBacklog(
            of: InstanceSnapshot(pace: PaceMark(nextAt: .epoch), limits: limits, uses: uses), ringing: .seconds(15),
            now: now)
    }

    @Test(arguments: [
        // Ten calls, a second apart, of 15 s and 2 s each.
        ([InstancePace.every(Pace(calls: 60, per: .seconds(60)))], 1, 161),
        // As slow as the phone rings, or slower: nothing is left when the next call may begin.
        ([.every(Pace(calls: 1, per: .seconds(17)))], 17, 0),
        ([.every(Pace(calls: 1, per: .seconds(60)))], 60, 0),
        ([.afterRinging], 16, 0),
        ([.afterRinging, .every(Pace(calls: 60, per: .seconds(60)))], 16, 0),
        // Without any pace there is no phone.
        ([.open], 0, 0),
    ])
    func `grows by what is called faster than it rings`(paces: [InstancePace], gap: Int, left: Int) {
        var backlog = Self.backlog(paces)
        var time = Duration.zero
        for call in 0..<10 {
            if call > 0 { time += .seconds(gap) }
            backlog.note(at: time, ringing: .seconds(15), gap: .seconds(gap))
        }
        #expect(backlog.wait(at: time + .seconds(gap)) == .seconds(left == 0 ? 0 : 170 - 10))
        #expect(left == 0 || backlog.wait(at: time) == .seconds(left))
    }

    @Test func `shrinks with time, and by calls that were not placed`() {
        var backlog = Self.backlog([.every(Pace(calls: 1, per: .seconds(1)))])
        for _ in 0..<3 { backlog.note(at: .zero, ringing: .seconds(15), gap: .seconds(1)) }
        backlog.takeBack(ringing: .seconds(15))
        #expect(backlog.wait(at: .seconds(4)) == .seconds(30))
        #expect(backlog.wait(at: .seconds(40)) == .zero)
    }

    @Test func `is known to the next run from what was called of late`() {
        let quarter = QuarterHourUse.quarter(of: Self.now)
        let uses = [
            QuarterHourUse(quarter: quarter - 40, calls: 100), QuarterHourUse(quarter: quarter - 1, calls: 100),
        ]
        let begun = QuarterHourUse(quarter: quarter - 1, calls: 0).beginning
        let backlog = Self.backlog([.every(Pace(calls: 1, per: .seconds(1)))], uses: uses)
        #expect(backlog.wait(at: .zero) == Self.now.duration(to: begun.advanced(by: .seconds(1700))))
    }
}
