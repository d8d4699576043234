import CampaignCore
import Testing

@Suite struct PaceTests {
    @Test(
        arguments: [
            (6, Duration.seconds(60), Duration.seconds(10)), (1, .seconds(1), .seconds(1)),
            (3, .seconds(1), .nanoseconds(333_333_334)), (7, .seconds(60), .nanoseconds(8_571_428_572)),
            (1000, .nanoseconds(1), .nanoseconds(1)), (2, .seconds(86_400), .seconds(43_200)),
            (0, .seconds(5), .seconds(5)), (-3, .seconds(5), .seconds(5)), (1, .zero, .zero),
            (1, Duration(secondsComponent: 0, attosecondsComponent: 1), .nanoseconds(1)),
        ] as [(Int, Duration, Duration)])
    func `the gap is an even share of the span, rounded up to a nanosecond`(
        _ calls: Int, _ per: Duration, _ gap: Duration
    ) {
        #expect(Pace(calls: calls, per: per).gap == gap)
    }

    @Test func `as many gaps as calls never fall short of the span`() {
        var random = FixedRandom(seed: 3)
        for _ in 0..<2000 {
            let calls = 1 + random.below(5000)
            let per = Duration.milliseconds(1 + random.below(86_400_000))
            let gap = Pace(calls: calls, per: per).gap
            #expect(gap * calls >= per)
            #expect((gap - .nanoseconds(1)) * calls < per)
        }
    }

    @Test(arguments: [(0.0, 6000), (0.25, 6500), (0.5, 7000), (0.75, 7500)] as [(Double, Int)])
    func `an instance without a stated pace waits for the ring and 1 to 3 seconds more`(
        _ random: Double, _ milliseconds: Int
    ) {
        let gap = InstancePace.afterRinging.gap(ringing: .seconds(5), random: random)
        #expect(gap == .milliseconds(milliseconds))
        #expect(InstancePace.afterRinging.gap(ringing: .zero, random: 1 - 0x1p-53) <= .seconds(3))
    }

    @Test func `a stated pace depends neither on the ring nor on chance, and an open one has no gap`() {
        let stated = InstancePace.every(Pace(calls: 6, per: .seconds(60)))
        for random in [0, 0.5, 0.99] {
            #expect(stated.gap(ringing: .seconds(15), random: random) == .seconds(10))
            #expect(InstancePace.open.gap(ringing: .seconds(15), random: random) == .zero)
        }
    }
}
