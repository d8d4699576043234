import CampaignCore
import Testing

@Suite struct RetryPolicyTests {
    @Test(
        arguments: [
            (1, 30), (2, 60), (3, 120), (4, 240), (5, 480), (6, 900), (7, 900), (41, 900), (64, 900), (1_000_000, 900),
            (.max, 900), (0, 30), (-5, 30),
        ] as [(Int, Double)])
    func `the widest wait doubles with each failure up to the longest`(_ failures: Int, _ widest: Double) {
        let policy = RetryPolicy(attempts: 4, first: .seconds(30), longest: .seconds(900))
        #expect(policy.backoff(afterFailures: failures, random: 0) == .zero)
        #expect(policy.backoff(afterFailures: failures, random: 0.5) == .seconds(widest / 2))
        let almost = policy.backoff(afterFailures: failures, random: 1 - 0x1p-53)
        #expect(almost <= .seconds(widest))
        #expect(almost > .seconds(widest * 0.999))
    }

    @Test func `the wait lies anywhere in its span, evenly`() {
        var random = FixedRandom(seed: 7)
        var tenths = [Int](repeating: 0, count: 10)
        let policy = RetryPolicy()
        for _ in 0..<10_000 {
            let wait = policy.backoff(afterFailures: 1, random: Double(random.below(1 << 20)) / 0x1p20)
            tenths[Int(wait.inSeconds / 3)] += 1
        }
        #expect(tenths.allSatisfy { 850...1150 ~= $0 }, "\(tenths)")
    }

    @Test func `a first wait above the longest is cut to it`() {
        let policy = RetryPolicy(attempts: 4, first: .seconds(60), longest: .seconds(10))
        #expect(policy.backoff(afterFailures: 1, random: 0.5) == .seconds(5))
    }

    @Test func `a policy without waits has none, however many failures`() {
        let policy = RetryPolicy(attempts: 4, first: .zero, longest: .zero)
        #expect(policy.backoff(afterFailures: 60, random: 0.9) == .zero)
    }

    @Test func `a first wait of years does not overflow`() {
        let year = Duration.seconds(31_536_000)
        let policy = RetryPolicy(attempts: 4, first: year * 10, longest: year * 100)
        #expect(policy.backoff(afterFailures: Int.max, random: 0.5) == year * 50)
    }
}
