/// How often a call is tried, and how far apart: exponential backoff with full jitter, bounded.
///
/// Full jitter after Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
package struct RetryPolicy: Hashable, Sendable {
    /// Attempts in all, the first one included, 1…20; 1 is no retry.
    package var attempts: Int
    /// The longest wait after the first failure; it doubles with each further one. 1 ms…24 h.
    package var first: Duration
    /// The upper bound of all waits, 1 ms…24 h.
    package var longest: Duration

    /// A policy; the defaults are 4 attempts, 30 s and 15 min.
    package init(attempts: Int = 4, first: Duration = .seconds(30), longest: Duration = .seconds(900)) {
        self.attempts = attempts
        self.first = first
        self.longest = longest
    }

    /// The wait after `failures` failures in a row: anywhere from nothing to `first × 2^(failures − 1)`, at most
    /// `longest`.
    ///
    /// - Parameters:
    ///   - failures: failures in a row, 1 or more.
    ///   - random: the point within the span, in 0..<1.
    package func backoff(afterFailures failures: Int, random: Double) -> Duration {
        // Past 2^40 every realistic span is at its bound; a larger shift would only overflow.
        let doublings = min(max(failures - 1, 0), 40)
        let span = min(first.inSeconds * Double(UInt64(1) << UInt64(doublings)), longest.inSeconds)
        return .seconds(span * random)
    }
}
