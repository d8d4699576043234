import CampaignCore
import Testing

/// Whatever happens between and during runs, no limit is exceeded in any span of time.
@Suite struct `Limits, whatever happens` {
    private static let cap = 40
    private static let gaps = [Duration.seconds(10), .seconds(3)]
    private static let campaignGap = Duration.seconds(2)

    private static var campaign: Campaign {
        var campaign = Campaign(
            name: "test",
            instances: gaps.enumerated().map { index, gap in
                var instance = Instance(name: "i\(index)", id: "I\(index)", token: Secret("T"))
                instance.pace = .every(Pace(calls: 1, per: gap))
                return instance
            })
        campaign.window = nil
        campaign.instances[0].dailyCap = cap
        campaign.pace = Pace(calls: 1, per: campaignGap)
        campaign.retry = RetryPolicy(attempts: 4, first: .seconds(2), longest: .seconds(60))
        return campaign
    }

    @Test(arguments: 1...24, [false, true])
    func `calls of an instance and of the campaign are never closer than their paces allow`(
        seed: UInt64, setsClocks: Bool
    ) {
        var runs = SimulatedRuns(Self.campaign, seed: seed, setsClocks: setsClocks)
        for _ in 0..<40 { runs.playRun() }
        let times = runs.beginnings
        #expect(times.count > 200)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1.at - $0.at >= Self.campaignGap })
        for (instance, gap) in Self.gaps.enumerated() {
            let own = times.filter { $0.instance == instance }.map(\.at)
            #expect(zip(own, own.dropFirst()).allSatisfy { $1 - $0 >= gap }, "instance \(instance)")
        }
    }

    @Test(arguments: 1...24)
    func `no day has more calls than its cap, over all runs`(seed: UInt64) {
        var runs = SimulatedRuns(Self.campaign, seed: 1000 + seed, setsClocks: false)
        for _ in 0..<200 { runs.playRun() }
        #expect(runs.maxCallsInADay(of: 0) == Self.cap)
    }

    /// Any 24 hours may hold the calls of two days. A clock that was wrong for a whole day is believed in the end, which
    /// begins one day more.
    @Test(arguments: 1...24)
    func `no 24 hours hold more calls than three caps, wherever clocks are set to`(seed: UInt64) {
        var runs = SimulatedRuns(Self.campaign, seed: 2000 + seed, setsClocks: true)
        for _ in 0..<200 { runs.playRun() }
        #expect(runs.maxCalls(of: 0, within: .seconds(86_400)) <= 3 * Self.cap)
    }
}
