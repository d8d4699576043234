/// How often a call is tried, and how far apart: exponential backoff with full jitter, bounded.
///
/// Full jitter after Marc Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
package struct RetryPolicy: Hashable, Sendable {
    /// Attempts in all, including the first, 1…20; 1 means no retry.
    package var attempts: Int
    /// The maximum wait after the first failure; it doubles with each further failure. 1 ms…24 h.
    package var first: Duration
    /// The upper limit of all waits, 1 ms…24 h.
    package var longest: Duration

    /// A policy; the defaults are 4 attempts, 30 s and 15 min.
    package init(attempts: Int = 4, first: Duration = .seconds(30), longest: Duration = .seconds(900)) {
        self.attempts = attempts
        self.first = first
        self.longest = longest
    }

    /// The wait after `failures` failures in a row: anywhere between zero and `first × 2^(failures − 1)`, at most
    /// `longest`.
    ///
    /// - Parameters:
    ///   - failures: failures in a row, 1 or more.
    ///   - random: selects the wait within that range, in 0..<1.
    package func backoff(afterFailures failures: Int, random: Double) -> Duration {
        // Beyond 2^40 every realistic range is at its limit; a larger shift would only overflow.
        let doublings = min(max(failures - 1, 0), 40)
        let span = min(first.inSeconds * Double(UInt64(1) << UInt64(doublings)), longest.inSeconds)
        return .seconds(span * random)
    }
}
