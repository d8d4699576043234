package import CampaignCore

/// What a reply to a posted message means, and whether it is posted again (Standard Webhooks 1.0.0, “Delivery success
/// and failure”, read 2026). A repeat does no harm: it has the same id.
struct PostResult: Equatable, Sendable {
    enum Verdict: Equatable, Sendable {
        case delivered
        /// It is posted again, not before `wait` if that is named.
        case again(wait: Duration?)
        /// It would be refused again.
        case refused
        /// Nothing may be posted to this address any more.
        case gone
    }

    var verdict: Verdict
    /// Whether the address takes nothing at the moment: other messages wait too.
    var isAddressBusy = false
    /// What happened, without a word of the reply.
    var problem: String

    /// - Parameter now: for a `Retry-After` that is a time.
    init(of outcome: WireOutcome, now: Timestamp) {
        switch outcome {
        // An answer that breaks off, or never ends, has been given all the same.
        case .reply(let status, let headers, _), .tooLarge(let status, let headers),
            .cutShort(let status, let headers, _):
            problem = "HTTP \(status)"
            verdict = Self.verdict(status, RetryAfter(headers.retryAfter, now: now)?.wait)
            isAddressBusy = [429, 502, 503, 504].contains(status)
        case .neverLeft(let text), .lost(let text):
            problem = text
            verdict = .again(wait: nil)
            isAddressBusy = true
        }
    }

    private static func verdict(_ status: Int, _ wait: Duration?) -> Verdict {
        switch status {
        case 200..<300: .delivered
        case 410: .gone
        case 408, 425, 429, 500..<600: .again(wait: wait)
        default: .refused
        }
    }
}

/// How often a message is posted, and how far apart: in all for a day at most.
package struct PostRetries: Hashable, Sendable {
    /// 10 s after the first try at the latest, and 4 h after the later ones.
    package var policy = RetryPolicy(attempts: 15, first: .seconds(10), longest: .seconds(14_400))
    /// All waits together.
    package var longestInAll = Duration.seconds(86_400)

    package init() {}

    /// The wait before the next try; nil when there is none.
    ///
    /// - Parameters:
    ///   - tries: how often it has been posted.
    ///   - waited: the waits so far.
    ///   - asked: the wait that the server asks for.
    ///   - random: in 0..<1.
    func wait(afterTries tries: Int, waited: Duration, asked: Duration?, random: Double) -> Duration? {
        guard tries < policy.attempts else { return nil }
        let wait = max(policy.backoff(afterFailures: tries, random: random), asked ?? .zero)
        return waited + wait <= longestInAll ? wait : nil
    }
}
