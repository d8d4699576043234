import NIOConcurrencyHelpers

/// How often something may happen: a number of times at once, then at a steady rate.
struct TokenBucket: Sendable {
    let capacity: Double
    /// How many come back a second.
    let rate: Double
    private var left: Double
    private var at: Duration

    /// A full one.
    init(capacity: Double, rate: Double, now: Duration) {
        (self.capacity, self.rate, left, at) = (capacity, rate, capacity, now)
    }

    /// Takes one.
    ///
    /// - Returns: how long to wait for the next one; nil when there was one.
    mutating func take(now: Duration) -> Duration? {
        left = available(at: now)
        at = max(at, now)
        guard left >= 1 else { return .seconds((1 - left) / rate) }
        left -= 1
        return nil
    }

    /// Whether nobody could tell it from a new one.
    func isFull(at now: Duration) -> Bool { available(at: now) >= capacity }

    private func available(at now: Duration) -> Double {
        let elapsed = (max(now, at) - at) / .seconds(1)
        return min(capacity, left + elapsed * rate)
    }
}

/// How often each token may be used: 20 requests a second, 40 at once.
final class TokenRates: Sendable {
    static let rate = 20.0
    static let burst = 40.0

    private let buckets = NIOLockedValueBox<[[UInt8]: TokenBucket]>([:])
    private let uptime: @Sendable () -> Duration

    init(uptime: @escaping @Sendable () -> Duration) { self.uptime = uptime }

    /// - Returns: whole seconds to wait; nil: now.
    func wait(_ tokenHash: [UInt8]) -> Int? {
        let now = uptime()
        let wait = buckets.withLockedValue { buckets in
            // As many as tokens were used in the last seconds.
            if buckets[tokenHash] == nil { buckets = buckets.filter { !$0.value.isFull(at: now) } }
            return buckets[tokenHash, default: TokenBucket(capacity: Self.burst, rate: Self.rate, now: now)]
                .take(now: now)
        }
        return wait.map { max(1, Int(($0 / .seconds(1)).rounded(.up))) }
    }
}
