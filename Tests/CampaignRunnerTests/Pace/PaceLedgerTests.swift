import CampaignCore
import Testing

@testable import CampaignRunner

@Suite struct `The paces that a run writes down` {
    private static let wall = Timestamp(milliseconds: 1_800_000_000_000)

    private static func state(instances: Int) -> RunState {
        var campaign = Campaign(
            name: "test",
            instances: (0..<instances).map { index in
                var instance = Instance(name: "i\(index)", id: "I\(index)", token: Secret("T"))
                instance.pace = .every(Pace(calls: 1, per: .seconds(60)))
                return instance
            })
        campaign.pace = Pace(calls: 1, per: .seconds(30))
        var counts = StateCounts()
        counts.ready = 100
        let start = RunStart(campaign: campaign, now: wall, uptime: Uptime(boot: "b", duration: .seconds(100)))
        let shut = PaceMark(
            nextAt: wall.advanced(by: .seconds(40)), nextUptime: Uptime(boot: "b", duration: .seconds(140)),
            isUncertain: false)
        let opening = RunSnapshot(
            counts: counts,
            instances: campaign.instances.map { InstanceSnapshot(pace: shut, limits: InstanceLimits($0), uses: []) },
            campaignPace: shut, interrupted: 0, unspooled: 0)
        return RunState(
            campaign, RunOptions(), snapshot: opening, calendar: WindowCalendar(window: nil) { _ in 0 }, start: start)
    }

    /// What the transaction at a moment of the run writes.
    private static func written(_ state: inout RunState, after elapsed: Duration, wallShift: Duration = .zero)
        -> PaceLedger
    {
        let moment = state.moment(elapsed: elapsed, wall: wall.advanced(by: elapsed + wallShift))
        let batch = state.batch(at: moment)
        state.noteWritten(batch)
        return batch.paces
    }

    @Test func `a pace that is shut is written once, and not again at every commit`() {
        var state = Self.state(instances: 3)
        #expect(Self.written(&state, after: .seconds(1)).instances.count == 3)
        let again = Self.written(&state, after: .milliseconds(1_300), wallShift: .milliseconds(2))
        #expect(again.instances.isEmpty && again.campaign == nil)
    }

    @Test func `a pace that moved is written alone`() {
        var state = Self.state(instances: 3)
        _ = Self.written(&state, after: .seconds(1))
        let moment = state.moment(elapsed: .seconds(20), wall: Self.wall.advanced(by: .seconds(20)))
        state.dispatcher.begin(1, seconds: 5, at: moment, random: 1)
        let paces = Self.written(&state, after: .seconds(20))
        #expect(paces.instances.keys.sorted() == [1] && paces.campaign != nil)
    }

    @Test func `after the wall clock was set, the paces are written again`() {
        var state = Self.state(instances: 3)
        _ = Self.written(&state, after: .seconds(1))
        #expect(Self.written(&state, after: .seconds(2), wallShift: .seconds(3600)).instances.count == 3)
    }

    @Test func `what was not written is written with the next commit`() {
        var state = Self.state(instances: 2)
        let moment = state.moment(elapsed: .seconds(1), wall: Self.wall.advanced(by: .seconds(1)))
        #expect(state.batch(at: moment).paces.instances.count == 2)
        #expect(state.batch(at: moment).paces.instances.count == 2)
    }
}
