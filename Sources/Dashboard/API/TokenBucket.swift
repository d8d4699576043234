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

/// How often each token may be used: 20 requests a second, 40 at once; and as often again to protect people.
final class TokenRates: Sendable {
    static let rate = 20.0
    static let burst = 40.0

    /// What a request is for. Each has buckets of its own.
    enum Use: Sendable {
        case usual
        /// It keeps people from being called, and is not refused because of anything else that the token is used for.
        case protection
    }

    private struct Key: Hashable {
        var tokenHash: [UInt8]
        var use: Use
    }

    private let buckets = NIOLockedValueBox<[Key: TokenBucket]>([:])
    private let uptime: @Sendable () -> Duration

    init(uptime: @escaping @Sendable () -> Duration) { self.uptime = uptime }

    /// - Returns: whole seconds to wait; nil: now.
    func wait(_ tokenHash: [UInt8], for use: Use = .usual) -> Int? {
        let now = uptime()
        let key = Key(tokenHash: tokenHash, use: use)
        let wait = buckets.withLockedValue { buckets in
            // As many as tokens were used in the last seconds.
            if buckets[key] == nil { buckets = buckets.filter { !$0.value.isFull(at: now) } }
            return buckets[key, default: TokenBucket(capacity: Self.burst, rate: Self.rate, now: now)]
                .take(now: now)
        }
        return wait.map { max(1, Int(($0 / .seconds(1)).rounded(.up))) }
    }
}
