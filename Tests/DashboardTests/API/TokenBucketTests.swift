import NIOConcurrencyHelpers
import Testing

@testable import Dashboard

@Suite struct TokenBucketTests {
    @Test func `so many are taken at once, and no more until one has come back`() {
        var bucket = TokenBucket(capacity: 40, rate: 20, now: .zero)
        for _ in 0..<40 { #expect(bucket.take(now: .zero) == nil) }
        #expect(bucket.take(now: .zero) == .milliseconds(50))
        #expect(bucket.take(now: .milliseconds(49)) != nil)
        #expect(bucket.take(now: .milliseconds(50)) == nil)
        #expect(bucket.take(now: .milliseconds(50)) == .milliseconds(50))
    }

    @Test func `in any second after the first no more than the rate are taken`() {
        var bucket = TokenBucket(capacity: 40, rate: 20, now: .zero)
        var taken: [Int] = []
        for second in 0..<5 {
            var count = 0
            for step in 0..<1_000 {
                let now = Duration.milliseconds(second * 1_000 + step)
                if bucket.take(now: now) == nil { count += 1 }
            }
            taken.append(count)
        }
        #expect(taken[0] <= 60)
        #expect(taken.dropFirst().allSatisfy { 19...20 ~= $0 })
    }

    @Test func `a pause is not saved up beyond the burst`() {
        var bucket = TokenBucket(capacity: 40, rate: 20, now: .zero)
        #expect((0..<100).count { _ in bucket.take(now: .seconds(3_600)) == nil } == 40)
    }

    @Test func `a clock that goes back gives nothing`() {
        var bucket = TokenBucket(capacity: 1, rate: 1, now: .seconds(10))
        #expect(bucket.take(now: .seconds(10)) == nil)
        #expect(bucket.take(now: .seconds(5)) != nil)
        #expect(bucket.take(now: .seconds(11)) == nil)
    }

    @Test func `each token has its own, and is told whole seconds`() {
        let rates = TokenRates(uptime: { .zero })
        for _ in 0..<40 { #expect(rates.wait([1]) == nil) }
        #expect(rates.wait([1]) == 1)
        #expect(rates.wait([2]) == nil)
    }

    @Test func `what protects people is counted apart, in both directions`() {
        let clock = NIOLockedValueBox(Duration.zero)
        let rates = TokenRates(uptime: { clock.withLockedValue(\.self) })
        for _ in 0..<40 { #expect(rates.wait([1]) == nil) }
        #expect(rates.wait([1]) == 1)
        for _ in 0..<40 { #expect(rates.wait([1], for: .protection) == nil) }
        #expect(rates.wait([1], for: .protection) == 1)
        clock.withLockedValue { $0 = .milliseconds(50) }
        #expect(rates.wait([1], for: .protection) == nil)
        #expect(rates.wait([1], for: .protection) == 1)
        #expect(rates.wait([1]) == nil)
        #expect(rates.wait([1]) == 1)
    }
}
