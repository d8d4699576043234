import CampaignCore
import Testing

@testable import CampaignRunner

@Suite struct `The paces that a run writes down` {
    private static let wall = Timestamp(milliseconds: 1_800_000_000_000)

    private static func state(instances: Int) -> DispatcherState {
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
        let uptime = Uptime(boot: "b", duration: .seconds(100))
        let shut = PaceMark(
            nextAt: wall.advanced(by: .seconds(40)), nextUptime: Uptime(boot: "b", duration: .seconds(140)),
            isUncertain: false)
        let opening = RunSnapshot(
            counts: counts,
            instances: campaign.instances.map { InstanceSnapshot(pace: shut, limits: InstanceLimits($0), uses: []) },
            campaignPace: shut, interrupted: 0, unspooled: 0)
        return .dialing(campaign, opening, wall: wall, uptime: uptime)
    }

    /// What the transaction at a moment of the run writes.
    private static func written(
        _ state: inout DispatcherState, after elapsed: Duration, wallShift: Duration = .zero
    ) -> (instances: [Int: PaceMoment], campaign: PaceMoment?) {
        let batch = batch(of: &state, after: elapsed, wallShift: wallShift)
        state.noteWritten(batch)
        return (batch.paces, batch.campaigns.first?.pace)
    }

    private static func batch(
        of state: inout DispatcherState, after elapsed: Duration, wallShift: Duration = .zero
    ) -> CommitBatch {
        state.turn(at: state.moment(elapsed: elapsed, wall: wall.advanced(by: elapsed + wallShift))).batch
    }

    @Test func `a pace that is shut is written once, and not again at every commit`() {
        var state = Self.state(instances: 3)
        let first = Self.written(&state, after: .seconds(1))
        #expect(first.instances.count == 3 && first.campaign != nil)
        let again = Self.written(&state, after: .milliseconds(1_300), wallShift: .milliseconds(2))
        #expect(again.instances.isEmpty && again.campaign == nil)
    }

    @Test func `a pace that moved is written alone`() {
        var state = Self.state(instances: 3)
        _ = Self.written(&state, after: .seconds(1))
        let moment = state.moment(elapsed: .seconds(20), wall: Self.wall.advanced(by: .seconds(20)))
        state.instances[1].begin(ringing: .seconds(5), at: moment.elapsed, countedAt: moment.limit, random: 1)
        state.campaigns[0]?.begin(on: 1, at: moment)
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
        #expect(Self.batch(of: &state, after: .seconds(1)).paces.count == 2)
        #expect(Self.batch(of: &state, after: .seconds(1)).paces.count == 2)
    }
}
